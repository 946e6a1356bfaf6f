import type { EChartsCoreOption } from 'echarts/core'
import { minorDigits } from '#core/kernel/money.ts'
import type { CurrencyResults } from '#core/results/results.ts'
import type { Format } from '../../platform/format.ts'
import { type SeriesKey, seriesValue } from './series.ts'

export type ChartInput = {
  results: CurrencyResults
  shown: readonly SeriesKey[]
  until: string | null
  name: (key: SeriesKey) => string
  format: Format
  dark: boolean
  locale: string
}

/* The same colours as the legend in results.module.css: each at least 3:1 on its background. */
const colours = {
  light: { revenue: '#7f9cf0', quantity: '#b8500b', margin: '#0f7a49', totalMargin: '#596273' },
  dark: { revenue: '#4b6bd0', quantity: '#f0a35e', margin: '#3cb77b', totalMargin: '#a5adbb' },
} as const

const inks = {
  light: { text: '#596273', line: '#e3e7ee', paper: '#ffffff', ink: '#1b2230' },
  dark: { text: '#a5adbb', line: '#2b303b', paper: '#20252f', ink: '#dde1e8' },
} as const

/** What ECharts draws: money on the left, pieces on the right, days below. */
export function chartOption(input: ChartInput): EChartsCoreOption {
  const { shown, dark } = input
  const ink = inks[dark ? 'dark' : 'light']
  const axis = {
    axisLabel: { color: ink.text, fontSize: 11 },
    splitLine: { lineStyle: { color: ink.line } },
  }
  return {
    animationDuration: 250,
    textStyle: { fontFamily: "'Inter Variable', system-ui, sans-serif" },
    grid: { left: 8, right: 12, top: 16, bottom: 4, outerBoundsMode: 'same' },
    xAxis: {
      type: 'time',
      max: input.until ?? undefined,
      axisLabel: { ...axis.axisLabel, hideOverlap: true, formatter: dayLabels(input.locale) },
      axisLine: { lineStyle: { color: ink.line } },
      splitLine: { show: false },
    },
    yAxis: [
      { ...axis, type: 'value', axisLabel: { ...axis.axisLabel, formatter: moneyLabels(input) } },
      {
        ...axis,
        type: 'value',
        show: shown.includes('quantity'),
        minInterval: 1,
        splitLine: { show: false },
      },
    ],
    tooltip: tooltip(input, ink),
    series: shown.map((key) => series(input, key)),
  }
}

function series({ results, until, name, dark, shown }: ChartInput, key: SeriesKey) {
  const scale = key === 'quantity' ? 1_000 : 10 ** minorDigits(results.currency)
  const points = results.days.map((day) => [day.day, seriesValue(day, key) / scale])
  const color = colours[dark ? 'dark' : 'light'][key]
  const common = { name: name(key), id: key, itemStyle: { color } }
  if (key === 'revenue') return { ...common, type: 'bar', barMaxWidth: 16, data: points }
  const running = key !== 'quantity'
  const last = points.at(-1)
  // A running total goes on to the end of the period, sales or not.
  if (running && last && until && last[0] !== until) points.push([until, last[1] ?? 0])
  return {
    ...common,
    type: 'line',
    data: points,
    showSymbol: points.length < 12,
    symbolSize: 5,
    yAxisIndex: key === 'quantity' ? 1 : 0,
    lineStyle: { color, width: 2.2, type: dashes[key] },
    ...(key === 'margin' ? { areaStyle: { color, opacity: 0.12 }, z: 3 } : {}),
    ...(shown.length === 1 ? { emphasis: { disabled: true } } : {}),
  }
}

/** Never told apart by colour alone. */
const dashes = { quantity: 'dotted', margin: 'solid', totalMargin: 'dashed' } as const

function moneyLabels({ results, locale }: ChartInput) {
  const short = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: results.currency,
    notation: 'compact',
    maximumFractionDigits: 1,
  })
  return (value: number) => short.format(value).replaceAll('\u202f', '\u00a0')
}

function dayLabels(locale: string) {
  const format = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })
  const withYear = new Intl.DateTimeFormat(locale, { month: 'short', year: '2-digit' })
  return (time: number) => {
    const date = new Date(time)
    return date.getMonth() === 0 && date.getDate() === 1
      ? withYear.format(date)
      : format.format(date)
  }
}

type Point = { axisValue: number; seriesId: string; seriesName: string; marker: string }

function tooltip({ results, shown, format }: ChartInput, ink: (typeof inks)['light' | 'dark']) {
  const byTime = new Map(
    results.days.map((day) => [new Date(`${day.day}T00:00:00`).getTime(), day]),
  )
  const text = (key: SeriesKey, value: number) =>
    key === 'quantity' ? format.quantity(value) : format.money(value, results.currency)
  return {
    trigger: 'axis',
    confine: true,
    backgroundColor: ink.paper,
    borderColor: ink.line,
    textStyle: { color: ink.ink, fontSize: 12 },
    // Names come from the catalogue and figures from numbers: nothing typed by a person gets here.
    formatter: (points: Point[]) => {
      const day = byTime.get(points[0]?.axisValue ?? 0)
      if (!day) return ''
      const lines = shown.flatMap((key) => {
        const point = points.find(({ seriesId }) => seriesId === key)
        return point
          ? [`${point.marker}${point.seriesName} : <b>${text(key, seriesValue(day, key))}</b>`]
          : []
      })
      return [format.day(day.day), ...lines].join('<br>')
    },
  }
}
