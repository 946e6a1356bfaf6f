import { Alert, Button, Select, Text } from '@mantine/core'
import { IconAlertTriangle, IconArrowRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type Guess, makesSense, namesPeople } from '#core/imports/guess.ts'
import {
  ColumnPlan,
  dateOrders,
  type ImportKind,
  importKinds,
  type Plan,
} from '#core/imports/plan.ts'
import { targetsOf } from '#core/imports/targets.ts'
import { useFormat } from '../../platform/format.ts'
import { Panel } from '../../ui/panel.tsx'
import type { StepProps } from './import-wizard.tsx'
import { type TargetOption, useTargetOptions } from './import-words.ts'
import classes from './imports.module.css'
import { ReadingPanel } from './reading-panel.tsx'

type Props = StepProps & {
  guess: Guess
  isOwn: boolean
  onKind: (kind: ImportKind) => void
}

/* Wider files are read all the same; the user should know that most of it is left out. */
const unusuallyWide = 100

/** What each column is, with values that show it. */
export function ColumnsStep({ view, plan, guess, isOwn, onChange, onGo, onKind }: Props) {
  const { t } = useTranslation('imports')
  const { integer } = useFormat()
  const options = useTargetOptions(plan.kind)
  const targets = new Set(plan.columns.map(({ target }) => target))
  const missing = options.filter(({ value, required }) => required && !targets.has(value))
  const complete = makesSense(plan.kind, targets)
  const width = view.reading.headers.length
  return (
    <>
      <Panel title={t('kind.title')}>
        <Select
          label={t('kind.label')}
          description={t(`kinds.${plan.kind}.text`)}
          data={importKinds.map((value) => ({ value, label: t(`kinds.${value}.name`) }))}
          value={plan.kind}
          onChange={(value) => {
            const kind = importKinds.find((known) => known === value)
            if (kind) onKind(kind)
          }}
          allowDeselect={false}
          maw={420}
        />
      </Panel>
      <ReadingPanel view={view} onRead={() => onKind(plan.kind)} />
      {width > unusuallyWide && (
        <Alert color="orange" icon={<IconAlertTriangle aria-hidden />}>
          {t('wide', { n: integer(width) })}
        </Alert>
      )}
      <Panel flush title={t('columns.title')}>
        <Text size="sm" c="dimmed" px="md" pb="xs">
          {guess.from === 'profile' && !isOwn ? t('columns.fromProfile') : t('columns.text')}
        </Text>
        <div className={classes.columns}>
          {view.reading.headers.map((header, column) => (
            <ColumnRow
              key={header}
              header={header}
              column={column}
              samples={samplesOf(view.reading.sample, column)}
              plan={plan}
              options={options}
              asks={guess.askDates.includes(column)}
              onChange={onChange}
            />
          ))}
        </div>
      </Panel>
      {!complete && (
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />} role="status">
          {missing.length > 0
            ? t('columns.missing', { fields: missing.map(({ label }) => label).join(', ') })
            : t(`columns.incomplete.${plan.kind}`)}
        </Alert>
      )}
      {complete && plan.kind === 'customers' && !namesPeople(targets) && (
        <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} role="status">
          {t('columns.nameless')}
        </Alert>
      )}
      <div className={classes.footer}>
        <Button
          onClick={() => onGo('rules')}
          disabled={!complete}
          rightSection={<IconArrowRight size={18} aria-hidden />}
        >
          {t('next.rules')}
        </Button>
      </div>
    </>
  )
}

/** Three values that differ. */
function samplesOf(rows: readonly (readonly string[])[], column: number): string[] {
  const values = rows.map((row) => row[column]?.trim() ?? '').filter(Boolean)
  return [...new Set(values)].slice(0, 3)
}

type RowProps = {
  header: string
  column: number
  samples: readonly string[]
  plan: Plan
  options: readonly TargetOption[]
  asks: boolean
  onChange: (plan: Plan) => void
}

function ColumnRow({ header, column, samples, plan, options, asks, onChange }: RowProps) {
  const { t } = useTranslation('imports')
  const own = plan.columns.find((candidate) => candidate.column === column)
  const others = plan.columns.filter((candidate) => candidate.column !== column)
  const link = (target: string | null) =>
    onChange({
      ...plan,
      columns: target
        ? [
            // A field has one column: taking it leaves the other without.
            ...others.filter((other) => other.target !== target),
            ColumnPlan.parse({ ...own, column, target }),
          ].sort((a, b) => a.column - b.column)
        : others,
    })
  const amend = (patch: Partial<ColumnPlan>) =>
    own && onChange({ ...plan, columns: [...others, { ...own, ...patch }] })
  return (
    <div className={classes.column} data-linked={own !== undefined}>
      <div className={classes.columnName}>{header}</div>
      <div className={classes.samples}>
        {samples.length === 0 ? (
          <span>{t('columns.empty')}</span>
        ) : (
          samples.map((sample) => <span key={sample}>{sample}</span>)
        )}
      </div>
      <div className={classes.linked}>
        <Select
          aria-label={t('columns.fieldOf', { column: header })}
          placeholder={t('columns.ignored')}
          data={options.map(({ value, label, required }) => ({
            value,
            label: required ? `${label} *` : label,
          }))}
          value={own?.target ?? null}
          onChange={link}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('columns.ignore', { column: header }) }}
          nothingFoundMessage={t('columns.nothing')}
        />
        {own && (
          <FormatChoice own={own} kind={plan.kind} asks={asks} onAmend={amend} header={header} />
        )}
      </div>
    </div>
  )
}

type FormatProps = {
  own: ColumnPlan
  kind: ImportKind
  asks: boolean
  header: string
  onAmend: (patch: Partial<ColumnPlan>) => void
}

/** Day or month first, comma or point: shown for the columns it matters to. */
function FormatChoice({ own, kind, asks, header, onAmend }: FormatProps) {
  const { t } = useTranslation('imports')
  const shape = targetsOf[kind].find(({ key }) => key === own.target)?.shape
  if (shape === 'date') {
    return (
      <Select
        size="xs"
        aria-label={t('columns.datesOf', { column: header })}
        data={dateOrders.map((value) => ({ value, label: t(`dates.${value}`) }))}
        value={own.dates}
        onChange={(value) => {
          const dates = dateOrders.find((order) => order === value)
          if (dates) onAmend({ dates })
        }}
        allowDeselect={false}
        {...(asks ? { description: t('columns.askDates') } : {})}
      />
    )
  }
  if (shape !== 'amount') return null
  return (
    <Select
      size="xs"
      aria-label={t('columns.decimalsOf', { column: header })}
      data={[
        { value: ',', label: t('decimals.comma') },
        { value: '.', label: t('decimals.point') },
      ]}
      value={own.decimals}
      onChange={(value) => onAmend({ decimals: value === '.' ? '.' : ',' })}
      allowDeselect={false}
    />
  )
}
