import { useTranslation } from 'react-i18next'
import { useFormat } from '../../platform/format.ts'
import classes from './delivery.module.css'

type Props = {
  total: number
  counts: Partial<Record<string, number>>
  kind: 'excluded' | 'refused' | 'feedback'
}

/** A total and, below it, its parts by reason, the most frequent first. */
export function Reasons({ total, counts, kind }: Props) {
  const { t } = useTranslation('delivery')
  const { integer } = useFormat()
  const parts = Object.entries(counts).sort(([, a = 0], [, b = 0]) => b - a)
  return (
    <div>
      {integer(total)}
      {parts.length > 0 && (
        <ul className={classes.reasons}>
          {parts.map(([reason, count = 0]) => (
            <li key={reason}>
              {integer(count)} {t(`reasons.${kind}.${reason}`, { count })}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
