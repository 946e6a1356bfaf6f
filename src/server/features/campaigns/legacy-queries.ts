/** Mailings of an older program: their people and results, without a filter (P-1 to P-4). */
import { sql } from 'kysely'
import { startOfDay } from '#core/kernel/zone.ts'
import { FrozenResults } from '#core/results/results.ts'
import type { Database } from '#platform/db/database.ts'

export type LegacyMailing = {
  label: string
  sentOn: string
  closedOn: string | null
  importId: number
  createdBy: string | null
  /** Whose midnight the days begin at. */
  zone: string
}

export type LegacyStep = { campaignId: number; stepId: number; made: boolean }

/** The one with this label and day, made when there is none. */
export async function ensure(db: Database, mailing: LegacyMailing): Promise<LegacyStep> {
  const known = await db
    .selectFrom('campaigns as c')
    .innerJoin('steps as s', 's.campaignId', 'c.id')
    .select(['c.id as campaignId', 's.id as stepId'])
    .where('c.isLegacy', '=', true)
    .where('c.deletedAt', 'is', null)
    .where('c.label', '=', mailing.label)
    .where('c.sendOn', '=', mailing.sentOn)
    .executeTakeFirst()
  return known ? { ...known, made: false } : insert(db, mailing)
}

async function insert(db: Database, mailing: LegacyMailing): Promise<LegacyStep> {
  const { label, sentOn, closedOn, importId, createdBy, zone } = mailing
  const begins = (day: string) => startOfDay(day, zone).toISOString()
  const campaign = await db
    .insertInto('campaigns')
    .values({
      label,
      sendOn: sentOn,
      closedAt: begins(closedOn ?? sentOn),
      state: 'finished',
      isLegacy: true,
      importId,
      createdBy,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const at = begins(sentOn)
  const step = await db
    .insertInto('steps')
    .values({
      campaignId: campaign.id,
      state: 'done',
      launchedAt: at,
      frozenAt: at,
      finishedAt: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { campaignId: campaign.id, stepId: step.id, made: true }
}

/** Adds people to the step's list; returns those who were not on it yet. */
export async function addTargets(
  db: Database,
  stepId: number,
  partyIds: readonly number[],
): Promise<Set<number>> {
  const { rows } = await sql<{ partyId: number }>`
    insert into targets (step_id, party_id) select ${stepId}::bigint, id from unnest(${partyIds}::bigint[]) as id
    on conflict do nothing returning party_id`.execute(db)
  return new Set(rows.map((row) => row.partyId))
}

export async function readResults(db: Database, campaignId: number) {
  const row = await db
    .selectFrom('campaigns')
    .select('frozenResults')
    .where('id', '=', campaignId)
    .executeTakeFirstOrThrow()
  return row.frozenResults === null ? undefined : FrozenResults.parse(row.frozenResults)
}

export async function countTargets(db: Database, stepId: number): Promise<number> {
  const { total } = await db
    .selectFrom('targets')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('stepId', '=', stepId)
    .executeTakeFirstOrThrow()
  return total
}

export async function writeResults(
  db: Database,
  campaignId: number,
  results: FrozenResults,
): Promise<void> {
  await db
    .updateTable('campaigns')
    .set({ frozenResults: JSON.stringify(results) })
    .where('id', '=', campaignId)
    .execute()
}

/** Removes what the import made and nobody changed; tells how many went and how many stay. */
export async function removeImported(db: Database, importId: number) {
  const { numDeletedRows } = await db
    .deleteFrom('campaigns')
    .where('importId', '=', importId)
    .where('version', '=', 1)
    .executeTakeFirst()
  const { kept } = await db
    .selectFrom('campaigns')
    .select((eb) => eb.fn.countAll<number>().as('kept'))
    .where('importId', '=', importId)
    .executeTakeFirstOrThrow()
  return { removed: Number(numDeletedRows), kept }
}
