import { Alert, Loader, Progress, Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CountersView } from '#core/segments/api.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { Panel } from '../../ui/panel.tsx'
import classes from './segments.module.css'

type Props = {
  /** The heading above the large figure. */
  title: string
  counters: CountersView | undefined
  error: unknown
  /** A newer count is on its way. */
  busy: boolean
  /** Nothing to count yet: a criterion is unfinished. */
  pending?: boolean
  /** Whether people who do not wish to be contacted count as matching, as for a segment. */
  includeLeftOut?: boolean
}

/** The live counters: how many, how much of the whole file, and how they can be reached (P-30, P-31). */
export function CountersPanel(props: Props) {
  const { title, counters, error, busy, pending = false, includeLeftOut = false } = props
  const { t } = useTranslation('segments')
  const { integer } = useFormat()
  const problemText = useProblemText()
  if (error) return <Alert color="red">{problemText(error)}</Alert>
  return (
    <Panel>
      <div className={classes.counters} data-busy={busy || pending || undefined}>
        <div className={classes.figureHead}>
          <span className={classes.figureTitle}>{title}</span>
          {busy && <Loader size={14} aria-hidden />}
        </div>
        {counters ? (
          <Figures counters={counters} extra={includeLeftOut ? counters.leftOut : 0} />
        ) : (
          <Skeleton h={110} visible={!pending} />
        )}
        {counters !== undefined && counters.leftOut > 0 && (
          <p className={classes.leftOut}>
            {t('count.leftOut', { count: counters.leftOut, n: integer(counters.leftOut) })}
          </p>
        )}
        {pending && <p className={classes.leftOut}>{t('count.pending')}</p>}
      </div>
    </Panel>
  )
}

function Figures({ counters, extra }: { counters: CountersView; extra: number }) {
  const { t } = useTranslation('segments')
  const { integer, percent } = useFormat()
  const { total, selected, withEmail, withMobile } = counters
  const chosen = selected + extra
  const share = percent(total === 0 ? 0 : chosen / total)
  return (
    <>
      <div role="status">
        <span className={classes.big}>{integer(chosen)}</span>
        <p className={classes.share}>
          {chosen === 0
            ? t('count.nobody')
            : t('count.ofAll', { percent: share, total: integer(total) })}
        </p>
      </div>
      <h3 className={classes.figureTitle}>{t('count.reachable')}</h3>
      <Reach label={t('count.email')} people={withEmail} of={chosen} />
      <Reach label={t('count.mobile')} people={withMobile} of={chosen} />
    </>
  )
}

function Reach({ label, people, of }: { label: string; people: number; of: number }) {
  const { integer } = useFormat()
  return (
    <div className={classes.reach}>
      <span>{label}</span>
      <Progress value={of === 0 ? 0 : (people / of) * 100} size={7} aria-label={label} />
      <strong>{integer(people)}</strong>
    </div>
  )
}
