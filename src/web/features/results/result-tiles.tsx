import { useTranslation } from 'react-i18next'
import type { ResultCounters } from '#core/results/results.ts'
import { useFormat } from '../../platform/format.ts'
import classes from './results.module.css'

type Props = { counters: ResultCounters; launched: boolean }

/** The counters of the pane (P-13). */
export function ResultTiles({ counters, launched }: Props) {
  const { t } = useTranslation('results')
  const format = useFormat()
  const { total, selected, control, withEmail, withMobile, returning } = counters
  const mailed = selected - control
  const part = (count: number | null, whole: number | null) =>
    launched && count !== null && whole ? format.percent(count / whole) : undefined
  return (
    <dl className={classes.tiles} aria-label={t('counters')}>
      <Tile label={t('total')} value={total} />
      <Tile
        label={t('selected')}
        value={launched || selected > 0 ? selected : null}
        note={
          control > 0 ? t('ofWhomControl', { n: format.integer(control) }) : part(selected, total)
        }
      />
      <Tile label={t('withEmail')} value={withEmail} note={part(withEmail, selected)} />
      <Tile label={t('withMobile')} value={withMobile} note={part(withMobile, selected)} />
      <Tile
        strong
        label={t('returning')}
        value={launched ? returning : null}
        note={part(returning, mailed)}
      />
    </dl>
  )
}

type TileProps = {
  label: string
  value: number | null
  note?: string | undefined
  strong?: boolean
}

function Tile({ label, value, note, strong }: TileProps) {
  const { t } = useTranslation('results')
  const format = useFormat()
  return (
    <div className={classes.tile} data-strong={strong || undefined}>
      <dt>{label}</dt>
      <dd>
        <span className={classes.figure}>
          {value === null ? t('unknown') : format.integer(value)}
        </span>
        {note !== undefined && <span className={classes.note}>{note}</span>}
      </dd>
    </div>
  )
}
