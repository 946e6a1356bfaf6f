import { sql } from 'kysely'
import type { CampaignSort } from '#core/campaigns/api.ts'
import {
  type CampaignDraft,
  CampaignLine,
  CampaignView,
  type StepState,
} from '#core/campaigns/campaign.ts'
import type { ContentBody } from '#core/content/content.ts'
import type { Actor } from '#core/kernel/actor.ts'
import type { Selection } from '#core/segments/selection.ts'
import type { Database } from '#platform/db/database.ts'
import { campaignIsOpen } from '../access/service.ts'

type ListOptions = {
  search?: string | undefined
  sort: CampaignSort
  direction: 'asc' | 'desc'
  offset: number
  limit: number
}

export async function list(db: Database, actor: Actor, options: ListOptions) {
  const { sort, direction, offset, limit } = options
  const matching = db
    .selectFrom('campaigns as c')
    .where('c.deletedAt', 'is', null)
    .where('c.form', '=', 'mailing')
    .where(campaignIsOpen(actor, 'c'))
    .$if(options.search !== undefined && options.search.trim() !== '', (q) =>
      q.where(
        sql<string>`fold(c.label)`,
        'like',
        sql<string>`'%' || fold(${escapeLike(options.search?.trim() ?? '')}) || '%'`,
      ),
    )
  const { total } = await matching
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await matching
    .select(['c.id', 'c.label', 'c.sendOn', 'c.closedAt', 'c.state', 'c.isLegacy'])
    .select((eb) =>
      eb
        .selectFrom('steps as s')
        .select('s.state')
        .whereRef('s.campaignId', '=', 'c.id')
        .orderBy('s.position')
        .orderBy('s.id')
        .limit(1)
        .as('stepState'),
    )
    .orderBy(sortColumn(sort), (order) =>
      (direction === 'asc' ? order.asc() : order.desc()).nullsLast(),
    )
    .orderBy('c.id', direction)
    .offset(offset)
    .limit(limit)
    .execute()
  return { rows: rows.map((row) => CampaignLine.parse(row)), total }
}

const sortColumn = (sort: CampaignSort) =>
  sort === 'label' ? sql<string>`fold(c.label)` : sql<string>`${sql.ref(`c.${sort}`)}`

const escapeLike = (text: string) => text.replace(/[\\%_]/g, '\\$&')

export async function find(db: Database, id: number): Promise<CampaignView | undefined> {
  const campaign = await db
    .selectFrom('campaigns')
    .selectAll()
    .where('id', '=', id)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  if (!campaign) return undefined
  const steps = await db
    .selectFrom('steps')
    .selectAll()
    .where('campaignId', '=', id)
    .orderBy('position')
    .orderBy('id')
    .execute()
  // An operation that has no step yet has nothing to show here.
  if (steps.length === 0) return undefined
  const contents = await db
    .selectFrom('contents')
    .selectAll()
    .where('stepId', 'in', [0, ...steps.map((step) => step.id)])
    .orderBy('position')
    .orderBy('id')
    .execute()
  return CampaignView.parse({
    ...campaign,
    steps: steps.map((step) => ({
      ...step,
      contents: contents.filter(({ stepId }) => stepId === step.id),
    })),
  })
}

export async function isOperation(db: Database, campaignId: number): Promise<boolean> {
  const row = await db
    .selectFrom('campaigns')
    .select('form')
    .where('id', '=', campaignId)
    .executeTakeFirst()
  return row?.form === 'operation'
}

/** The campaign that a step or a content belongs to, when it is not in the bin. */
export async function campaignOf(
  db: Database,
  of: { stepId: number } | { contentId: number },
): Promise<number | undefined> {
  const row = await db
    .selectFrom('steps')
    .innerJoin('campaigns', 'campaigns.id', 'steps.campaignId')
    .select('campaignId')
    .where('campaigns.deletedAt', 'is', null)
    .$if('stepId' in of, (q) => q.where('steps.id', '=', 'stepId' in of ? of.stepId : 0))
    .$if('contentId' in of, (q) =>
      q.where('steps.id', 'in', (eb) =>
        eb
          .selectFrom('contents')
          .select('stepId')
          .where('id', '=', 'contentId' in of ? of.contentId : 0),
      ),
    )
    .executeTakeFirst()
  return row?.campaignId
}

export async function insert(
  db: Database,
  draft: CampaignDraft,
  { selection, createdBy }: { selection: Selection | null; createdBy: string | null },
): Promise<{ id: number; stepId: number }> {
  const { id } = await db
    .insertInto('campaigns')
    .values({ ...draft, createdBy, ownerId: createdBy })
    .returning('id')
    .executeTakeFirstOrThrow()
  const step = await db
    .insertInto('steps')
    .values({ campaignId: id, selection: selection && JSON.stringify(selection) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, stepId: step.id }
}

/** False when somebody else has changed it since. */
export async function update(
  db: Database,
  { id, version, ...draft }: CampaignDraft & { id: number; version: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('campaigns')
    .set({ ...draft, version: version + 1, updatedAt: sql<string>`now()` })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function setDeleted(db: Database, id: number, at: Date | null): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('campaigns')
    .set({ deletedAt: at })
    .where('id', '=', id)
    .where('deletedAt', at === null ? 'is not' : 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Reopening lets the results count again; those of a legacy mailing are all there is of it and stay. */
export async function setClosed(db: Database, id: number, at: Date | null): Promise<void> {
  const opened = {
    closedAt: null,
    frozenResults: sql<string | null>`case when is_legacy then frozen_results end`,
    state: 'in-progress',
  }
  await db
    .updateTable('campaigns')
    .set(at === null ? opened : { closedAt: at, state: 'finished' })
    .set({ version: sql<number>`version + 1` })
    .where('id', '=', id)
    .execute()
}

export async function saveSelection(
  db: Database,
  { id, version, selection }: { id: number; version: number; selection: Selection },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('steps')
    .set({ selection: JSON.stringify(selection), version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export type NewContent = { stepId: number; body: ContentBody; onlyUnreached?: boolean }

export async function insertContent(db: Database, { stepId, body, onlyUnreached }: NewContent) {
  await db
    .insertInto('contents')
    .values({
      stepId,
      channel: body.channel,
      body: JSON.stringify(body),
      onlyUnreached: onlyUnreached ?? false,
      position: sql<number>`(select coalesce(max(position), 0) + 1 from contents where step_id = ${stepId})`,
    })
    .execute()
}

type ContentChange = { id: number; version: number; body: ContentBody; onlyUnreached: boolean }

export async function saveContent(
  db: Database,
  { id, version, body, onlyUnreached }: ContentChange,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('contents')
    .set({ body: JSON.stringify(body), onlyUnreached, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    // A message never changes its channel: it would be another message.
    .where('channel', '=', body.channel)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Positions as in the list of ids. The text of a message does not change, nor does its version. */
export async function orderContents(db: Database, ids: readonly number[]): Promise<void> {
  await sql`update contents set position = ordered.at
    from unnest(${[...ids]}::bigint[]) with ordinality as ordered (id, at)
    where contents.id = ordered.id`.execute(db)
}

export async function removeContent(db: Database, id: number): Promise<void> {
  await db.deleteFrom('contents').where('id', '=', id).execute()
}

export async function findStep(db: Database, id: number, lock: boolean) {
  return db
    .selectFrom('steps as s')
    .innerJoin('campaigns as c', 'c.id', 's.campaignId')
    .select(['s.id', 's.campaignId', 's.state', 's.selection', 's.version'])
    .select(['s.launchAt', 's.launchedAt', 's.launchedBy', 's.frozenAt', 's.finishedAt'])
    .select(['c.sendOn', 'c.controlPercent', 'c.isLegacy', 'c.closedAt', 'c.form'])
    .select(
      sql<string>`case when c.form = 'operation' then c.label || ' – ' || s.label else c.label end`.as(
        'label',
      ),
    )
    .where('s.id', '=', id)
    .where('c.deletedAt', 'is', null)
    .$if(lock, (q) => q.forUpdate('s'))
    .executeTakeFirst()
}

export async function contentsOf(db: Database, stepId: number) {
  return db
    .selectFrom('contents')
    .selectAll()
    .where('stepId', '=', stepId)
    .orderBy('position')
    .orderBy('id')
    .execute()
}

export type StepChange = {
  id: number
  from: readonly StepState[]
  to: StepState
  launchAt?: Date | null
  launchedAt?: Date
  launchedBy?: string | null
  frozenAt?: Date | null
  finishedAt?: Date | null
}

export async function setStepState(
  db: Database,
  { id, from, to, ...set }: StepChange,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('steps')
    .set({ ...set, state: to })
    .where('id', '=', id)
    .where('state', 'in', from)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** The first launch puts the campaign in progress and is its send date when none was chosen. */
export async function markLaunched(db: Database, stepId: number, day: string): Promise<void> {
  await db
    .updateTable('campaigns')
    .set({
      state: sql<string>`case when state = 'preparing' then 'in-progress' else state end`,
      stateCode: sql<string>`case when state = 'preparing' then 'in-progress' else state_code end`,
      sendOn: sql<string>`coalesce(send_on, ${day}::date)`,
    })
    .where('id', '=', (eb) => eb.selectFrom('steps').select('campaignId').where('id', '=', stepId))
    .execute()
  await sql`update steps set status_code = 'in-progress' where id = ${stepId} and status_code in
    (select code from entity_states where entity = 'step' and meaning = 'preparing')`.execute(db)
}
