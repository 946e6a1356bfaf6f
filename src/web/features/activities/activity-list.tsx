import { Button, Checkbox, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconChecklist, IconPlus } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type {
  ActivityFilter,
  ActivityLine,
  ActivityQuery,
  ActivitySelection,
} from '#core/activities/activity.ts'
import { listActivities } from '#core/activities/api.ts'
import { addDays } from '#core/kernel/days.ts'
import { dayOf } from '#core/kernel/zone.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { useToday } from '../../platform/today.ts'
import { useZone } from '../../platform/zone.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FieldError } from '../../ui/field-error.tsx'
import { useAllWhileFinding } from '../../ui/is-finding.ts'
import { MayTip } from '../../ui/may-tip.tsx'
import { useMay } from '../access/session.ts'
import classes from './activities.module.css'
import type { Opened } from './activity-drawer.tsx'
import { ActivityRow } from './activity-row.tsx'

const ActivityDrawer = lazy(async () => ({
  default: (await import('./activity-drawer.tsx')).ActivityDrawer,
}))
const BulkBar = lazy(async () => ({ default: (await import('./bulk-bar.tsx')).BulkBar }))

const pageSize = 100

type Chosen = { ids: readonly number[] } | 'all'
const none: Chosen = { ids: [] }

type Props = {
  filter: ActivityFilter
  sort?: ActivityQuery['sort']
  direction?: ActivityQuery['direction']
  /** What a new one begins with; no button for new ones without it. */
  start?: { partyId?: number; partyLabel?: string }
  /** The one that is open, when the address keeps it. */
  opened?: Opened | null
  onOpen?: (opened: Opened | null) => void
  empty?: ReactNode
  /** Beside the count. */
  tools?: ReactNode
}

/** Activities that match, by day when they are in the order of their days, with work on one and on many. */
export function ActivityList(props: Props) {
  const { filter, sort = 'startsAt', direction = 'asc', start } = props
  const [opened, open] = useOpened(props)
  const problemText = useProblemText()
  const { query, rows, total } = useLines({ filter, sort, direction })
  useAllWhileFinding(query, rows.length)
  const [chosen, setChosen] = useState<Chosen>(none)
  const question = JSON.stringify(filter)
  // What is selected was chosen from another list.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the question matters
  useEffect(() => setChosen(none), [question])
  if (query.error && rows.length === 0) return <FieldError>{problemText(query.error)}</FieldError>
  if (!query.data) return <Skeleton height={180} radius="lg" />
  const selection: ActivitySelection =
    chosen === 'all' ? { filter, except: [] } : { activityIds: [...chosen.ids] }
  const count = chosen === 'all' ? total : chosen.ids.length
  return (
    <Stack gap="sm">
      <Head
        {...{ total, chosen, setChosen, tools: props.tools }}
        {...(start ? { onNew: () => open('new') } : {})}
      />
      {count > 0 && (
        <Suspense>
          <BulkBar count={count} selection={selection} onStarted={() => setChosen(none)} />
        </Suspense>
      )}
      {rows.length === 0 ? (
        (props.empty ?? <Nothing />)
      ) : (
        <Lines {...{ rows, sort, chosen, setChosen }} onOpen={open} />
      )}
      {query.hasNextPage && <More query={query} />}
      <Suspense>
        <ActivityDrawer opened={opened} start={start ?? {}} onChange={open} />
      </Suspense>
    </Stack>
  )
}

/** Kept in the address when the page says so, and here otherwise. */
function useOpened({ opened, onOpen }: Pick<Props, 'opened' | 'onOpen'>) {
  const [own, setOwn] = useState<Opened | null>(null)
  return onOpen ? ([opened ?? null, onOpen] as const) : ([own, setOwn] as const)
}

function useLines(asked: Pick<ActivityQuery, 'filter' | 'sort' | 'direction'>) {
  const query = useInfiniteQuery({
    queryKey: ['activities', 'list', asked],
    queryFn: ({ pageParam, signal }) =>
      call(listActivities, { ...asked, offset: pageParam, limit: pageSize }, signal),
    initialPageParam: 0,
    getNextPageParam: (last, pages) =>
      pages.length * pageSize < last.total ? pages.length * pageSize : undefined,
    placeholderData: keepPreviousData,
  })
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? []
  return { query, rows, total: query.data?.pages[0]?.total ?? 0 }
}

function More({ query }: { query: ReturnType<typeof useLines>['query'] }) {
  const { t } = useTranslation('activities')
  return (
    <Group justify="center">
      <Button
        variant="default"
        loading={query.isFetchingNextPage}
        onClick={() => void query.fetchNextPage()}
      >
        {t('more')}
      </Button>
    </Group>
  )
}

type HeadProps = {
  total: number
  chosen: Chosen
  setChosen: (chosen: Chosen) => void
  onNew?: () => void
  tools: ReactNode
}

function Head({ total, chosen, setChosen, onNew, tools }: HeadProps) {
  const { t } = useTranslation('activities')
  const { integer } = useFormat()
  const may = useMay('activities.write')
  const some = chosen !== 'all' && chosen.ids.length > 0
  return (
    <Group justify="space-between" gap="xs">
      <Group gap="sm">
        {total > 0 && (
          <Checkbox
            aria-label={t('selectAll')}
            checked={chosen === 'all'}
            indeterminate={some}
            onChange={() => setChosen(chosen === 'all' || some ? none : 'all')}
          />
        )}
        <Text size="sm" c="dimmed" role="status">
          {t('count', { count: total, n: integer(total) })}
        </Text>
      </Group>
      <Group gap="xs">
        {tools}
        {onNew && (
          <MayTip may={may}>
            {(state) => (
              <Button {...state} size="sm" leftSection={<IconPlus size={17} />} onClick={onNew}>
                {t('new')}
              </Button>
            )}
          </MayTip>
        )}
      </Group>
    </Group>
  )
}

function Nothing() {
  const { t } = useTranslation('activities')
  return (
    <EmptyState icon={<IconChecklist size={22} />} title={t('none')} description={t('noneText')} />
  )
}

type LinesProps = {
  rows: readonly ActivityLine[]
  sort: string
  chosen: Chosen
  setChosen: (chosen: Chosen) => void
  onOpen: (opened: Opened) => void
}

function Lines({ rows, sort, chosen, setChosen, onOpen }: LinesProps) {
  const { t } = useTranslation('activities')
  const [zone, today] = [useZone(), useToday()]
  const dayText = useDayText()
  const toggle = (id: number) => {
    const ids = chosen === 'all' ? rows.map((row) => row.id) : chosen.ids
    setChosen({ ids: ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id] })
  }
  const list = (of: readonly ActivityLine[], label: string) => (
    <ul className={classes.list} aria-label={label}>
      {of.map((row) => (
        <ActivityRow
          key={row.id}
          row={row}
          selected={chosen === 'all' || chosen.ids.includes(row.id)}
          onSelect={() => toggle(row.id)}
          onOpen={() => onOpen(row.id)}
          bare={sort === 'startsAt'}
        />
      ))}
    </ul>
  )
  if (sort !== 'startsAt') return <div data-lines>{list(rows, t('title'))}</div>
  const days = Map.groupBy(rows, ({ startsAt }) => dayOf(new Date(startsAt), zone))
  return (
    <div className={classes.days} data-lines>
      {[...days].map(([day, of]) => (
        <section key={day} className={classes.day}>
          <h2 className={classes.dayName} data-today={day === today || undefined}>
            {dayText(day)}
          </h2>
          {list(of, dayText(day))}
        </section>
      ))}
    </div>
  )
}

/** “Today”, “Tomorrow”, or the day in full. */
function useDayText(): (day: string) => string {
  const { t, i18n } = useTranslation('activities')
  const today = useToday()
  const near = [-1, 0, 1].map((later) => addDays(today, later))
  const names = ['yesterday', 'today', 'tomorrow']
  const full = new Intl.DateTimeFormat(i18n.language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  })
  return (day) => {
    const text = full.format(new Date(`${day}T12:00`))
    const name = names[near.indexOf(day)]
    return name ? `${t(`days.${name}`)} · ${text}` : text
  }
}
