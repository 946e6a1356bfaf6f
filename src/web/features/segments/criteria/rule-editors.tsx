/** The operator and value of a rule about the card, by kind of criterion. */
import { useTranslation } from 'react-i18next'
import { minorDigits } from '#core/kernel/money.ts'
import type { Dictionary } from '#core/segments/api.ts'
import type { Criterion, CriterionOf } from '#core/segments/criteria.ts'
import type { BirthdayTest, SumTest, TextTest } from '#core/segments/tests.ts'
import { optionsOf } from './choice-options.ts'
import classes from './criteria.module.css'
import { DateTestEditor, Figure, Names, Pick } from './inputs.tsx'
import {
  ChoiceTestEditor,
  type FigureProps,
  NumberTestEditor,
  numberOps,
  sumOps,
  TextTestEditor,
} from './test-editors.tsx'

export type EditorProps<Kind extends Criterion['kind']> = {
  criterion: CriterionOf<Kind>
  onChange: (criterion: CriterionOf<Kind>) => void
  dictionary: Dictionary
}

export function TextEditor({ criterion, onChange }: EditorProps<'text'>) {
  const set = (test: TextTest) => onChange({ ...criterion, test })
  return <TextTestEditor test={criterion.test} onChange={set} />
}

export function ChoiceEditor({ criterion, onChange, dictionary }: EditorProps<'choice'>) {
  const { t } = useTranslation('segments')
  const { field, test } = criterion
  const isMany = dictionary.customFields.some(
    ({ key, type }) => field === `custom.${key}` && type === 'choices',
  )
  return (
    <ChoiceTestEditor
      test={test}
      isMany={isMany}
      options={optionsOf(field, dictionary, t)}
      onChange={(next) => onChange({ ...criterion, test: next })}
    />
  )
}

/** For sums, which are never missing. */
export function SumTestEditor(
  props: { test: SumTest; onChange: (test: SumTest) => void } & FigureProps,
) {
  return (
    <NumberTestEditor
      {...props}
      ops={sumOps}
      onChange={(test) => {
        if (test.op !== 'empty' && test.op !== 'filled') props.onChange(test as SumTest)
      }}
    />
  )
}

export function NumberEditor({ criterion, onChange, dictionary }: EditorProps<'number'>) {
  const { t } = useTranslation('segments')
  const { field, currency } = criterion
  const suffix = field === 'age' ? t('builder.years') : undefined
  return (
    <>
      <NumberTestEditor
        ops={numberOps}
        test={criterion.test}
        onChange={(test) => onChange({ ...criterion, test })}
        suffix={suffix}
        {...(currency ? { scale: 10 ** minorDigits(currency) } : {})}
      />
      {currency && (
        <Pick
          label={t('builder.currency')}
          options={[...new Set([...dictionary.currencies, currency])].map((value) => ({
            value,
            label: value,
          }))}
          value={currency}
          onChange={(next) => onChange({ ...criterion, currency: next })}
        />
      )}
    </>
  )
}

export function DateEditor({ criterion, onChange }: EditorProps<'date'>) {
  return (
    <DateTestEditor
      texts="ops.date"
      test={criterion.test}
      onChange={(test) => onChange({ ...criterion, test })}
    />
  )
}

export function FlagEditor({ criterion, onChange }: EditorProps<'flag'>) {
  const { t } = useTranslation('segments')
  return (
    <Pick
      label={t('builder.value')}
      options={(['yes', 'no'] as const).map((value) => ({ value, label: t(`builder.${value}`) }))}
      value={criterion.is ? 'yes' : 'no'}
      onChange={(value) => onChange({ ...criterion, is: value === 'yes' })}
    />
  )
}

const birthdayOps = [
  'today',
  'this-month',
  'next-month',
  'in-next',
  'in-month',
  'between',
  'empty',
  'filled',
] as const
const months = Array.from({ length: 12 }, (_, at) => at + 1)

export function BirthdayEditor({ criterion, onChange }: EditorProps<'birthday'>) {
  const { t, i18n } = useTranslation('segments')
  const { test } = criterion
  const set = (next: BirthdayTest) => onChange({ ...criterion, test: next })
  const name = new Intl.DateTimeFormat(i18n.language, { month: 'long', timeZone: 'UTC' })
  return (
    <>
      <Pick
        label={t('builder.operator')}
        options={birthdayOps.map((value) => ({ value, label: t(`ops.birthday.${value}`) }))}
        value={test.op}
        onChange={(op) => set(birthdayTestOf(op))}
      />
      {'days' in test && (
        <Figure
          label={t('builder.howMany')}
          value={test.days}
          min={0}
          suffix={t('builder.days')}
          onChange={(days) => set({ ...test, days })}
        />
      )}
      {'month' in test && (
        <Pick
          label={t('builder.month')}
          options={months.map((month) => ({
            value: String(month),
            label: name.format(Date.UTC(2024, month - 1)),
          }))}
          value={String(test.month)}
          onChange={(month) => set({ ...test, month: Number(month) })}
        />
      )}
      {'from' in test && (
        <>
          <MonthDay
            label={t('builder.from')}
            value={test.from}
            onChange={(from) => set({ ...test, from })}
          />
          <span className={classes.word}>{t('builder.to')}</span>
          <MonthDay
            label={t('builder.until')}
            value={test.to}
            onChange={(to) => set({ ...test, to })}
          />
        </>
      )}
    </>
  )
}

function birthdayTestOf(op: BirthdayTest['op']): BirthdayTest {
  if (op === 'between') return { op, from: '12-20', to: '01-10' }
  if (op === 'in-month') return { op, month: 1 }
  return op === 'in-next' ? { op, days: 10 } : { op }
}

/** A day of any year, shown as day and month. */
function MonthDay(props: { label: string; value: string; onChange: (value: string) => void }) {
  const { t, i18n } = useTranslation('segments')
  const [month = '1', day = '1'] = props.value.split('-')
  const name = new Intl.DateTimeFormat(i18n.language, { month: 'short', timeZone: 'UTC' })
  const two = (part: number | string) => String(part).padStart(2, '0')
  return (
    <>
      <Figure
        label={`${props.label} · ${t('builder.day')}`}
        value={Number(day)}
        min={1}
        onChange={(next) => props.onChange(`${month}-${two(next)}`)}
      />
      <Pick
        label={`${props.label} · ${t('builder.month')}`}
        options={months.map((each) => ({
          value: two(each),
          label: name.format(Date.UTC(2024, each - 1)),
        }))}
        value={two(month)}
        onChange={(next) => props.onChange(`${next}-${day}`)}
      />
    </>
  )
}

const anyAllNone = ['any', 'all', 'none'] as const

export function TagEditor({ criterion, onChange, dictionary }: EditorProps<'tag'>) {
  const { t } = useTranslation('segments')
  return (
    <>
      <Pick
        label={t('builder.operator')}
        options={anyAllNone.map((value) => ({ value, label: t(`ops.set.${value}`) }))}
        value={criterion.op}
        onChange={(op) => onChange({ ...criterion, op })}
      />
      <Names
        label={t('fields.tag')}
        options={dictionary.tags}
        ids={criterion.ids}
        onChange={(ids) => onChange({ ...criterion, ids })}
      />
    </>
  )
}

export function ListEditor({ criterion, onChange, dictionary }: EditorProps<'list'>) {
  const { t } = useTranslation('segments')
  return (
    <>
      <Pick
        label={t('builder.operator')}
        options={(['any', 'none'] as const).map((value) => ({
          value,
          label: t(`ops.set.${value}`),
        }))}
        value={criterion.op}
        onChange={(op) => onChange({ ...criterion, op })}
      />
      <Names
        label={t('fields.list')}
        options={dictionary.lists}
        ids={criterion.ids}
        onChange={(ids) => onChange({ ...criterion, ids })}
      />
    </>
  )
}
