/** The header of an operation and what stands on its page. */
import { sql } from 'kysely'
import { type FixedCost, type OperationDraft, OperationView } from '#core/operations/operation.ts'
import { stepProblems } from '#core/operations/step.ts'
import { StepTypeDraft } from '#core/operations/tables.ts'
import type { Database } from '#platform/db/database.ts'

export async function find(db: Database, id: number): Promise<OperationView | undefined> {
  const campaign = await db
    .selectFrom('campaigns')
    .selectAll()
    .where('id', '=', id)
    .where('form', '=', 'operation')
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  if (!campaign) return undefined
  const [steps, statuses, costs, meanings, files, types] = [
    await stepRows(db, id),
    await statusCounts(db, id),
    await findCosts(db, id),
    await targetMeanings(db),
    await filesOf(db, id),
    await db.selectFrom('stepTypes').select(['code', 'channel', 'fields']).execute(),
  ]
  const problemsOf = (step: (typeof steps)[number], attachments: number) => {
    const type = types.find(({ code }) => code === step.typeCode)
    const known = StepTypeDraft.pick({ channel: true, fields: true }).parse(type)
    return stepProblems({ ...step, attachments, contents: step.contents ?? 0 }, known)
  }
  const people = statuses.reduce((sum, { people }) => sum + people, 0)
  const settled = statuses
    .filter(({ status }) => meanings.get(status) !== 'to-do')
    .reduce((sum, { people }) => sum + people, 0)
  return OperationView.parse({
    ...campaign,
    costs,
    progressNow: campaign.progress ?? (people === 0 ? 0 : Math.round((100 * settled) / people)),
    steps: steps.map((step) => ({
      ...step,
      ...filesOfStep(step.id, files),
      problems: problemsOf(step, files.filter((file) => isAttachedTo(step.id, file)).length),
      statuses: Object.fromEntries(
        statuses
          .filter(({ stepId, people }) => stepId === step.id && people !== 0)
          .map(({ status, people }) => [status, people]),
      ),
    })),
  })
}

const stepRows = (db: Database, campaignId: number) =>
  db
    .selectFrom('steps as s')
    .selectAll('s')
    .select((eb) => [
      eb
        .selectFrom('conditions')
        .whereRef('conditions.stepId', '=', 's.id')
        .select((count) => count.fn.countAll<number>().as('n'))
        .as('conditions'),
      eb
        .selectFrom('contents')
        .whereRef('contents.stepId', '=', 's.id')
        .select((count) => count.fn.countAll<number>().as('n'))
        .as('contents'),
    ])
    .where('s.campaignId', '=', campaignId)
    .orderBy('s.position')
    .orderBy('s.id')
    .execute()

type StepFileRow = { stepId: number; isDocument: boolean; id: string; name: string; size: number }

const filesOf = async (db: Database, campaignId: number): Promise<StepFileRow[]> => {
  const { rows } = await sql<StepFileRow>`
    select steps.id as step_id, true as is_document, files.id, files.name, files.size, 0 as position
      from steps join files on files.id = steps.document_id where steps.campaign_id = ${campaignId}
    union all
    select steps.id, false, files.id, a.name, files.size, a.position
      from step_attachments as a join steps on steps.id = a.step_id join files on files.id = a.file_id
      where steps.campaign_id = ${campaignId}
    order by 1, 6, 4`.execute(db)
  return rows
}

const isAttachedTo = (stepId: number, file: StepFileRow) =>
  file.stepId === stepId && !file.isDocument

const filesOfStep = (stepId: number, files: readonly StepFileRow[]) => ({
  attachments: files.filter((file) => isAttachedTo(stepId, file)),
  document: files.find((file) => file.stepId === stepId && file.isDocument) ?? null,
})

const statusCounts = (db: Database, campaignId: number) =>
  db
    .selectFrom('targetTallies as t')
    .innerJoin('steps', 'steps.id', 't.stepId')
    .where('steps.campaignId', '=', campaignId)
    .groupBy(['t.stepId', 't.status'])
    .select(['t.stepId', 't.status', sql<number>`sum(t.delta)::bigint`.as('people')])
    .execute()

async function targetMeanings(db: Database): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('entityStates')
    .where('entity', '=', 'target')
    .select(['code', 'meaning'])
    .execute()
  return new Map(rows.map(({ code, meaning }) => [code, meaning]))
}

const findCosts = (db: Database, campaignId: number) =>
  db
    .selectFrom('campaignCosts')
    .where('campaignId', '=', campaignId)
    .select(['label', 'amount', 'currency'])
    .orderBy('position')
    .orderBy('id')
    .execute()

type Header = OperationDraft & { state: string }

const headerValues = <H extends Pick<Header, 'costs'>>({ costs: _, ...header }: H) => header

export async function insert(
  db: Database,
  header: Header,
  createdBy: string | null,
): Promise<number> {
  const { id } = await db
    .insertInto('campaigns')
    .values({
      ...headerValues(header),
      form: 'operation',
      createdBy,
      position: sql<number>`(select coalesce(max(position), 0) + 1 from campaigns
        where folder_id is not distinct from ${header.folderId}::bigint)`,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await writeCosts(db, id, header.costs)
  return id
}

/** False when somebody else has changed it since. Its place in the tree is `move`'s business. */
export async function update(
  db: Database,
  { id, version, folderId: _, ...header }: Header & { id: number; version: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('campaigns')
    .set({ ...headerValues(header), version: version + 1, updatedAt: sql<string>`now()` })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  await writeCosts(db, id, header.costs)
  return true
}

async function writeCosts(db: Database, campaignId: number, costs: readonly FixedCost[]) {
  await db.deleteFrom('campaignCosts').where('campaignId', '=', campaignId).execute()
  if (costs.length === 0) return
  await db
    .insertInto('campaignCosts')
    .values(costs.map((cost, position) => ({ ...cost, campaignId, position })))
    .execute()
}

/** Into the bin, or out of it; false when it is not where it would be taken from. */
export async function setDeleted(db: Database, id: number, at: Date | null): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('campaigns')
    .set({ deletedAt: at })
    .where('id', '=', id)
    .where('form', '=', 'operation')
    .where('deletedAt', at === null ? 'is not' : 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function findUnknownKind(
  db: Database,
  kinds: readonly string[],
): Promise<string | undefined> {
  if (kinds.length === 0) return undefined
  const known = await db.selectFrom('partyKinds').select('code').execute()
  return kinds.find((kind) => !known.some(({ code }) => code === kind))
}
