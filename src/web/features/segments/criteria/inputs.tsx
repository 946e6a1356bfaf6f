/** The small controls that rules are made of; each says its purpose to screen readers. */
import { MultiSelect, NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DateTest, Period, Unit, Window } from '#core/segments/tests.ts'
import { DayField } from '../../../ui/date-field.tsx'
import { NumberField } from '../../../ui/number-field.tsx'
import classes from './criteria.module.css'

type Option<T extends string> = { value: T; label: string }

/** A short closed choice. */
export function Pick<T extends string>(props: {
  label: string
  options: readonly Option<T>[]
  value: T
  onChange: (value: T) => void
}) {
  const { label, options, value, onChange } = props
  return (
    <NativeSelect
      size="xs"
      className={classes.operator ?? ''}
      aria-label={label}
      data={options.map((each) => ({ ...each }))}
      value={value}
      onChange={({ currentTarget }) => {
        const chosen = options.find((each) => each.value === currentTarget.value)
        if (chosen) onChange(chosen.value)
      }}
    />
  )
}

export function Figure(props: {
  label: string
  value: number
  onChange: (value: number) => void
  /** How many of the stored unit make one shown: 100 cents, 1,000 thousandths. */
  scale?: number
  suffix?: string | undefined
  min?: number
}) {
  const { label, value, onChange, scale = 1, suffix, min } = props
  return (
    <NumberField
      size="xs"
      hideControls
      className={classes.figure ?? ''}
      aria-label={label}
      value={Number.isNaN(value) ? '' : value / scale}
      decimalScale={scale === 1 ? 3 : Math.round(Math.log10(scale))}
      decimalSeparator={useTranslation().i18n.language === 'fr' ? ',' : '.'}
      {...(suffix ? { rightSection: <span className={classes.suffix}>{suffix}</span> } : {})}
      {...(min === undefined ? {} : { min })}
      onChange={(next) =>
        onChange(next === '' ? Number.NaN : Math.round(Number(next) * scale * 1_000) / 1_000)
      }
    />
  )
}

function DayInput(props: { label: string; value: string; onChange: (day: string) => void }) {
  return (
    <DayField
      size="xs"
      className={classes.day ?? ''}
      aria-label={props.label}
      value={props.value === '' ? null : props.value}
      onChange={(day) => props.onChange(day ?? '')}
    />
  )
}

/** Several of a list of names. */
export function Names(props: {
  label: string
  options: readonly { id: number; label: string }[]
  ids: number[]
  onChange: (ids: number[]) => void
  onSearch?: (text: string) => void
}) {
  const { t } = useTranslation('segments')
  const { label, options, ids, onChange, onSearch } = props
  const known = options.map((each) => ({ value: String(each.id), label: each.label }))
  const gone = ids
    .filter((id) => !options.some((each) => each.id === id))
    .map((id) => ({ value: String(id), label: t('builder.gone', { id }) }))
  return (
    <MultiSelect
      size="xs"
      className={classes.wide ?? ''}
      classNames={{ inputField: classes.search ?? '' }}
      aria-label={label}
      placeholder={ids.length === 0 ? t('builder.choose') : ''}
      data={[...known, ...gone]}
      value={ids.map(String)}
      onChange={(values) => onChange(values.map(Number))}
      searchable
      hidePickedOptions
      nothingFoundMessage={t('builder.nothingFound')}
      maxDropdownHeight={280}
      {...(onSearch ? { onSearchChange: onSearch, filter: ({ options: all }) => all } : {})}
    />
  )
}

const units = ['days', 'weeks', 'months', 'years'] as const

function Span(props: {
  n: number
  unit: Unit
  onChange: (span: { n: number; unit: Unit }) => void
}) {
  const { t } = useTranslation('segments')
  const { n, unit, onChange } = props
  return (
    <>
      <Figure
        label={t('builder.howMany')}
        value={n}
        min={1}
        onChange={(next) => onChange({ n: next, unit })}
      />
      <Pick
        label={t('builder.unit')}
        options={units.map((value) => ({ value, label: t(`units.${value}`) }))}
        value={unit}
        onChange={(next) => onChange({ n, unit: next })}
      />
    </>
  )
}

const dateOps = [
  'in-last',
  'older-than',
  'in-next',
  'on',
  'before',
  'after',
  'between',
  'this-month',
  'last-month',
  'this-year',
  'last-year',
  'empty',
  'filled',
] as const

/** `texts` names the operators, `ops.date` or the own words of purchases. */
export function DateTestEditor(props: {
  test: DateTest
  onChange: (test: DateTest) => void
  texts: 'ops.date' | 'ops.visit'
}) {
  const { t } = useTranslation('segments')
  const { test, onChange, texts } = props
  const ops = dateOps.filter((op) => op !== 'in-next' || texts === 'ops.date')
  return (
    <>
      <Pick
        label={t('builder.operator')}
        options={ops.map((value) => ({ value, label: t(`${texts}.${value}`) }))}
        value={test.op}
        onChange={(op) => onChange(dateTestOf(op, test))}
      />
      {'day' in test && (
        <DayInput
          label={t('builder.day')}
          value={test.day}
          onChange={(day) => onChange({ ...test, day })}
        />
      )}
      {'from' in test && (
        <Days from={test.from} to={test.to} onChange={(days) => onChange({ ...test, ...days })} />
      )}
      {'n' in test && (
        <Span n={test.n} unit={test.unit} onChange={(span) => onChange({ ...test, ...span })} />
      )}
    </>
  )
}

function dateTestOf(op: DateTest['op'], before: DateTest): DateTest {
  switch (op) {
    case 'on':
    case 'before':
    case 'after':
      return { op, day: 'day' in before ? before.day : '' }
    case 'between':
      return { op, from: 'day' in before ? before.day : '', to: '' }
    case 'in-last':
    case 'older-than':
    case 'in-next':
      return { op, n: 'n' in before ? before.n : 30, unit: 'n' in before ? before.unit : 'days' }
    default:
      return { op }
  }
}

function Days(props: {
  from: string
  to: string
  onChange: (days: { from: string; to: string }) => void
}) {
  const { t } = useTranslation('segments')
  const { from, to, onChange } = props
  return (
    <>
      <DayInput
        label={t('builder.from')}
        value={from}
        onChange={(day) => onChange({ from: day, to })}
      />
      <span className={classes.word}>{t('builder.to')}</span>
      <DayInput
        label={t('builder.until')}
        value={to}
        onChange={(day) => onChange({ from, to: day })}
      />
    </>
  )
}

const windows = [
  'ever',
  'last',
  'this-month',
  'last-month',
  'this-year',
  'last-year',
  'since',
  'between',
] as const
const periods = ['ever', 'next', ...windows.slice(1)] as const

/** The days that purchases are looked at: those to come hold none. */
export function WindowEditor(props: { window: Window; onChange: (window: Window) => void }) {
  return (
    <PeriodEditor
      period={props.window}
      kinds={windows}
      onChange={(period) => period.kind !== 'next' && props.onChange(period)}
    />
  )
}

export function PeriodEditor(props: {
  period: Period
  kinds?: readonly Period['kind'][]
  onChange: (period: Period) => void
}) {
  const { t } = useTranslation('segments')
  const { period: window, kinds = periods, onChange } = props
  return (
    <>
      <Pick
        label={t('builder.window')}
        options={kinds.map((value) => ({ value, label: t(`windows.${value}`) }))}
        value={window.kind}
        onChange={(kind) => onChange(windowOf(kind, window))}
      />
      {(window.kind === 'last' || window.kind === 'next') && (
        <Span
          n={window.n}
          unit={window.unit}
          onChange={(span) => onChange({ kind: window.kind, ...span })}
        />
      )}
      {window.kind === 'since' && (
        <DayInput
          label={t('builder.from')}
          value={window.from}
          onChange={(from) => onChange({ kind: 'since', from })}
        />
      )}
      {window.kind === 'between' && (
        <Days
          from={window.from}
          to={window.to}
          onChange={(days) => onChange({ kind: 'between', ...days })}
        />
      )}
    </>
  )
}

function windowOf(kind: Period['kind'], before: Period): Period {
  const from = 'from' in before ? before.from : ''
  if (kind === 'next') return { kind, n: 7, unit: 'days' }
  if (kind === 'last') return { kind, n: 12, unit: 'months' }
  if (kind === 'since') return { kind, from }
  return kind === 'between' ? { kind, from, to: '' } : { kind }
}
