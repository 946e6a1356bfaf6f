import { useTranslation } from 'react-i18next'
import type { MessageState } from '#core/delivery/message.ts'
import type { ContentCounts, DeliverySummary } from '#core/delivery/run.ts'
import { useFormat } from '../../platform/format.ts'
import { Panel } from '../../ui/panel.tsx'
import { SimpleTable, type TableColumn } from '../../ui/simple-table.tsx'
import classes from './delivery.module.css'
import { Reasons } from './reasons.tsx'

/** Waiting and in hand are one thing to a reader. */
const columns = ['submitted', 'refused', 'waiting', 'unknown', 'cancelled'] as const
type Shown = (typeof columns)[number]

const of = ({ counts }: Pick<ContentCounts, 'counts'>, shown: Shown): number => {
  const get = (state: MessageState) => counts[state] ?? 0
  return shown === 'waiting' ? get('pending') + get('in-flight') : get(shown)
}

const backOf = ({ feedback, clicked }: ContentCounts) =>
  clicked > 0 ? { ...feedback, clicked } : feedback

/** The books: for each message, candidates are what the other columns add up to. */
export function Accounting({ summary }: { summary: DeliverySummary }) {
  const { t } = useTranslation('delivery')
  const { integer } = useFormat()
  const used = columns.filter((shown) => shown === 'submitted' || of(summary, shown) > 0)
  const figures = used.map(
    (shown): TableColumn<ContentCounts> => ({
      key: shown,
      header: t(`message.${shown}`),
      numeric: true,
      cell: (content) =>
        shown === 'refused' ? (
          <Reasons total={of(content, shown)} counts={content.refused} kind="refused" />
        ) : shown === 'submitted' ? (
          <Reasons total={of(content, shown)} counts={backOf(content)} kind="feedback" />
        ) : (
          integer(of(content, shown))
        ),
    }),
  )
  return (
    <Panel title={t('accounting.title')} flush>
      <SimpleTable
        label={t('accounting.title')}
        rows={summary.contents}
        keyOf={({ contentId }) => contentId}
        rowHeader
        columns={[
          {
            key: 'message',
            header: t('launch.message'),
            cell: ({ position, channel }) => `${position}. ${t(`channels.${channel}`)}`,
          },
          {
            key: 'candidates',
            header: t('accounting.candidates'),
            numeric: true,
            cell: ({ candidates }) => integer(candidates),
          },
          {
            key: 'excluded',
            header: t('message.excluded'),
            numeric: true,
            cell: ({ counts, excluded }) => (
              <Reasons total={counts.excluded ?? 0} counts={excluded} kind="excluded" />
            ),
          },
          ...figures,
        ]}
        {...(summary.contents.length > 1
          ? {
              footer: [
                t('accounting.total'),
                integer(summary.candidates),
                integer(summary.counts.excluded ?? 0),
                ...used.map((shown) => integer(of(summary, shown))),
              ],
            }
          : {})}
      />
      <p className={classes.note}>{t('accounting.note')}</p>
      <Openings contents={summary.contents} />
    </Panel>
  )
}

/** Only where somebody is measured, and never without saying of whom the figure speaks. */
function Openings({ contents }: Pick<DeliverySummary, 'contents'>) {
  const { t } = useTranslation('delivery')
  const { integer } = useFormat()
  const measured = contents.filter((content) => content.measured > 0)
  if (measured.length === 0) return null
  return (
    <>
      {measured.map((content) => (
        <p key={content.contentId} className={classes.note}>
          <strong>
            {t('accounting.opened', {
              position: content.position,
              n: integer(content.opened),
              measured: integer(content.measured),
            })}
          </strong>
        </p>
      ))}
      <p className={classes.note}>{t('accounting.openedNote')}</p>
    </>
  )
}
