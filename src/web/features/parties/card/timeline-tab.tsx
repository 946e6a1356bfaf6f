import { Anchor, Button, Group } from '@mantine/core'
import {
  IconChecklist,
  IconHistory,
  IconMail,
  IconMessageQuestion,
  IconNote,
  IconPencil,
  IconShield,
  IconShoppingBag,
  type TablerIcon,
} from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getTimeline, type TimelineEntry } from '#core/history/api.ts'
import { Locale } from '#core/kernel/values.ts'
import { answerText } from '#core/questionnaires/answer.ts'
import { call } from '../../../platform/call.ts'
import { useFormat } from '../../../platform/format.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { useCatalogue } from '../catalogue.ts'
import classes from '../parties.module.css'
import { useFields, useFieldText } from '../use-field.ts'
import { partyKey } from './use-card.ts'

const pageSize = 40

const icons: Record<TimelineEntry['kind'], TablerIcon> = {
  change: IconPencil,
  note: IconNote,
  consent: IconShield,
  purchase: IconShoppingBag,
  message: IconMail,
  answer: IconMessageQuestion,
  activity: IconChecklist,
}

/** Everything that happened to the card, latest first. */
export function TimelineTab({ id }: { id: number }) {
  const { t } = useTranslation('parties')
  const query = useInfiniteQuery({
    queryKey: [...partyKey(id), 'timeline'],
    queryFn: ({ pageParam, signal }) =>
      call(getTimeline, { id, offset: pageParam, limit: pageSize }, signal),
    initialPageParam: 0,
    getNextPageParam: (last, pages) =>
      last.entries.length === pageSize ? pages.length * pageSize : undefined,
  })
  const entries = query.data?.pages.flatMap((page) => page.entries) ?? []
  if (query.isSuccess && entries.length === 0)
    return (
      <EmptyState
        icon={<IconHistory size={22} />}
        title={t('timeline.none')}
        description={t('timeline.noneText')}
      />
    )
  return (
    <Panel>
      <ol className={classes.timeline}>
        {entries.map((entry) => (
          <Entry key={`${entry.kind}${entry.id}`} entry={entry} />
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

function Entry({ entry }: { entry: TimelineEntry }) {
  const format = useFormat()
  const Icon = icons[entry.kind]
  return (
    <li>
      <span className={classes.mark} aria-hidden>
        <Icon size={16} stroke={1.8} />
      </span>
      <div>
        <What entry={entry} />
        <p className={classes.meta}>
          <time dateTime={entry.at}>{format.instant(entry.at)}</time>
          {'actorName' in entry && entry.actorName && ` · ${entry.actorName}`}
        </p>
      </div>
    </li>
  )
}

const mailingAddress = (id: number): string => `/mailings/${id}`

function What({ entry }: { entry: TimelineEntry }) {
  const { t, i18n } = useTranslation('parties')
  const format = useFormat()
  switch (entry.kind) {
    case 'change':
      return <Changed entry={entry} />
    case 'note':
      return <p className={classes.noteText}>{entry.text}</p>
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

/** What was done to the two cards when another's code comes and when it goes. */
const linked: Record<string, readonly [string, string] | undefined> = {
  mergedFrom: ['mergedFrom', 'parted'],
  attachedTo: ['attachedTo', 'detachedFrom'],
}

type Change = Extract<TimelineEntry, { kind: 'change' }>

function Changed({ entry }: { entry: Change }) {
  const { t } = useTranslation('parties')
  const lineOf = useLine()
  return (
    <>
      <p>
        <strong>{t(`timeline.reason.${entry.reason}`)}</strong>
      </p>
      {Object.entries(entry.changes)
        .filter(([field]) => field !== 'deleted')
        .map(lineOf)
        .map((line) => (
          <p key={line}>{line}</p>
        ))}
    </>
  )
}

/** A change of one field in words. */
function useLine(): (change: [string, Change['changes'][string]]) => string {
  const { t } = useTranslation('parties')
  const view = useFields()
  const text = useFieldText()
  const { tags } = useCatalogue()
  return ([field, [before, after]]) => {
    const keys = linked[field]
    if (keys) return t(`timeline.${keys[after === null ? 1 : 0]}`, { code: after ?? before })
    if (field.startsWith('tag.')) {
      const label = tags.find(({ id }) => id === Number(field.slice(4)))?.label ?? '…'
      return t(after === true ? 'timeline.tagAdded' : 'timeline.tagRemoved', { label })
    }
    const shown = view(field)
    const value = (of: typeof before) => text(shown, of) || t('emptyValue')
    return t('timeline.field', { field: shown.label, before: value(before), after: value(after) })
  }
}
