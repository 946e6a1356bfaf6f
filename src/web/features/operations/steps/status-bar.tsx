import { useTranslation } from 'react-i18next'
import type { StatusCounts } from '#core/operations/operation.ts'
import { useFormat } from '../../../platform/format.ts'
import { useTables } from '../operation-data.ts'
import classes from '../operations.module.css'

type Props = {
  statuses: StatusCounts
  /** Only the bar and how many there are. */
  short?: boolean
}

/** How many people stand where: a bar for the eye, and the same in words. */
export function StatusBar({ statuses, short = false }: Props) {
  const { t } = useTranslation('operations')
  const { integer } = useFormat()
  const { states } = useTables()
  const shown = states
    .filter(({ entity }) => entity === 'target')
    .flatMap(({ code, label, meaning }) => {
      const people = statuses[code] ?? 0
      return people > 0 ? [{ code, label, meaning, people }] : []
    })
  const total = shown.reduce((sum, { people }) => sum + people, 0)
  if (total === 0) return <span className={classes.nobody}>{t('people.none')}</span>
  return (
    <span className={classes.statuses}>
      <span className={classes.bar} aria-hidden>
        {shown.map(({ code, meaning, people }) => (
          <span
            key={code}
            data-meaning={meaning}
            style={{ width: `${(100 * people) / total}%` }}
            className={classes.part}
          />
        ))}
      </span>
      <span className={classes.numbers}>
        <strong>{t('people.count', { count: total, n: integer(total) })}</strong>
        {(short ? [] : shown).map(({ code, label, meaning, people }) => (
          <span key={code} className={classes.number} data-meaning={meaning}>
            {t('people.ofStatus', { status: label, n: integer(people) })}
          </span>
        ))}
      </span>
    </span>
  )
}
