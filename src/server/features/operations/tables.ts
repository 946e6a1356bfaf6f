/** Types, families and states: what is in use can be renamed or retired, not deleted. */
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type {
  Entity,
  EntityStateDraft,
  FamilyDraft,
  StepTypeDraft,
  TableUse,
} from '#core/operations/tables.ts'
import type { Database } from '#platform/db/database.ts'
import { audit } from '../access/service.ts'
import { type Nameable, placesNaming } from '../segments/service.ts'
import { inUse, notFound } from './refusals.ts'
import * as tables from './table-queries.ts'
import { listUses } from './use-queries.ts'

const builtIn = () =>
  new AppError(
    'conflict',
    'operations/built-in',
    'This one is the product’s own: retire it instead.',
  )

/** What criteria call the states of each; those of types are asked by none. */
const nameOf = {
  target: 'status',
  step: 'step-state',
  operation: 'operation-state',
} as const satisfies Partial<Record<Entity, Nameable>>

/** Says what has it, of what the actor may see. */
async function stillHas(db: Database, actor: Actor, { table, key, count }: Used) {
  const use = (await listUses(db, actor)).find((one) => one.table === table && one.key === key)
  const by = use?.names.join(', ') ?? ''
  return new AppError('conflict', 'operations/still-used', `It is in use: ${by || count}.`, {
    details: { count, by },
  })
}

type Used = { table: TableUse['table']; key: string; count: number }

export async function saveState(db: Database, actor: Actor, draft: EntityStateDraft) {
  const before = await tables.findState(db, draft.entity, draft.code)
  if (before && before.meaning !== draft.meaning) {
    const used = await tables.countState(db, draft.entity, draft.code)
    if (before.isBuiltin) throw builtIn()
    if (used > 0)
      throw await stillHas(db, actor, { table: draft.entity, key: draft.code, count: used })
  }
  await tables.saveState(db, draft)
  await audit(db, actor, 'operations/save-state', draft.labelFr, { ...draft })
}

export async function deleteState(db: Database, actor: Actor, entity: Entity, code: string) {
  const before = await tables.findState(db, entity, code)
  if (!before) throw notFound()
  if (before.isBuiltin) throw builtIn()
  const used = await tables.countState(db, entity, code)
  if (used > 0) throw await stillHas(db, actor, { table: entity, key: code, count: used })
  const named =
    entity === 'operation-type' ? [] : await placesNaming(db, actor, nameOf[entity], [code])
  if (named.length > 0) throw inUse(named.map(({ label }) => label).join(', '))
  await tables.deleteState(db, entity, code)
  await audit(db, actor, 'operations/delete-state', before.labelFr, { entity, code })
}

export async function saveStepType(db: Database, actor: Actor, draft: StepTypeDraft) {
  const before = await tables.findStepType(db, draft.code)
  if (before && before.channel !== draft.channel) {
    const used = await tables.countUses(db, 'step-types', draft.code)
    if (before.isBuiltin) throw builtIn()
    if (used > 0)
      throw await stillHas(db, actor, { table: 'step-types', key: draft.code, count: used })
  }
  await tables.saveStepType(db, draft)
  await audit(db, actor, 'operations/save-step-type', draft.labelFr, { code: draft.code })
}

export async function deleteStepType(db: Database, actor: Actor, code: string) {
  const before = await tables.findStepType(db, code)
  if (!before) throw notFound()
  if (before.isBuiltin) throw builtIn()
  const used = await tables.countUses(db, 'step-types', code)
  if (used > 0) throw await stillHas(db, actor, { table: 'step-types', key: code, count: used })
  await tables.deleteStepType(db, code)
  await audit(db, actor, 'operations/delete-step-type', before.labelFr, { code })
}

export async function saveFamily(db: Database, actor: Actor, draft: FamilyDraft & { id?: number }) {
  const { id, ...family } = draft
  const before = id === undefined ? undefined : await tables.findFamily(db, id)
  if (id !== undefined && !before) throw notFound()
  const changesKey = family.keyId !== (before?.keyId ?? null)
  if (changesKey && family.keyId !== null && !actor.keys.includes(family.keyId)) {
    throw new AppError('forbidden', 'operations/key-not-held', 'Only who holds a key can use it.')
  }
  if (await tables.isFamilyTaken(db, family.label, id ?? null)) throw inUse(family.label)
  if (id === undefined) await tables.insertFamily(db, family)
  else await tables.updateFamily(db, id, family)
  await audit(db, actor, 'operations/save-family', family.label, { ...draft })
}

export async function removeLine(
  db: Database,
  actor: Actor,
  { table, id }: { table: 'types' | 'families'; id: number },
) {
  const used = await tables.countUses(db, table, id)
  if (used > 0) throw await stillHas(db, actor, { table, key: String(id), count: used })
  await tables.remove(db, table, id)
  await audit(db, actor, `operations/delete-${table}`, String(id))
}
