/** What a key hides, as conditions for the statements of every feature that shows campaigns or activities. */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#core/kernel/actor.ts'

type Holder = Pick<Actor, 'keys'>

const held = (actor: Holder, key: RawBuilder<unknown>) =>
  sql<boolean>`(${key} is null or ${key} = any(${actor.keys}::int[]))`

/** Whether the row of `campaigns` that goes by `alias` is open to the actor: its own key and its family's. */
export const campaignIsOpen = (actor: Holder, alias: string): RawBuilder<boolean> =>
  sql<boolean>`(${held(actor, sql.ref(`${alias}.keyId`))} and (${sql.ref(`${alias}.familyId`)} is null
    or exists (select from campaign_families family where family.id = ${sql.ref(`${alias}.familyId`)}
      and ${held(actor, sql`family.key_id`)})))`

/** Whether the row of `activities` that goes by `alias` is: its type's key, the family's, and its campaign's. */
export const activityIsOpen = (actor: Holder, alias: string): RawBuilder<boolean> =>
  sql<boolean>`(exists (select from activity_types type
      left join activity_families family on family.id = type.family_id
      where type.id = ${sql.ref(`${alias}.typeId`)}
        and ${held(actor, sql`type.key_id`)} and ${held(actor, sql`family.key_id`)})
    and (${sql.ref(`${alias}.campaignId`)} is null or exists (select from campaigns campaign
      where campaign.id = ${sql.ref(`${alias}.campaignId`)} and ${campaignIsOpen(actor, 'campaign')})))`
