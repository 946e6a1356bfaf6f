/** Which activities a filter means, of those that the actor may see. */
import { type RawBuilder, sql } from 'kysely'
import type { ActivityFilter, ActivitySelection } from '#core/activities/activity.ts'
import type { Actor } from '#core/kernel/actor.ts'
import { addDays } from '#core/kernel/days.ts'
import { fold } from '#core/kernel/fold.ts'
import { startOfDay } from '#core/kernel/zone.ts'
import { activityIsOpen } from '../access/service.ts'
import { partiesFound } from '../parties/service.ts'

type Viewer = Pick<Actor, 'id' | 'keys'>
export type Condition = RawBuilder<boolean>

const all = (conditions: readonly RawBuilder<unknown>[]): Condition =>
  sql<boolean>`(${sql.join(conditions, sql` and `)})`

/** Over `a`, a row of `activities`. Cards in the bin take their activities with them until they come back. */
export function visible(actor: Viewer): Condition {
  return all([
    activityIsOpen(actor, 'a'),
    sql`not exists (select from parties where parties.id = a.party_id and parties.deleted_at is not null)`,
  ])
}

/** The clock of the company. */
export type Clock = { now: Date; zone: string }

export function matching(filter: ActivityFilter, actor: Viewer, clock: Clock): Condition {
  return all([visible(actor), ...what(filter), ...whose(filter, actor), ...when(filter, clock)])
}

export function selected(selection: ActivitySelection, actor: Viewer, clock: Clock): Condition {
  if ('activityIds' in selection)
    return all([visible(actor), sql`a.id = any(${selection.activityIds}::bigint[])`])
  return all([
    matching(selection.filter, actor, clock),
    sql`a.id <> all(${selection.except}::bigint[])`,
  ])
}

function what(filter: ActivityFilter): Condition[] {
  const conditions: Condition[] = []
  const add = (condition: Condition) => conditions.push(condition)
  if (filter.states) add(sql`a.state = any(${filter.states}::text[])`)
  if (filter.typeId) add(sql`a.type_id = ${filter.typeId}`)
  if (filter.kinds)
    add(sql`a.type_id in (select id from activity_types where kind = any(${filter.kinds}::text[]))`)
  if (filter.activityFamilyId)
    add(
      sql`a.type_id in (select id from activity_types where family_id = ${filter.activityFamilyId})`,
    )
  if (filter.priority !== undefined) add(sql`a.priority = ${filter.priority}`)
  if (filter.source !== undefined) add(sql`a.source = ${filter.source}`)
  if (filter.result !== undefined) add(sql`a.result = ${filter.result}`)
  if (filter.custom) add(customIs(filter.custom))
  return [...conditions, ...says(filter.search)]
}

/** Each word stands somewhere in the activity or means its people, or all of them together mean its people. */
function says(search = ''): Condition[] {
  const words = fold(search).split(/\s+/).filter(Boolean).slice(0, 8)
  if (words.length === 0) return []
  // Sets of ids that indexes answer; as alternatives of one condition each activity would be asked.
  const each = words.map((word) => sql`(${withWord(word)} union all ${withPeople(word)})`)
  const together = words.length > 1 ? sql`union all ${withPeople(search)}` : sql``
  return [sql`a.id in (${sql.join(each, sql` intersect `)} ${together})`]
}

const withWord = (word: string) =>
  sql`select id from activities where search_key like ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`

/** The activities of the people whom the search box of the customers finds by these words. */
const withPeople = (words: string) => sql`
  select id from activities where party_id in (${partiesFound(words)})
  union all select id from activities where contact_id in (${partiesFound(words)})`

function customIs({ key, value }: NonNullable<ActivityFilter['custom']>): Condition {
  if (value === null) return sql`coalesce(a.custom -> ${key}, 'null') = 'null'`
  const one = JSON.stringify(value)
  return sql`(a.custom -> ${key} = ${one}::jsonb
    or (jsonb_typeof(a.custom -> ${key}) = 'array' and a.custom -> ${key} @> ${one}::jsonb))`
}

function whose(filter: ActivityFilter, actor: Viewer): Condition[] {
  const conditions: Condition[] = []
  const { ownerId, partyId, campaignId, stepId } = filter
  if (ownerId === 'nobody') conditions.push(sql`a.owner_id is null`)
  else if (ownerId !== undefined)
    conditions.push(sql`a.owner_id = ${ownerId === 'me' ? actor.id : ownerId}`)
  if (partyId) conditions.push(sql`(a.party_id = ${partyId} or a.contact_id = ${partyId})`)
  if (campaignId) conditions.push(sql`a.campaign_id = ${campaignId}`)
  if (stepId) conditions.push(sql`a.step_id = ${stepId}`)
  return conditions
}

function when({ from, to, overdue }: ActivityFilter, { now, zone }: Clock): Condition[] {
  const conditions: Condition[] = []
  const begins = (day: string) => sql`${startOfDay(day, zone)}::timestamptz`
  if (from) conditions.push(sql`a.starts_at >= ${begins(from)}`)
  if (to) conditions.push(sql`a.starts_at < ${begins(addDays(to, 1))}`)
  if (overdue) conditions.push(isOverdue(now))
  return conditions
}

export const isOverdue = (now: Date): Condition =>
  sql`(a.state = 'open' and coalesce(a.ends_at, a.starts_at) < ${now}::timestamptz)`
