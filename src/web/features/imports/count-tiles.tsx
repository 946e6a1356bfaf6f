import { useTranslation } from 'react-i18next'
import type { Counts } from '#core/imports/import.ts'
import type { ImportKind } from '#core/imports/plan.ts'
import { useFormat } from '../../platform/format.ts'
import classes from './imports.module.css'

type Props = { counts: Counts; kind: ImportKind; foreseen?: boolean }

/** What becomes of the rows, each number with its word: never colour alone. */
export function CountTiles({ counts, kind, foreseen = false }: Props) {
  const { t } = useTranslation('imports')
  const { integer } = useFormat()
  const tiles = ['created', 'updated', 'unchanged', 'rejected'] as const
  return (
    <dl className={classes.tiles}>
      {tiles.map((tile) => (
        <div
          key={tile}
          className={classes.tile}
          data-tile={tile}
          data-none={counts[tile] === 0 || undefined}
        >
          <dt>{t(`${foreseen ? 'foreseen' : 'counts'}.${kind}.${tile}`)}</dt>
          <dd>{integer(counts[tile])}</dd>
        </div>
      ))}
    </dl>
  )
}
