/** The ledger `messages`: how it is filled from the targets, counted and read. */
import { type RawBuilder, sql } from 'kysely'
import {
  Channel,
  type Counts,
  type ExclusionReason,
  MessageFeedback,
  MessageView,
  noCounts,
} from '#core/delivery/message.ts'
import type { ContentCounts } from '#core/delivery/run.ts'
import type { Database } from '#platform/db/database.ts'
import { nameOf } from '../parties/service.ts'

/** A subquery of (party_id, is_control, excluded_reason): targets, or whom a selection would make targets. */
export type Audience = RawBuilder<unknown>
export type AudienceOf = (content: Pick<ContentToFill, 'id' | 'channel'>) => Audience

export const frozenAudience = (stepId: number): Audience =>
  sql`(select party_id, is_control, excluded_reason from targets where step_id = ${stepId})`

export type ContentToFill = {
  id: number
  stepId: number
  channel: Channel
  onlyUnreached: boolean
}

/** Twin of what the SMTP client accepts; finer judgement is the relay's. */
const validAddress =
  '^[^[:space:][:cntrl:]<>()\\[\\]\\\\,;:"@]+@[^[:space:][:cntrl:]<>@]+[.][^[:space:][:cntrl:]<>@.]+$'

export const addressOf = (channel: Channel) =>
  ({
    email: sql`p.email`,
    sms: sql`coalesce(p.sms_number, case when p.mobile <> '' then p.mobile else '' end)`,
    file: sql`''`,
  })[channel]

/** Why a card must not be written to on a channel, whatever its address; null when it may. In sight: p, d. */
export function forbidden(channel: Channel): RawBuilder<string | null> {
  const consent = {
    email: sql`when p.email_opt_out then 'withdrew'`,
    sms: sql`when p.sms_opt_out then 'withdrew'`,
    file: sql``,
  }[channel]
  const known =
    channel === 'email'
      ? sql`when p.email_state = 'bounced' then 'bounced-before'
            when p.email_state = 'complained' then 'complained-before'
            when p.email_state = 'invalid' then 'invalid-address'`
      : sql``
  return sql<string | null>`case
    when p.id is null or p.deleted_at is not null or p.merged_into is not null then 'customer-deleted'
    when d.spares_do_not_contact and p.do_not_contact then 'do-not-contact'
    ${consent}
    ${known}
  end`
}

function addressProblem(channel: Channel): RawBuilder<string | null> {
  if (channel === 'file') return sql`null`
  if (channel === 'sms') {
    return sql`case when p.sms_number is not null then null
      when p.mobile = '' then 'no-address' else 'invalid-address' end`
  }
  return sql`case when p.email = '' then 'no-address'
    when p.email !~ ${sql.lit(validAddress)} then 'invalid-address' end`
}

/**
 * One row per person of the audience: (party_id, channel, address, reason), reason null for who is to be
 * sent to. `reached` yields the people whom an earlier message of the step reaches.
 */
function judged(
  content: Pick<ContentToFill, 'id' | 'channel' | 'onlyUnreached'>,
  audience: Audience,
  { spares, reached, again }: { spares: boolean; reached: RawBuilder<unknown>; again: boolean },
): RawBuilder<unknown> {
  const { id, channel } = content
  // A mailing is launched once: nobody has had it before.
  const hadAddress = again
    ? sql`or lower(address) in (select lower(m.address) from messages m where m.content_id = ${id}
        and m.state in ('pending', 'in-flight', 'submitted', 'unknown'))`
    : sql``
  const unreached = content.onlyUnreached
    ? sql`when a.party_id in (${reached}) then 'reached-otherwise'`
    : sql``
  const twice =
    channel === 'file'
      ? sql`reason`
      : sql`case when reason is null and (row_number() over
          (partition by reason is null, lower(address) order by party_id) > 1 ${hadAddress})
          then 'duplicate-address' else reason end`
  return sql`(
    select party_id, address, ${twice} as reason from (
      select a.party_id, coalesce(${addressOf(channel)}, '') as address,
        coalesce(
          case when a.excluded_reason is not null then
            case when a.excluded_reason in ('do-not-contact', 'customer-deleted')
              then a.excluded_reason else 'excluded-by-selection' end
          end,
          case when a.is_control then 'control-group' end,
          ${forbidden(channel)},
          ${addressProblem(channel)},
          case when false then null ${unreached} end
        ) as reason
      from ${audience} a
      cross join (select ${spares}::boolean as spares_do_not_contact) d
      left join parties p on p.id = a.party_id
    ) one_by_one
  )`
}

const reachedBy = (earlier: readonly ContentToFill[]): RawBuilder<unknown> =>
  sql`select m.party_id from messages m where m.state <> 'excluded'
    and m.content_id = any(${earlier.map(({ id }) => id)}::bigint[])`

type Filling = {
  spares: boolean
  earlier: readonly ContentToFill[]
  /** The content may have been sent to others before: what was not is judged anew. */
  again: boolean
}

/** Writes the ledger of one content, everybody with a state; that of the `earlier` ones is written already. */
export async function fill(
  db: Database,
  content: ContentToFill,
  audience: Audience,
  { now, spares, earlier, again }: Filling & { now: Date },
): Promise<void> {
  const rows = judged(content, audience, { spares, reached: reachedBy(earlier), again })
  const anew = again
    ? sql`on conflict (content_id, party_id) do update set address = excluded.address, state = excluded.state,
        reason = excluded.reason, due_at = excluded.due_at, attempts = 0, answer = null, worker = null
      where messages.state in ('excluded', 'cancelled', 'refused')`
    : sql``
  await sql`
    insert into messages (content_id, step_id, party_id, channel, address, state, reason, due_at)
    select ${content.id}, ${content.stepId}, party_id, ${content.channel}, address,
      case when reason is null then 'pending' else 'excluded' end, reason, ${now}::timestamptz
    from ${rows} judged
    order by party_id ${anew}`.execute(db)
}

/**
 * Told at once how many are pending: PostgreSQL takes a new ledger for empty until its own round comes, and each claim
 * would read and sort all of it.
 */
export async function refreshStatistics(db: Database): Promise<void> {
  await sql`analyze messages (step_id, channel, state, due_at)`.execute(db)
}

export type Forecast = {
  contentId: number
  excluded: Partial<Record<ExclusionReason, number>>
  candidates: number
  toSend: number
}

/** The same judgement without writing: what `fill` would write for this audience. */
export async function forecast(
  db: Database,
  content: ContentToFill,
  audienceOf: AudienceOf,
  { earlier, spares, again }: Filling,
): Promise<Forecast> {
  const reached = earlier.map(
    (one, at) =>
      sql`select party_id from ${judged(one, audienceOf(one), { spares, reached: nobody, again })} ${sql.id(`e${at}`)} where reason is null`,
  )
  const before = again && earlier.length > 0 ? [reachedBy(earlier)] : []
  const rows = judged(content, audienceOf(content), {
    spares,
    again,
    reached: reached.length > 0 ? sql.join([...reached, ...before], sql` union all `) : nobody,
  })
  const counted = await sql<{ reason: ExclusionReason | null; count: number }>`
    select reason, count(*) as count from ${rows} judged group by reason`.execute(db)
  const excluded: Forecast['excluded'] = {}
  let [candidates, toSend] = [0, 0]
  for (const { reason, count } of counted.rows) {
    candidates += count
    if (reason) excluded[reason] = count
    else toSend = count
  }
  return { contentId: content.id, excluded, candidates, toSend }
}

const nobody = sql`select null::bigint where false`

/** What became of each content's candidates. */
export async function count(db: Database, stepId: number): Promise<ContentCounts[]> {
  const rows = await db
    .selectFrom('messages as m')
    .where('m.stepId', '=', stepId)
    .groupBy(['contentId', 'state', 'reason', 'feedback'])
    .select([
      'contentId',
      'state',
      'reason',
      'feedback',
      (eb) => eb.fn.countAll<number>().as('count'),
    ])
    .execute()
  const contents = await db
    .selectFrom('contents')
    .where('stepId', '=', stepId)
    .orderBy('position')
    .orderBy('id')
    .select(['id', 'channel'])
    .execute()
  const clicked = await countClicked(db, stepId)
  const openings = await countOpenings(db, stepId)
  return contents.map(({ id, channel }, at) => ({
    contentId: id,
    channel: Channel.parse(channel),
    position: at + 1,
    clicked: clicked.get(id) ?? 0,
    ...(openings.get(id) ?? { measured: 0, opened: 0 }),
    ...addUp(rows.filter(({ contentId }) => contentId === id)),
  }))
}

async function countClicked(db: Database, stepId: number): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom('messages')
    .where('stepId', '=', stepId)
    .where('clickedAt', 'is not', null)
    .groupBy('contentId')
    .select(['contentId', (eb) => eb.fn.countAll<number>().as('people')])
    .execute()
  return new Map(rows.map(({ contentId, people }) => [contentId, people]))
}

async function countOpenings(db: Database, stepId: number) {
  const rows = await db
    .selectFrom('messages')
    .where('stepId', '=', stepId)
    .where('isMeasured', '=', true)
    .where('state', '=', 'submitted')
    .groupBy('contentId')
    .select(({ fn }) => [
      'contentId',
      fn.countAll<number>().as('measured'),
      fn.count<number>('openedAt').as('opened'),
    ])
    .execute()
  return new Map(rows.map(({ contentId, ...counted }) => [contentId, counted]))
}

type Group = { state: string; reason: string | null; feedback: string | null; count: number }

function addUp(groups: readonly Group[]) {
  const counts: Counts = noCounts()
  const excluded: ContentCounts['excluded'] = {}
  const refused: ContentCounts['refused'] = {}
  const feedback: ContentCounts['feedback'] = {}
  for (const group of groups) {
    tally(counts, group.state as keyof Counts, group.count)
    if (group.state === 'excluded') tally(excluded, group.reason as ExclusionReason, group.count)
    if (group.state === 'refused') tally(refused, group.reason ?? 'message', group.count)
    if (group.feedback !== null) tally(feedback, MessageFeedback.parse(group.feedback), group.count)
  }
  const candidates = groups.reduce((sum, group) => sum + group.count, 0)
  return { candidates, counts, excluded, refused, feedback }
}

function tally<Key extends string>(
  into: Partial<Record<Key, number>>,
  key: Key,
  more: number,
): void {
  into[key] = (into[key] ?? 0) + more
}

export type LedgerFilter = {
  stepId: number
  contentId?: number | undefined
  state?: string | undefined
  reason?: string | undefined
  feedback?: string | undefined
  clicked?: 'yes' | undefined
  opened?: 'yes' | undefined
  search?: string | undefined
}

function filtered(db: Database, filter: LedgerFilter) {
  const pattern = `%${(filter.search ?? '').replace(/[\\%_]/g, '\\$&')}%`
  return db
    .selectFrom('messages as m')
    .leftJoin('parties as p', 'p.id', 'm.partyId')
    .where('m.stepId', '=', filter.stepId)
    .$if(filter.contentId !== undefined, (q) => q.where('m.contentId', '=', filter.contentId ?? 0))
    .$if(filter.state !== undefined, (q) => q.where('m.state', '=', filter.state ?? ''))
    .$if(filter.reason !== undefined, (q) => q.where('m.reason', '=', filter.reason ?? ''))
    .$if(filter.feedback !== undefined, (q) => q.where('m.feedback', '=', filter.feedback ?? ''))
    .$if(filter.clicked !== undefined, (q) => q.where('m.clickedAt', 'is not', null))
    .$if(filter.opened !== undefined, (q) => q.where('m.openedAt', 'is not', null))
    .$if((filter.search ?? '').trim() !== '', (q) =>
      q.where((eb) =>
        eb.or([
          eb('p.nameKey', 'like', sql<string>`fold(${pattern})`),
          eb('m.address', 'ilike', pattern),
        ]),
      ),
    )
}

const columns = [
  'm.id',
  'm.contentId',
  'm.partyId',
  'm.channel',
  'm.address',
  'm.state',
  'm.reason',
  'm.attempts',
  'm.submittedAt',
  'm.answer',
  'm.feedback',
  'm.feedbackAt',
  'm.feedbackText',
  'm.clickedAt',
  'm.isMeasured',
  'm.openedAt',
  'm.opens',
] as const

function selectLines(db: Database, filter: LedgerFilter) {
  return filtered(db, filter)
    .select(columns)
    .select([
      sql<string>`coalesce(${nameOf('p')}, '')`.as('name'),
      sql<string | null>`case when m.state = 'pending' then m.due_at end`.as('dueAt'),
    ])
    .orderBy('m.id')
}

export async function list(
  db: Database,
  filter: LedgerFilter & { offset: number; limit: number },
): Promise<{ rows: MessageView[]; total: number }> {
  const rows = await selectLines(db, filter).offset(filter.offset).limit(filter.limit).execute()
  const { total } = await filtered(db, filter)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { rows: rows.map((row) => MessageView.parse(row)), total }
}

/** All lines in turn, a thousand at a time, so that a million never stand in memory. */
export async function* stream(db: Database, filter: LedgerFilter): AsyncGenerator<MessageView> {
  let after = 0
  for (;;) {
    const rows = await selectLines(db, filter).where('m.id', '>', after).limit(1_000).execute()
    for (const row of rows) yield MessageView.parse(row)
    const last = rows.at(-1)
    if (!last) return
    after = last.id
  }
}
