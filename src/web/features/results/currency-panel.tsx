import { Skeleton, UnstyledButton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { CurrencyResults } from '#core/results/results.ts'
import { useFormat } from '../../platform/format.ts'
import { Panel } from '../../ui/panel.tsx'
import classes from './results.module.css'
import { ResultsTable } from './results-table.tsx'
import { hasSeries, type SeriesKey, seriesKeys } from './series.ts'

const ResultsChart = lazy(() =>
  import('./results-chart.tsx').then((module) => ({ default: module.ResultsChart })),
)

type Props = {
  results: CurrencyResults
  /** What is shown where there is no room for both. */
  view: 'chart' | 'table'
  /** Which curves are drawn, in every currency the same. */
  curves: readonly SeriesKey[]
  onCurves: (keys: readonly SeriesKey[]) => void
  /** The last day the figures cover. */
  until: string | null
  /** Several currencies are in use, so each legend names its own (P-15). */
  several: boolean
}

/** One currency: its totals, and its curves beside the same days as a table. */
export function CurrencyPanel({ results, view, curves: shown, onCurves, until, several }: Props) {
  const { t } = useTranslation('results')
  const toggle = (key: SeriesKey) =>
    onCurves(shown.includes(key) ? shown.filter((other) => other !== key) : [...shown, key])
  const { currency, days, linesWithoutMargin } = results
  const name = (key: SeriesKey) => t(`series.${key}`) + (several ? ` (${currency})` : '')
  const keys = seriesKeys.filter((key) => hasSeries(results, key))
  return (
    <Panel title={t('inCurrency', { currency })}>
      <Totals results={results} />
      {days.length > 0 ? (
        <div className={classes.beside} data-view={view}>
          <div className={classes.chartSide}>
            <fieldset className={classes.legend}>
              <legend>{t('curves')}</legend>
              {keys.map((key) => (
                <UnstyledButton
                  key={key}
                  className={classes.legendItem}
                  data-series={key}
                  aria-pressed={shown.includes(key)}
                  onClick={() => toggle(key)}
                >
                  {name(key)}
                </UnstyledButton>
              ))}
            </fieldset>
            <Suspense fallback={<Skeleton height={300} />}>
              <ResultsChart
                results={results}
                shown={keys.filter((key) => shown.includes(key))}
                until={until}
                name={name}
              />
            </Suspense>
          </div>
          <div className={classes.tableSide}>
            <ResultsTable results={results} />
          </div>
        </div>
      ) : (
        <p className={classes.note}>{t('noDays')}</p>
      )}
      {linesWithoutMargin > 0 && (
        <p className={classes.note}>{t('withoutMargin', { count: linesWithoutMargin })}</p>
      )}
    </Panel>
  )
}

function Totals({ results }: { results: CurrencyResults }) {
  const { t } = useTranslation('results')
  const format = useFormat()
  const { currency, revenue, quantity, margin, totalMargin } = results
  const share = totalMargin
    ? t('share', { share: format.percent(margin / totalMargin) })
    : undefined
  const figures = [
    { key: 'revenue', text: format.money(revenue, currency) },
    { key: 'quantity', text: format.quantity(quantity) },
    { key: 'margin', text: format.money(margin, currency), note: share },
    {
      key: 'totalMargin',
      text: totalMargin === null ? undefined : format.money(totalMargin, currency),
    },
  ]
  return (
    <dl className={classes.totals}>
      {figures.map(({ key, text, note }) => (
        <div key={key} className={classes.total}>
          <dt data-series={key}>{t(`totals.${key}`)}</dt>
          <dd>
            <span className={classes.figure}>{text ?? t('unknown')}</span>
            {note !== undefined && <span className={classes.note}>{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
