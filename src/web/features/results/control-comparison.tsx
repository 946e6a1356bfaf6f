import { useTranslation } from 'react-i18next'
import { compareGroups, type Group } from '#core/results/control.ts'
import type { CurrencyResults } from '#core/results/results.ts'
import { useFormat } from '../../platform/format.ts'
import { Panel } from '../../ui/panel.tsx'
import { SimpleTable } from '../../ui/simple-table.tsx'
import classes from './results.module.css'

type Props = {
  groups: { mailed: Group; control: Group }
  currencies: readonly CurrencyResults[]
}

/** What the mailing changed, against the people kept out, and how sure that is. */
export function ControlComparison({ groups, currencies }: Props) {
  const { t } = useTranslation('results')
  const format = useFormat()
  const { mailed, control } = groups
  const comparison = compareGroups(mailed, control)
  if (!comparison) return null
  const { difference, low, high, verdict } = comparison
  const points = (ratio: number) => format.quantity(Math.round(ratio * 1_000) * 100)
  const perHead = (minor: number, people: number, currency: string) =>
    format.money(Math.round(minor / people), currency)
  const rows = [
    {
      key: 'rate',
      label: t('control.rate'),
      mailed: format.percent(comparison.rate),
      control: format.percent(comparison.controlRate),
      difference: t('control.points', { n: points(difference) }),
    },
    ...currencies.map(({ currency, revenue, controlRevenue }) => ({
      key: currency,
      label: t('control.perHead', { currency }),
      mailed: perHead(revenue, mailed.people, currency),
      control: perHead(controlRevenue, control.people, currency),
      difference: format.money(
        Math.round(revenue / mailed.people - controlRevenue / control.people),
        currency,
      ),
    })),
  ]
  return (
    <Panel title={t('control.title')}>
      <p className={classes.verdict} data-verdict={verdict}>
        {t(`control.verdict.${verdict}`, { low: points(low), high: points(high) })}
      </p>
      <SimpleTable
        label={t('control.title')}
        rowHeader
        keyOf={({ key }) => key}
        rows={rows}
        columns={[
          { key: 'label', header: t('control.what'), cell: (row) => row.label },
          {
            key: 'mailed',
            header: t('control.mailed', { n: format.integer(mailed.people) }),
            cell: (row) => row.mailed,
            numeric: true,
          },
          {
            key: 'control',
            header: t('control.keptOut', { n: format.integer(control.people) }),
            cell: (row) => row.control,
            numeric: true,
          },
          {
            key: 'difference',
            header: t('control.difference'),
            cell: (row) => row.difference,
            numeric: true,
          },
        ]}
      />
      <p className={classes.note}>{t('control.note')}</p>
    </Panel>
  )
}
