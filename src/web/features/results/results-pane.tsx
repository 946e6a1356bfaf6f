import { Alert, Group, SegmentedControl, Skeleton, Stack } from '@mantine/core'
import { IconChartLine, IconSnowflake } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { getResults } from '#core/results/api.ts'
import { groupsOf } from '#core/results/control.ts'
import type { CampaignResults } from '#core/results/results.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { useUrlState } from '../../platform/url-state.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ControlComparison } from './control-comparison.tsx'
import { CurrencyPanel } from './currency-panel.tsx'
import { Definitions } from './definitions.tsx'
import { ExportButtons } from './export-buttons.tsx'
import { ResultTiles } from './result-tiles.tsx'
import classes from './results.module.css'
import { curvesIn, curvesText } from './series.ts'

/** What is looked at, so that it can be shared and stays from one mailing to the next. */
const Address = z.object({
  /** All of them when not given. */
  currency: z.string().optional().catch(undefined),
  view: z.enum(['chart', 'table']).catch('chart').default('chart'),
  curves: z.string().optional().catch(undefined),
})

/** What a mailing brought in: counters, curves and table per currency, the control group, the definitions. */
export function ResultsPane({ campaignId }: { campaignId: number }) {
  const problemText = useProblemText()
  const { data, error } = useQuery({
    queryKey: ['results', campaignId],
    queryFn: ({ signal }) => call(getResults, { id: campaignId }, signal),
  })
  if (error) return <Alert color="red">{problemText(error)}</Alert>
  if (!data) return <Waiting />
  return (
    <div className={classes.pane}>
      <ResultTiles counters={data.counters} launched={data.state !== 'none'} />
      {data.state === 'none' ? <NothingYet /> : <Sales results={data} campaignId={campaignId} />}
      <Definitions />
    </div>
  )
}

function Waiting() {
  const { t } = useTranslation('results')
  return (
    <Stack gap="sm" aria-busy aria-label={t('loading')} role="status">
      <Skeleton height={84} radius="md" />
      <Skeleton height={320} radius="md" />
    </Stack>
  )
}

function NothingYet() {
  const { t } = useTranslation('results')
  return (
    <EmptyState
      plain
      icon={<IconChartLine size={28} />}
      title={t('none.title')}
      description={t('none.text')}
    />
  )
}

function Sales({ results, campaignId }: { results: CampaignResults; campaignId: number }) {
  const { t } = useTranslation('results')
  const [{ currency: chosen, view, curves }, setAddress] = useUrlState(Address)
  const codes = results.currencies.map(({ currency }) => currency)
  const shown = results.currencies.filter(
    ({ currency }) => chosen === undefined || !codes.includes(chosen) || currency === chosen,
  )
  const groups = groupsOf(results)
  return (
    <>
      <Group justify="space-between" gap="xs">
        <Period results={results} />
        <Group gap="xs">
          {codes.length > 1 && (
            <SegmentedControl
              size="xs"
              aria-label={t('currency')}
              value={chosen !== undefined && codes.includes(chosen) ? chosen : 'all'}
              onChange={(code) => setAddress({ currency: code === 'all' ? undefined : code })}
              data={[{ value: 'all', label: t('allCurrencies') }, ...codes]}
            />
          )}
          <SegmentedControl
            size="xs"
            className={classes.switch ?? ''}
            aria-label={t('view')}
            value={view}
            onChange={(value) => setAddress({ view: value === 'table' ? 'table' : 'chart' })}
            data={[
              { value: 'chart', label: t('chart') },
              { value: 'table', label: t('table') },
            ]}
          />
          {codes.length > 0 && <ExportButtons campaignId={campaignId} />}
        </Group>
      </Group>
      {codes.length === 0 && (
        <EmptyState
          plain
          icon={<IconChartLine size={28} />}
          title={t('noSales.title')}
          description={t('noSales.text')}
        />
      )}
      {shown.map((currency) => (
        <CurrencyPanel
          key={currency.currency}
          results={currency}
          view={view}
          curves={curvesIn(curves)}
          onCurves={(keys) => setAddress({ curves: curvesText(keys) })}
          until={results.to}
          several={codes.length > 1}
        />
      ))}
      {groups && <ControlComparison groups={groups} currencies={results.currencies} />}
    </>
  )
}

/** Which days the figures cover, and whether they still move. */
function Period({ results }: { results: CampaignResults }) {
  const { t } = useTranslation('results')
  const format = useFormat()
  const { from, to, frozenAt, state, isLegacy } = results
  const kept = frozenAt ? t('frozenOn', { day: format.day(frozenAt) }) : t('frozen')
  return (
    <div className={classes.period}>
      {from && to && <strong>{t('period', { from: format.day(from), to: format.day(to) })}</strong>}
      <span>
        {state === 'frozen' && <IconSnowflake size={14} aria-hidden />}
        {state === 'live' ? t('live') : isLegacy ? t('legacy') : kept}
      </span>
    </div>
  )
}
