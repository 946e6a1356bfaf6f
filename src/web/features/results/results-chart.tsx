/** The curves, drawn by ECharts; loaded only when a chart is shown. */
import { useComputedColorScheme } from '@mantine/core'
import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { type EChartsType, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { CurrencyResults } from '#core/results/results.ts'
import { useFormat } from '../../platform/format.ts'
import { chartOption } from './chart-option.ts'
import classes from './results.module.css'
import type { SeriesKey } from './series.ts'

use([BarChart, LineChart, GridComponent, TooltipComponent, SVGRenderer])

type Props = {
  results: CurrencyResults
  shown: readonly SeriesKey[]
  until: string | null
  name: (key: SeriesKey) => string
}

export function ResultsChart({ results, shown, until, name }: Props) {
  const { t, i18n } = useTranslation('results')
  const format = useFormat()
  const dark = useComputedColorScheme('light') === 'dark'
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(undefined)

  useEffect(() => {
    if (!place.current) return
    const made = init(place.current, undefined, { renderer: 'svg' })
    chart.current = made
    const watch = new ResizeObserver(() => made.resize())
    watch.observe(place.current)
    return () => {
      watch.disconnect()
      made.dispose()
    }
  }, [])

  useEffect(() => {
    const option = chartOption({ results, shown, until, name, format, dark, locale: i18n.language })
    chart.current?.setOption(option, { notMerge: true })
  })

  const { currency, days, margin, revenue } = results
  const description = t('chartDescription', {
    currency,
    from: format.day(days[0]?.day ?? ''),
    to: format.day(days.at(-1)?.day ?? ''),
    revenue: format.money(revenue, currency),
    margin: format.money(margin, currency),
  })
  return <div ref={place} className={classes.chart} role="img" aria-label={description} />
}
