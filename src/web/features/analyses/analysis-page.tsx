import { Alert, Anchor, Button, Group, Loader, NativeSelect, Progress, Text } from '@mantine/core'
import { IconArrowLeft, IconChartBar, IconDownload } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import {
  type AnalysisQuery,
  type AnalysisRow,
  analyse,
  exportAnalysis,
  mostRows,
  subjects,
} from '#core/analyses/api.ts'
import { basketOf } from '#core/analyses/table.ts'
import { type Measure, measures } from '#core/segments/criteria.ts'
import { addressFor, call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { useUrlState } from '../../platform/url-state.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Panel } from '../../ui/panel.tsx'
import { SimpleTable } from '../../ui/simple-table.tsx'
import { useMay } from '../access/session.ts'
import { useDictionary } from '../segments/dictionary.ts'
import classes from './analyses.module.css'
import { AnalysisState, periods, selectionOf, windowOf } from './analysis-state.ts'

/** What the people of the list bought: one page for the top customers and every layout of their purchases. */
export function AnalysisPage() {
  const { t } = useTranslation('analyses')
  const [state] = useUrlState(AnalysisState)
  const { currencies } = useDictionary()
  const currency = state.currency ?? currencies[0]
  const { search, criteria } = state
  return (
    <Page>
      <div>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconArrowLeft size={16} />}
          renderRoot={(props) => (
            <Link to="/customers" search={{ ...(search ? { search } : {}), criteria }} {...props} />
          )}
        >
          {t('back')}
        </Button>
      </div>
      {currency ? <Answer currency={currency} currencies={currencies} /> : <Loader />}
    </Page>
  )
}

type AnswerProps = { currency: string; currencies: readonly string[] }

function Answer({ currency, currencies }: AnswerProps) {
  const { t, i18n } = useTranslation('analyses')
  const format = useFormat()
  const problemText = useProblemText()
  const mayExport = useMay('exports.run')
  const [state] = useUrlState(AnalysisState)
  const { by, measure, limit } = state
  const query: AnalysisQuery = {
    selection: selectionOf(state),
    by,
    measure,
    currency,
    window: windowOf(state.period),
    limit,
  }
  const { data, error, isFetching } = useQuery({
    queryKey: ['analysis', query],
    queryFn: ({ signal }) => call(analyse, query, signal),
    placeholderData: keepPreviousData,
    retry: false,
  })
  const locale = i18n.language === 'en' ? 'en' : 'fr'
  const people = data
    ? t('people', {
        count: data.people,
        n: format.integer(data.people),
        buyers: format.integer(data.total.customers),
      })
    : '\u00a0'
  return (
    <>
      <PageHeader
        title={t(`titles.${by}`)}
        subtitle={people}
        actions={(['csv', 'xlsx'] as const).map((type) => (
          <Button
            key={type}
            component="a"
            variant="default"
            {...(mayExport
              ? {
                  href: addressFor(exportAnalysis, {
                    query: JSON.stringify(query),
                    format: type,
                    locale,
                  }),
                }
              : { 'aria-disabled': true, 'data-disabled': true })}
            leftSection={<IconDownload size={16} aria-hidden />}
            download
          >
            {t(`export.${type}`)}
          </Button>
        ))}
      />
      <Tools currency={currency} currencies={currencies} />
      {error && (
        <Alert color="red" variant="light" role="alert">
          {problemText(error)}
        </Alert>
      )}
      {data && !error && (
        <Panel
          title={t('panel', { currency })}
          flush
          {...(isFetching ? { actions: <Loader size="xs" /> } : {})}
        >
          {data.rows.length === 0 ? (
            <EmptyState
              icon={<IconChartBar size={22} />}
              title={t('nothing.title')}
              description={t('nothing.text')}
            />
          ) : (
            <Rows rows={data.rows} total={data.total} currency={currency} />
          )}
        </Panel>
      )}
      {data && data.rowCount > data.rows.length && <More rowCount={data.rowCount} />}
    </>
  )
}

function Tools({ currency, currencies }: AnswerProps) {
  const { t } = useTranslation('analyses')
  const [state, setState] = useUrlState(AnalysisState)
  return (
    <div className={classes.tools}>
      <NativeSelect
        label={t('by')}
        data={subjects.map((value) => ({ value, label: t(`subjects.${value}`) }))}
        value={state.by}
        onChange={(event) =>
          setState({ by: AnalysisState.shape.by.parse(event.currentTarget.value) }, { push: true })
        }
      />
      <NativeSelect
        label={t('measure')}
        data={measures.map((value) => ({ value, label: t(`measures.${value}`) }))}
        value={state.measure}
        onChange={(event) =>
          setState({ measure: AnalysisState.shape.measure.parse(event.currentTarget.value) })
        }
      />
      <NativeSelect
        label={t('period')}
        data={periods.map((value) => ({ value, label: t(`periods.${value}`) }))}
        value={state.period}
        onChange={(event) =>
          setState({ period: AnalysisState.shape.period.parse(event.currentTarget.value) })
        }
      />
      <NativeSelect
        label={t('currency')}
        data={[...new Set([currency, ...currencies])]}
        value={currency}
        onChange={(event) => setState({ currency: event.currentTarget.value })}
      />
    </div>
  )
}

type RowsProps = {
  rows: readonly AnalysisRow[]
  total: Omit<AnalysisRow, 'id' | 'label'>
  currency: string
}

function Rows({ rows, total, currency }: RowsProps) {
  const { t } = useTranslation('analyses')
  const format = useFormat()
  const [{ by, measure }] = useUrlState(AnalysisState)
  const name = useName()
  const money = (minor: number) => format.money(minor, currency)
  const figure = (row: Omit<AnalysisRow, 'id' | 'label'>, of: Measure): number =>
    of === 'basket' ? basketOf(row) : row[of]
  const show: Record<Measure, (value: number) => string> = {
    revenue: money,
    margin: money,
    basket: money,
    quantity: format.quantity,
    visits: format.integer,
  }
  // A basket is no part of a sum: its bar is against the largest.
  const whole =
    measure === 'basket'
      ? Math.max(...rows.map((row) => basketOf(row)), 1)
      : Math.max(figure(total, measure), 1)
  return (
    <SimpleTable
      label={t(`titles.${by}`)}
      rows={rows}
      keyOf={(row) => row.id ?? row.label}
      rowHeader
      columns={[
        { key: 'name', header: t(`subjects.${by}`), cell: name },
        {
          key: 'share',
          header: t('share'),
          cell: (row) => {
            const share = Math.max(0, figure(row, measure) / whole)
            return (
              <Group gap={8} wrap="nowrap" className={classes.share ?? ''}>
                <Progress
                  value={Math.min(100, share * 100)}
                  aria-hidden
                  className={classes.bar ?? ''}
                />
                <span>{measure === 'basket' ? '' : format.percent(share)}</span>
              </Group>
            )
          },
        },
        ...measures.map((key) => ({
          key,
          header: t(`measures.${key}`),
          numeric: true,
          cell: (row: AnalysisRow) => show[key](figure(row, key)),
        })),
        ...(by === 'customer'
          ? []
          : [
              {
                key: 'customers',
                header: t('customers'),
                numeric: true,
                cell: (row: AnalysisRow) => format.integer(row.customers),
              },
            ]),
      ]}
      footer={[
        t('total'),
        '',
        ...measures.map((key) => show[key](figure(total, key))),
        ...(by === 'customer' ? [] : [format.integer(total.customers)]),
      ]}
    />
  )
}

/** What a row is called: a customer leads to the card, a month is written out. */
function useName() {
  const { t, i18n } = useTranslation('analyses')
  const [{ by }] = useUrlState(AnalysisState)
  const month = new Intl.DateTimeFormat(i18n.language, {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
  return ({ id, label }: AnalysisRow) => {
    if (by === 'month') return month.format(new Date(`${label}-01T00:00:00Z`))
    if (by === 'customer' && id !== null)
      return (
        <Anchor component={Link} to={`/customers/${id}`} inherit>
          {label}
        </Anchor>
      )
    return label || t('none')
  }
}

function More({ rowCount }: { rowCount: number }) {
  const { t } = useTranslation('analyses')
  const { integer } = useFormat()
  const [{ limit }, setState] = useUrlState(AnalysisState)
  return (
    <Group>
      <Text size="sm" c="dimmed">
        {t('cut', { shown: integer(limit), n: integer(rowCount) })}
      </Text>
      {limit < mostRows && (
        <Button variant="default" size="compact-sm" onClick={() => setState({ limit: mostRows })}>
          {t('more', { n: integer(mostRows) })}
        </Button>
      )}
    </Group>
  )
}
