import { Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { minorDigits } from '#core/kernel/money.ts'
import type { CurrencyResults } from '#core/results/results.ts'
import { useFormat } from '../../platform/format.ts'
import classes from './results.module.css'
import { hasSeries, seriesKeys, seriesValue } from './series.ts'

/** Amounts without their currency, which the heading names, so that five columns fit beside the chart. */
function plainAmounts(locale: string, currency: string) {
  const digits = minorDigits(currency)
  const number = new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  return (minor: number) => number.format(minor / 10 ** digits).replaceAll('\u202f', '\u00a0')
}

/** The chart's figures, day by day. */
export function ResultsTable({ results }: { results: CurrencyResults }) {
  const { t, i18n } = useTranslation('results')
  const format = useFormat()
  const { currency, days } = results
  const keys = seriesKeys.filter((key) => hasSeries(results, key))
  const label = t('tableOf', { currency })
  const amount = plainAmounts(i18n.language, currency)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={classes.scroll} aria-label={label} tabIndex={0}>
      <Table className={classes.table ?? ''} aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('day')}</Table.Th>
            {keys.map((key) => (
              <Table.Th key={key} scope="col" data-num>
                {key === 'quantity' ? t('columns.quantity') : t(`columns.${key}`, { currency })}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {days.map((day) => (
            <Table.Tr key={day.day}>
              <Table.Th scope="row">{format.day(day.day)}</Table.Th>
              {keys.map((key) => (
                <Table.Td key={key} data-num>
                  {key === 'quantity'
                    ? format.quantity(day.quantity)
                    : amount(seriesValue(day, key))}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}
