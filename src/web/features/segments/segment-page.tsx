import { Button, Skeleton, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  createSegment,
  getSegment,
  listCriteriaPeople,
  type SegmentView,
  updateSegment,
} from '#core/segments/api.ts'
import type { Criteria } from '#core/segments/criteria.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { BackLink } from '../../ui/back-link.tsx'
import { FieldError } from '../../ui/field-error.tsx'
import { MayTip } from '../../ui/may-tip.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Panel } from '../../ui/panel.tsx'
import { LeaveGuard } from '../../ui/save-bar.tsx'
import { useMay } from '../access/session.ts'
import { LabelsButton } from '../labels/labels-button.tsx'
import { CountersPanel } from './counters-panel.tsx'
import { LazyCriteriaBuilder } from './criteria/lazy-builder.tsx'
import { useDictionary } from './dictionary.ts'
import { PeopleTable } from './people-table.tsx'
import { SamplePanel } from './sample-panel.tsx'
import classes from './segments.module.css'
import { Sentence } from './sentence.tsx'
import { starterKeys, startersIn } from './starters.ts'
import { useCriteriaCount, useLocale } from './use-live-count.ts'

export function SegmentPage() {
  const { id } = useParams({ from: '/segments/$id' })
  const { starter } = useSearch({ from: '/segments/$id' })
  if (id === 'new') return <NewSegment key={starter ?? ''} asked={starter} />
  return <SavedSegment key={id} id={Number(id)} />
}

function NewSegment({ asked }: { asked: string | undefined }) {
  const starter = starterKeys.find((key) => key === asked)
  const { t } = useTranslation('segments')
  const dictionary = useDictionary()
  // Amounts of a starter are in the shop's currency, which comes with the dictionary.
  if (!dictionary.isLoaded) return null
  const [currency = 'EUR'] = dictionary.currencies
  const criteria = starter ? startersIn(currency)[starter] : null
  return (
    <Editor
      saved={undefined}
      name={starter ? t(`starters.${starter}.name`) : ''}
      criteria={criteria}
    />
  )
}

function SavedSegment({ id }: { id: number }) {
  const locale = useLocale()
  const problemText = useProblemText()
  const { data, error } = useQuery({
    queryKey: ['segments', 'one', id, locale],
    queryFn: ({ signal }) => call(getSegment, { id, locale }, signal),
  })
  if (error) {
    return (
      <Page>
        <Text c="red">{problemText(error)}</Text>
      </Page>
    )
  }
  if (!data) {
    return (
      <Page>
        <Skeleton h={360} />
      </Page>
    )
  }
  return <Editor saved={data} name={data.name} criteria={data.criteria} />
}

type EditorProps = { saved: SegmentView | undefined; name: string; criteria: Criteria | null }

function Editor({ saved, name: startName, criteria: start }: EditorProps) {
  const { t } = useTranslation('segments')
  const may = useMay('customers.write')
  const [name, setName] = useState(startName)
  const [criteria, setCriteria] = useState<Criteria | undefined>(start ?? undefined)
  const count = useCriteriaCount(criteria)
  const save = useSave(saved)
  const dirty =
    name !== (saved?.name ?? '') || JSON.stringify(criteria) !== JSON.stringify(saved?.criteria)
  const ready = name.trim() !== '' && criteria !== undefined
  const changed = saved ? dirty : ready
  const hint = useHint({ saved, name, criteria })
  return (
    <Page>
      <LeaveGuard active={saved !== undefined && dirty && !save.isPending} />
      <BackLink to="/segments">{t('edit.back')}</BackLink>
      <PageHeader
        title={saved?.name ?? t('newTitle')}
        subtitle={hint}
        actions={
          <>
            {criteria !== undefined && (
              <LabelsButton people={{ filter: { search: '', criteria }, except: [] }} />
            )}
            <MayTip may={may}>
              {({ disabled, ...state }) => (
                <Button
                  disabled={disabled || !ready || !changed}
                  loading={save.isPending}
                  onClick={() => criteria && save.mutate({ name: name.trim(), criteria })}
                  {...state}
                >
                  {t('edit.create')}
                </Button>
              )}
            </MayTip>
          </>
        }
      />
      <SaveProblem error={save.error} />
      <div className={classes.columns}>
        <div className={classes.column}>
          <Panel>
            <TextInput
              label={t('edit.name')}
              value={name}
              maxLength={100}
              required
              onChange={({ currentTarget }) => setName(currentTarget.value)}
            />
          </Panel>
          <Panel title={t('edit.criteria')}>
            <LazyCriteriaBuilder value={start} onChange={setCriteria} />
            <Sentence>{criteria ? count.data?.sentence : undefined}</Sentence>
          </Panel>
        </div>
        <div className={`${classes.column} ${classes.side}`}>
          <CountersPanel
            title={t('count.title')}
            counters={count.data}
            error={count.error}
            busy={count.isFetching}
            pending={criteria === undefined}
            includeLeftOut
          />
          <SamplePanel criteria={criteria} />
        </div>
      </div>
      {criteria !== undefined && count.data !== undefined && (
        <PeopleTable
          queryKey={['segments', 'people', criteria]}
          load={(slice, signal) => call(listCriteriaPeople, { criteria, ...slice }, signal)}
          total={count.data.selected + count.data.leftOut}
        />
      )}
    </Page>
  )
}

/** What is still missing before it can be saved, else what uses it. */
function useHint(of: { saved: SegmentView | undefined; name: string; criteria: unknown }): string {
  const { t } = useTranslation('segments')
  if (of.name.trim() === '') return t('edit.nameMissing')
  if (of.criteria === undefined) return t('edit.unfinished')
  const names = of.saved?.usedBy.map(({ label }) => label).join(', ') ?? ''
  return names === '' ? '' : t('edit.usedBy', { names })
}

function SaveProblem({ error }: { error: unknown }) {
  const problemText = useProblemText()
  return <FieldError>{error ? problemText(error) : undefined}</FieldError>
}

function useSave(saved: SegmentView | undefined) {
  const { t } = useTranslation('segments')
  const client = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: (draft: { name: string; criteria: Criteria }) =>
      saved
        ? call(updateSegment, { ...draft, id: saved.id, version: saved.version })
        : call(createSegment, draft),
    onSuccess: async ({ id }) => {
      notifications.show({ message: t(saved ? 'edit.saved' : 'edit.created') })
      await client.invalidateQueries({ queryKey: ['segments'] })
      if (!saved) await navigate({ to: '/segments/$id', params: { id: String(id) }, search: {} })
    },
  })
}
