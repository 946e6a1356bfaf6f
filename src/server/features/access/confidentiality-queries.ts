/** What a key hides, as conditions for the statements of every feature that shows campaigns or activities. */
import { type RawBuilder, sql } from 'kysely'
import { confidentialCampaign } from '#core/access/key.ts'
import type { Actor } from '#core/kernel/actor.ts'
import type { Database } from '#platform/db/database.ts'
import { preparing } from '#platform/db/prepared.ts'

type Holder = Pick<Actor, 'keys'>

/** Whether the actor may see what has this key: there is none, or he holds it. */
export const held = (actor: Holder, key: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql<boolean>`(${key} is null or ${key} = any(${actor.keys}::int[]))`

/** Whether the row of `campaigns` that goes by `alias` is open to the actor: its own key and its family's. */
export const campaignIsOpen = (actor: Holder, alias: string): RawBuilder<boolean> =>
  sql<boolean>`(${held(actor, sql.ref(`${alias}.keyId`))} and (${sql.ref(`${alias}.familyId`)} is null
    or exists (select from campaign_families family where family.id = ${sql.ref(`${alias}.familyId`)}
      and ${held(actor, sql`family.key_id`)})))`

/** A name that only who may see the campaign reads; for everybody else there is a campaign, and no more. */
export const campaignName = (
  actor: Pick<Actor, 'keys' | 'locale'>,
  alias: string,
  name: RawBuilder<unknown>,
): RawBuilder<string> =>
  sql<string>`case when ${campaignIsOpen(actor, alias)} then ${name}
    else ${confidentialCampaign[actor.locale]} end`

/** Whether the row of `activity_types` that goes by `alias` is: its own key and its family's. */
export const activityTypeIsOpen = (actor: Holder, alias: string): RawBuilder<boolean> =>
  sql<boolean>`(${held(actor, sql.ref(`${alias}.keyId`))} and (${sql.ref(`${alias}.familyId`)} is null
    or exists (select from activity_families family where family.id = ${sql.ref(`${alias}.familyId`)}
      and ${held(actor, sql`family.key_id`)})))`

/** Whether the row of `activities` that goes by `alias` is: its type's key, the family's, and its campaign's. */
export const activityIsOpen = (actor: Holder, alias: string): RawBuilder<boolean> =>
  sql<boolean>`(exists (select from activity_types type
      where type.id = ${sql.ref(`${alias}.typeId`)} and ${activityTypeIsOpen(actor, 'type')})
    and (${sql.ref(`${alias}.campaignId`)} is null or exists (select from campaigns campaign
      where campaign.id = ${sql.ref(`${alias}.campaignId`)} and ${campaignIsOpen(actor, 'campaign')})))`

/** What a call can name, and how to its campaign. */
const campaignsOf = {
  campaign: sql`select id as campaign_id, id from campaigns`,
  step: sql`select campaign_id, id from steps`,
  content: sql`select steps.campaign_id, contents.id from contents join steps on steps.id = contents.step_id`,
  condition: sql`select steps.campaign_id, conditions.id from conditions join steps on steps.id = conditions.step_id`,
  message: sql`select steps.campaign_id, messages.id from messages join steps on steps.id = messages.step_id`,
}
export type Named = keyof typeof campaignsOf | 'activity' | 'activityType' | 'family'

/** Those of the ids that are there and hidden from the actor. */
export async function hiddenOf(
  db: Database,
  actor: Holder,
  what: Named,
  ids: readonly number[],
): Promise<number[]> {
  const { rows } = await hiddenAmong(actor, what, ids).execute(preparing(db))
  return rows.map(({ id }) => id)
}

function hiddenAmong(
  actor: Holder,
  what: Named,
  ids: readonly number[],
): RawBuilder<{ id: number }> {
  const among = sql`any(${ids}::bigint[])`
  if (what === 'activity') {
    return sql`select id from activities where id = ${among} and not ${activityIsOpen(actor, 'activities')}`
  }
  if (what === 'activityType') {
    return sql`select id from activity_types where id = ${among} and not ${activityTypeIsOpen(actor, 'activity_types')}`
  }
  if (what === 'family') {
    return sql`select id from campaign_families where id = ${among} and not ${held(actor, sql`key_id`)}`
  }
  return sql`select named.id from (${campaignsOf[what]}) as named join campaigns on campaigns.id = named.campaign_id
    where named.id = ${among} and not ${campaignIsOpen(actor, 'campaigns')}`
}
