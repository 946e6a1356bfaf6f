import { sql } from 'kysely'
import { AuditEvent, type AuditFilter } from '#core/access/audit.ts'
import type { Actor } from '#core/kernel/actor.ts'
import { addDays } from '#core/kernel/days.ts'
import { startOfDay } from '#core/kernel/zone.ts'
import type { Database } from '#platform/db/database.ts'
import { campaignIsOpen } from './confidentiality-queries.ts'

export type AuditLine = {
  actorId: string | null
  actorName: string
  action: string
  subject: string
  details: Record<string, unknown>
}

export async function insert(db: Database, { details, ...line }: AuditLine): Promise<void> {
  await db
    .insertInto('auditEvents')
    .values({ ...line, details: JSON.stringify(details) })
    .execute()
}

type Holder = Pick<Actor, 'keys'>

/** The line is about no campaign, step or key that is hidden from the reader: `details` say which. */
const isOpen = (actor: Holder) => sql<boolean>`(
  coalesce(details ->> 'keyId', '') not in
    (select id::text from confidentiality_keys where id <> all(${actor.keys}::int[]))
  and coalesce(details ->> 'campaignId', '') not in
    (select c.id::text from campaigns c where not ${campaignIsOpen(actor, 'c')})
  and coalesce(details ->> 'stepId', '') not in
    (select s.id::text from steps s join campaigns c on c.id = s.campaign_id
      where not ${campaignIsOpen(actor, 'c')}))`

type Asked = AuditFilter & { zone: string }

function matching(db: Database, actor: Holder, { actorId, action, from, to, zone }: Asked) {
  const begins = (day: string) => startOfDay(day, zone).toISOString()
  return db
    .selectFrom('auditEvents')
    .where(isOpen(actor))
    .$if(actorId !== undefined, (query) => query.where('actorId', '=', actorId ?? ''))
    .$if(action !== undefined, (query) => query.where('action', '=', action ?? ''))
    .$if(from !== undefined, (query) => query.where('at', '>=', begins(from ?? '')))
    .$if(to !== undefined, (query) => query.where('at', '<', begins(addDays(to ?? '', 1))))
}

export async function list(db: Database, actor: Holder, filter: Asked) {
  const [rows, counted] = await Promise.all([
    matching(db, actor, filter)
      .selectAll()
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .offset(filter.offset)
      .limit(filter.limit)
      .execute(),
    matching(db, actor, filter)
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow(),
  ])
  return { total: counted.total, events: rows.map((row) => AuditEvent.parse(row)) }
}

export async function choices(db: Database) {
  const [actors, actions] = await Promise.all([
    db
      .selectFrom('auditEvents')
      .where('actorId', 'is not', null)
      .select([sql<string>`actor_id`.as('id'), sql<string>`max(actor_name)`.as('name')])
      .groupBy('actorId')
      .orderBy('name')
      .execute(),
    db.selectFrom('auditEvents').select('action').distinct().orderBy('action').execute(),
  ])
  return { actors, actions: actions.map(({ action }) => action) }
}
