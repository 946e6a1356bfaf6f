/** Types and families: what is in use can be renamed or retired, not deleted. */
import type { ActivityFamilyDraft, ActivityTypeDraft } from '#core/activities/type.ts'
import type { WorkingHours } from '#core/activities/working-time.ts'
import type { Actor } from '#core/kernel/actor.ts'
import type { Database } from '#platform/db/database.ts'
import { audit } from '../access/service.ts'
import * as refusals from './refusals.ts'
import * as types from './type-queries.ts'

/** What the actor may not see is as good as not there. */
async function visibleType(db: Database, actor: Actor, id: number) {
  const type = (await types.types(db, actor)).find((one) => one.id === id)
  if (!type) throw refusals.typeNotFound()
  return type
}

function checkKey(actor: Actor, keyId: number | null, before: number | null): void {
  if (keyId !== before && keyId !== null && !actor.keys.includes(keyId)) throw refusals.keyNotHeld()
}

export async function saveType(db: Database, actor: Actor, draft: ActivityTypeDraft, id?: number) {
  const before = id === undefined ? undefined : await visibleType(db, actor, id)
  checkKey(actor, draft.keyId, before?.keyId ?? null)
  if (await types.isCodeTaken(db, draft.code, id ?? null)) throw refusals.taken(draft.code)
  if (draft.activityFamilyId !== null) await visibleFamily(db, actor, draft.activityFamilyId)
  if (before && before.kind !== draft.kind) {
    const used = await types.countUses(db, before.id)
    if (used > 0) throw refusals.stillUsed(used)
  }
  if (before) await types.updateType(db, before.id, draft)
  else await types.insertType(db, draft)
  await audit(db, actor, 'activities/save-type', draft.labelFr, {
    code: draft.code,
    keyId: draft.keyId ?? (await keyOfFamily(db, draft.activityFamilyId)),
  })
}

export async function removeType(db: Database, actor: Actor, id: number) {
  const type = await visibleType(db, actor, id)
  const used = await types.countUses(db, id)
  if (used > 0) throw refusals.stillUsed(used)
  await types.removeType(db, id)
  await audit(db, actor, 'activities/delete-type', type.labelFr, {
    keyId: type.keyId ?? (await keyOfFamily(db, type.activityFamilyId)),
  })
}

/** So that the trail hides what the key hides. */
async function keyOfFamily(db: Database, familyId: number | null): Promise<number | null> {
  return familyId === null ? null : ((await types.findFamily(db, familyId))?.keyId ?? null)
}

async function visibleFamily(db: Database, actor: Actor, id: number) {
  const family = await types.findFamily(db, id)
  const isHidden = family?.keyId != null && !actor.keys.includes(family.keyId)
  if (!family || isHidden) throw refusals.typeNotFound()
  return family
}

export async function saveFamily(
  db: Database,
  actor: Actor,
  draft: ActivityFamilyDraft,
  id?: number,
) {
  const before = id === undefined ? undefined : await visibleFamily(db, actor, id)
  checkKey(actor, draft.keyId, before?.keyId ?? null)
  if (await types.isFamilyTaken(db, draft.label, id ?? null)) throw refusals.taken(draft.label)
  if (before) await types.updateFamily(db, before.id, draft)
  else await types.insertFamily(db, draft)
  await audit(db, actor, 'activities/save-family', draft.label, { ...draft })
}

export async function removeFamily(db: Database, actor: Actor, id: number) {
  const family = await visibleFamily(db, actor, id)
  const used = await types.countTypesOf(db, id)
  if (used > 0) throw refusals.stillUsed(used)
  await types.removeFamily(db, id)
  await audit(db, actor, 'activities/delete-family', family.label, { keyId: family.keyId })
}

export async function saveWorkingHours(db: Database, actor: Actor, hours: WorkingHours) {
  await types.saveWorkingHours(db, hours)
  await audit(db, actor, 'activities/working-hours', '', { ...hours })
}
