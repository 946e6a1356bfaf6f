import { Anchor, Button, Group, SegmentedControl } from '@mantine/core'
import {
  IconChecklist,
  IconHistory,
  IconMail,
  IconMessageQuestion,
  IconNote,
  IconPaperclip,
  IconPencil,
  IconShield,
  IconShoppingBag,
  type TablerIcon,
} from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getTimeline, type TimelineEntry } from '#core/history/api.ts'
import { Locale } from '#core/kernel/values.ts'
import { downloadPartyFile } from '#core/parties/files-api.ts'
import { answerText } from '#core/questionnaires/answer.ts'
import { addressFor, call } from '../../../platform/call.ts'
import { useFormat } from '../../../platform/format.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { useAllWhileFinding } from '../../../ui/is-finding.ts'
import { Panel } from '../../../ui/panel.tsx'
import { TypeIcon } from '../../activities/type-icon.tsx'
import classes from '../parties.module.css'
import { Changed } from './timeline-change.tsx'
import { partyKey } from './use-card.ts'

const pageSize = 40
const directions = ['desc', 'asc'] as const
type Direction = (typeof directions)[number]

const icons: Record<TimelineEntry['kind'], TablerIcon> = {
  change: IconPencil,
  note: IconNote,
  file: IconPaperclip,
  consent: IconShield,
  purchase: IconShoppingBag,
  message: IconMail,
  answer: IconMessageQuestion,
  activity: IconChecklist,
}

/** Everything that happened to the card, latest first or from its beginning. */
export function TimelineTab({ id }: { id: number }) {
  const { t } = useTranslation('parties')
  const [direction, setDirection] = useState<Direction>('desc')
  const query = useInfiniteQuery({
    queryKey: [...partyKey(id), 'timeline', direction],
    queryFn: ({ pageParam, signal }) =>
      call(getTimeline, { id, direction, offset: pageParam, limit: pageSize }, signal),
    placeholderData: keepPreviousData,
    initialPageParam: 0,
    getNextPageParam: (last, pages) =>
      last.entries.length === pageSize ? pages.length * pageSize : undefined,
  })
  const entries = query.data?.pages.flatMap((page) => page.entries) ?? []
  useAllWhileFinding(query, entries.length)
  if (query.isSuccess && entries.length === 0)
    return (
      <EmptyState
        icon={<IconHistory size={22} />}
        title={t('timeline.none')}
        description={t('timeline.noneText')}
      />
    )
  return (
    <Panel
      title={t('tabs.timeline')}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('timeline.order')}
          data={directions.map((value) => ({ value, label: t(`timeline.${value}`) }))}
          value={direction}
          onChange={(value) => setDirection(value === 'asc' ? 'asc' : 'desc')}
        />
      }
    >
      <ol className={classes.timeline}>
        {entries.map((entry) => (
          <Entry key={`${entry.kind}${entry.id}`} entry={entry} partyId={id} />
        ))}
      </ol>
      {query.hasNextPage && (
        <Group justify="center" mt="sm">
          <Button
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('timeline.more')}
          </Button>
        </Group>
      )}
    </Panel>
  )
}

type EntryProps = { entry: TimelineEntry; partyId: number }

function Entry({ entry, partyId }: EntryProps) {
  const format = useFormat()
  const Icon = icons[entry.kind]
  return (
    <li data-find>
      <span className={classes.mark} aria-hidden>
        {entry.kind === 'activity' ? (
          <TypeIcon type={entry.type} size={16} />
        ) : (
          <Icon size={16} stroke={1.8} />
        )}
      </span>
      <div>
        <What entry={entry} partyId={partyId} />
        <p className={classes.meta}>
          <time dateTime={entry.at}>{format.instant(entry.at)}</time>
          {'actorName' in entry && entry.actorName && ` · ${entry.actorName}`}
        </p>
      </div>
    </li>
  )
}

const mailingAddress = (id: number): string => `/mailings/${id}`

function What({ entry, partyId }: EntryProps) {
  const { t, i18n } = useTranslation('parties')
  const format = useFormat()
  switch (entry.kind) {
    case 'change':
      return <Changed entry={entry} />
    case 'note':
      return <p className={classes.noteText}>{entry.text}</p>
    case 'file':
      return (
        <p>
          {t('timeline.file')}{' '}
          <Anchor
            inherit
            underline="always"
            href={addressFor(downloadPartyFile, { id: partyId, fileId: entry.fileId })}
            download
          >
            {entry.name}
          </Anchor>
        </p>
      )
    case 'consent':
      return (
        <p>
          {t(
            `timeline.${entry.purpose === 'measurement' ? 'measurement' : 'consent'}.${entry.state}`,
            {
              channel: t(`consent.name.${entry.channel}`),
              source: i18n.exists(`parties:consent.source.${entry.source}`)
                ? t(`consent.source.${entry.source}`)
                : entry.source,
            },
          )}
        </p>
      )
    case 'purchase':
      return (
        <p>
          {t('timeline.purchase', {
            amount: format.money(entry.amount, entry.currency),
            store: entry.store,
            receipt: entry.receipt,
          })}
        </p>
      )
    case 'message':
      return (
        <p>
          {t(`timeline.message.${entry.channel}`)}{' '}
          <Anchor
            inherit
            underline="always"
            renderRoot={(props) => <Link to={mailingAddress(entry.campaignId)} {...props} />}
          >
            {entry.campaign}
          </Anchor>{' '}
          – {t(`timeline.state.${entry.state}`)}
          {entry.openedAt && `, ${t('timeline.opened', { at: format.instant(entry.openedAt) })}`}
          {entry.clickedAt && `, ${t('timeline.clicked', { at: format.instant(entry.clickedAt) })}`}
        </p>
      )
    case 'activity':
      return <Activity entry={entry} />
    case 'answer':
      return <Answered entry={entry} />
    default:
      return entry satisfies never
  }
}

function Activity({ entry }: { entry: Extract<TimelineEntry, { kind: 'activity' }> }) {
  const { t, i18n } = useTranslation('parties')
  const { type, subject, state, owner, result } = entry
  const about = [t(`timeline.activity.${state}`), owner, result].filter(Boolean).join(' · ')
  return (
    <p>
      {i18n.language === 'fr' ? type.labelFr : type.labelEn}{' '}
      <Anchor
        inherit
        underline="always"
        renderRoot={(props) => (
          <Link to="/activities" search={{ activity: entry.id, owner: 'all' }} {...props} />
        )}
      >
        {subject}
      </Anchor>{' '}
      – {about}
    </p>
  )
}

function Answered({ entry }: { entry: Extract<TimelineEntry, { kind: 'answer' }> }) {
  const { t, i18n } = useTranslation('parties')
  const { question, value, person } = entry
  const answer = answerText(question, value, Locale.catch('fr').parse(i18n.language))
  const texts = { question: question.label, answer, person: person ?? '' }
  if (value === null) return <p>{t('timeline.answerTakenBack', texts)}</p>
  return <p>{t(person === null ? 'timeline.answer' : 'timeline.answerFor', texts)}</p>
}
