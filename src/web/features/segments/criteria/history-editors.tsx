/** Rules about purchases, mailings, consents and other segments. */
import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Dictionary, findArticles } from '#core/segments/api.ts'
import { type CriterionOf, type Goods, isMoney } from '#core/segments/criteria.ts'
import { call } from '../../../platform/call.ts'
import classes from './criteria.module.css'
import { DateTestEditor, Names, Pick, WindowEditor } from './inputs.tsx'
import { type EditorProps, SumTestEditor } from './rule-editors.tsx'

export function VisitEditor({ criterion, onChange }: EditorProps<'visit'>) {
  return (
    <DateTestEditor
      texts="ops.visit"
      test={criterion.test}
      onChange={(test) => onChange({ ...criterion, test })}
    />
  )
}

const everything = 'everything'
const goodsKinds = [everything, 'department', 'article', 'store'] as const

const minor = (currency: string) =>
  10 **
  (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
    .maximumFractionDigits ?? 2)

export function PurchasesEditor({ criterion, onChange, dictionary }: EditorProps<'purchases'>) {
  const { t } = useTranslation('segments')
  const { measure, currency, of } = criterion
  const money = isMoney(measure) && currency
  const scale = money ? minor(money) : measure === 'quantity' ? 1_000 : 1
  const currencies = [...new Set([...dictionary.currencies, ...(currency ? [currency] : [])])]
  return (
    <>
      <SumTestEditor
        test={criterion.test}
        onChange={(test) => onChange({ ...criterion, test })}
        scale={scale}
      />
      {money && (
        <Pick
          label={t('builder.currency')}
          options={currencies.map((value) => ({ value, label: value }))}
          value={money}
          onChange={(next) => onChange({ ...criterion, currency: next })}
        />
      )}
      <WindowEditor
        window={criterion.window}
        onChange={(window) => onChange({ ...criterion, window })}
      />
      <Pick
        label={t('builder.goods')}
        options={goodsKinds.map((value) => ({ value, label: t(`goods.${value}`) }))}
        value={of?.what ?? everything}
        onChange={(what) =>
          onChange({ ...criterion, of: what === everything ? null : { what, ids: [] } })
        }
      />
      {of && (
        <GoodsNames
          goods={of}
          onChange={(goods) => onChange({ ...criterion, of: goods })}
          dictionary={dictionary}
        />
      )}
    </>
  )
}

const boughtOps = ['any', 'all', 'none'] as const

export function BoughtEditor({ criterion, onChange, dictionary }: EditorProps<'bought'>) {
  const { t } = useTranslation('segments')
  const { what, ids } = criterion
  return (
    <>
      <Pick
        label={t('builder.operator')}
        options={boughtOps.map((value) => ({ value, label: t(`ops.bought.${value}`) }))}
        value={criterion.op}
        onChange={(op) => onChange({ ...criterion, op })}
      />
      <GoodsNames
        goods={{ what, ids }}
        onChange={(goods) => onChange({ ...criterion, ids: goods.ids })}
        dictionary={dictionary}
      />
      <WindowEditor
        window={criterion.window}
        onChange={(window) => onChange({ ...criterion, window })}
      />
    </>
  )
}

function GoodsNames(props: {
  goods: Goods
  onChange: (goods: Goods) => void
  dictionary: Dictionary
}) {
  const { t } = useTranslation('segments')
  const { goods, onChange, dictionary } = props
  const label = t(`goods.${goods.what}`)
  const set = (ids: number[]) => onChange({ ...goods, ids })
  if (goods.what === 'article') return <Articles label={label} ids={goods.ids} onChange={set} />
  const options = goods.what === 'store' ? dictionary.stores : dictionary.departments
  return <Names label={label} options={options} ids={goods.ids} onChange={set} />
}

/** Articles can be a hundred thousand: found by typing a part of their code or label. */
function Articles(props: { label: string; ids: number[]; onChange: (ids: number[]) => void }) {
  const { ids } = props
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed, 200)
  const found = useQuery({
    queryKey: ['segments', 'articles', search],
    queryFn: ({ signal }) => call(findArticles, { search }, signal),
    placeholderData: keepPreviousData,
  })
  const chosen = useQuery({
    queryKey: ['segments', 'articles', ids],
    queryFn: ({ signal }) => call(findArticles, { ids }, signal),
    enabled: ids.length > 0,
    placeholderData: keepPreviousData,
  })
  const all = [...(chosen.data ?? []), ...(found.data ?? [])]
  const options = [...new Map(all.map((each) => [each.id, each])).values()]
  return <Names {...props} options={options} onSearch={setTyped} />
}

function OneOf(props: {
  label: string
  options: { id: number; label: string }[]
  id: number
  onChange: (id: number) => void
}) {
  const { t } = useTranslation('segments')
  return (
    <Select
      size="xs"
      className={classes.wide ?? ''}
      aria-label={props.label}
      placeholder={t('builder.choose')}
      data={props.options.map(({ id, label }) => ({ value: String(id), label }))}
      value={props.id === 0 ? null : String(props.id)}
      onChange={(value) => value && props.onChange(Number(value))}
      searchable
      allowDeselect={false}
      nothingFoundMessage={t('builder.nothingFound')}
    />
  )
}

export function SegmentEditor({ criterion, onChange, dictionary }: EditorProps<'segment'>) {
  const { t } = useTranslation('segments')
  return (
    <>
      <Pick
        label={t('builder.operator')}
        options={(['is', 'is-not'] as const).map((value) => ({
          value,
          label: t(`ops.segment.${value}`),
        }))}
        value={criterion.is ? 'is' : 'is-not'}
        onChange={(value) => onChange({ ...criterion, is: value === 'is' })}
      />
      <OneOf
        label={t('fields.segment')}
        options={dictionary.segments}
        id={criterion.segmentId}
        onChange={(segmentId) => onChange({ ...criterion, segmentId })}
      />
    </>
  )
}

const mailingOps = ['received', 'not-received', 'targeted', 'not-targeted'] as const

export function MailingEditor({ criterion, onChange, dictionary }: EditorProps<'mailing'>) {
  const { t } = useTranslation('segments')
  return (
    <>
      <Pick
        label={t('builder.operator')}
        options={mailingOps.map((value) => ({ value, label: t(`ops.mailing.${value}`) }))}
        value={criterion.op}
        onChange={(op) => onChange({ ...criterion, op })}
      />
      <OneOf
        label={t('fields.mailing')}
        options={dictionary.mailings}
        id={criterion.campaignId}
        onChange={(campaignId) => onChange({ ...criterion, campaignId })}
      />
    </>
  )
}

const channels = [
  'email',
  'sms',
  'phone',
  'post',
  'fax',
] as const satisfies readonly CriterionOf<'consent'>['channel'][]
/** What somebody can agree to: each channel, and openings of e-mails being measured. */
const subjects = [...channels, 'opens'] as const
const states = ['granted', 'withdrawn', 'unknown'] as const

export function ConsentEditor({ criterion, onChange }: EditorProps<'consent'>) {
  const { t } = useTranslation('segments')
  const { kind, channel, op, state } = criterion
  const options = (['is', 'is-not'] as const).flatMap((how) =>
    states.map((what) => ({
      value: `${how} ${what}` as const,
      label: t(`ops.consent.${how}-${what}`),
    })),
  )
  return (
    <>
      <Pick
        label={t('builder.channel')}
        options={subjects.map((value) => ({ value, label: t(`channels.${value}`) }))}
        value={criterion.purpose === 'measurement' ? 'opens' : channel}
        onChange={(next) =>
          onChange(
            next === 'opens'
              ? { kind, channel: 'email', purpose: 'measurement', op, state }
              : { kind, channel: next, op, state },
          )
        }
      />
      <Pick
        label={t('builder.operator')}
        options={options}
        value={`${op} ${state}`}
        onChange={(value) => {
          const how = value.startsWith('is-not') ? 'is-not' : 'is'
          const what = states.find((each) => value.endsWith(` ${each}`)) ?? state
          onChange({ ...criterion, op: how, state: what })
        }}
      />
    </>
  )
}
