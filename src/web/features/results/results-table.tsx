import { Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CurrencyResults } from '#core/results/results.ts'
import { useFormat } from '../../platform/format.ts'
import classes from './results.module.css'
import { hasSeries, seriesKeys, seriesValue } from './series.ts'

/** The chart's figures, day by day. */
export function ResultsTable({ results }: { results: CurrencyResults }) {
  const { t } = useTranslation('results')
  const format = useFormat()
  const { currency, days } = results
  const keys = seriesKeys.filter((key) => hasSeries(results, key))
  const label = t('tableOf', { currency })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={classes.scroll} aria-label={label} tabIndex={0}>
      <Table className={classes.table ?? ''} aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('day')}</Table.Th>
            {keys.map((key) => (
              <Table.Th key={key} scope="col" data-num>
                {t(`columns.${key}`)}
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
                    : format.money(seriesValue(day, key), currency)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}
