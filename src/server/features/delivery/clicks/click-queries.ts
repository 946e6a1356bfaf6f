/** What a followed link leads to, and what is noted of it. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { FollowedLink } from '#core/content/links.ts'
import { Tracking } from '#core/delivery/click.ts'
import type { Database } from '#platform/db/database.ts'

export async function findTracking(db: Database): Promise<Tracking> {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('name', '=', 'tracking')
    .executeTakeFirst()
  return Tracking.parse(row?.value ?? {})
}

export async function saveTracking(db: Database, tracking: Tracking): Promise<void> {
  const value = JSON.stringify(tracking)
  await db
    .insertInto('settings')
    .values({ name: 'tracking', value })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({ value, updatedAt: sql<string>`now()` }),
    )
    .execute()
}

/** The id of these links of a content, for its addresses. The same links keep their id. */
export async function keepLinks(
  db: Database,
  contentId: number,
  given: readonly FollowedLink[],
): Promise<number> {
  const links = JSON.stringify(given)
  const digest = createHash('sha256').update(links).digest('base64url')
  const row = await db
    .insertInto('followedLinks')
    .values({ contentId, links, digest })
    .onConflict((conflict) => conflict.columns(['contentId', 'digest']).doUpdateSet({ digest }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export type Followed = {
  messageId: number
  partyId: number
  stepId: number
  submittedAt: string | null
  link: FollowedLink
}

/** Undefined when the message was not made with these links or they have no such place. */
export async function findLink(
  db: Database,
  { messageId, linksId, place }: { messageId: number; linksId: number; place: number },
): Promise<Followed | undefined> {
  const row = await db
    .selectFrom('messages as m')
    .innerJoin('followedLinks as f', 'f.contentId', 'm.contentId')
    .where('m.id', '=', messageId)
    .where('f.id', '=', linksId)
    .select(['m.id as messageId', 'm.partyId', 'm.stepId', 'm.submittedAt', 'f.links'])
    .executeTakeFirst()
  const link = row && z.array(FollowedLink).parse(row.links)[place]
  return link && { ...row, link }
}

/** Who clicks twice within a minute has clicked once. */
export async function noteClick(
  db: Database,
  {
    messageId,
    url,
    byMachine,
    at,
  }: { messageId: number; url: string; byMachine: boolean; at: Date },
): Promise<void> {
  await sql`insert into message_events (message_id, kind, at, url, by_machine)
    select ${messageId}, 'clicked', ${at}::timestamptz, ${url}::text, ${byMachine}::boolean
    where not exists (select from message_events where message_id = ${messageId} and kind = 'clicked'
      and url = ${url} and by_machine = ${byMachine} and at > ${at}::timestamptz - interval '1 minute')`.execute(
    db,
  )
  if (byMachine) return
  await db
    .updateTable('messages')
    .set({ clickedAt: at })
    .where('id', '=', messageId)
    .where('clickedAt', 'is', null)
    .execute()
}
