/** Activities one by one: written, changed, completed, cancelled. */
import {
  type ActivityDraft,
  type ActivityState,
  type ActivityView,
  activityProblems,
} from '#core/activities/activity.ts'
import type { ActivityType } from '#core/activities/type.ts'
import type { FieldValue } from '#core/parties/custom-field.ts'
import type { Context } from '#platform/http/app.ts'
import { audit } from '../access/service.ts'
import { findParties } from '../parties/service.ts'
import * as activities from './queries.ts'
import * as refusals from './refusals.ts'
import * as types from './type-queries.ts'
import { visible } from './where-queries.ts'

type On = Pick<Context, 'db' | 'actor' | 'now'>

export async function getActivity({ db, actor }: On, id: number): Promise<ActivityView> {
  const found = await activities.find(db, visible(actor), { id, actor })
  if (!found) throw refusals.notFound()
  return found
}

export async function createActivity(
  on: On,
  { state, ...draft }: ActivityDraft & { state: ActivityState },
): Promise<ActivityView> {
  const { db, actor, now } = on
  const type = await typeFor(on, draft.typeId)
  if (!type.isActive) throw refusals.typeRetired()
  const owned = { ...draft, ownerId: draft.ownerId ?? type.defaultOwnerId }
  await check(on, owned, { type, state })
  const number = await types.takeNumber(db, type.id)
  const written = { ...owned, custom: withoutEmpty(draft.custom) }
  const id = await activities.insert(db, written, { number, state, now, userId: actor.id })
  return getActivity(on, id)
}

/** A type that the actor may not see does not exist. */
async function typeFor({ db, actor }: On, id: number): Promise<ActivityType> {
  const type = (await types.types(db, actor)).find((one) => one.id === id)
  if (!type) throw refusals.typeNotFound()
  return type
}

type Checked = { type: ActivityType; state: ActivityState; id?: number }

async function check(on: On, draft: ActivityDraft, { type, state, id }: Checked): Promise<void> {
  const [problem] = activityProblems(draft, type, state)
  if (problem) throw refusals.wrongField(problem)
  await checkPeople(on, draft)
  if (draft.ownerId !== null && !(await activities.isUser(on.db, draft.ownerId)))
    throw refusals.noSuch('owner')
  if (draft.causeId === null) return
  const cause = await activities.find(on.db, visible(on.actor), {
    id: draft.causeId,
    actor: on.actor,
  })
  const isCircle = id !== undefined && (await activities.leadsTo(on.db, draft.causeId, id))
  if (!cause || isCircle) throw refusals.noSuch('cause')
}

async function checkPeople({ db }: On, { partyId, contactId }: ActivityDraft): Promise<void> {
  const ids = [partyId, contactId].flatMap((one) => (one === null ? [] : [one]))
  const there = new Set((await findParties(db, ids)).map(({ id }) => id))
  if (partyId !== null && !there.has(partyId)) throw refusals.noSuch('party')
  if (contactId !== null && (partyId === null || !there.has(contactId)))
    throw refusals.noSuch('contact')
}

const withoutEmpty = (custom: Record<string, FieldValue>) =>
  Object.fromEntries(Object.entries(custom).filter(([, value]) => value !== null && value !== ''))

export async function updateActivity(
  on: On,
  { id, version, ...draft }: ActivityDraft & { id: number; version: number },
): Promise<ActivityView> {
  const before = await getActivity(on, id)
  const type = await typeFor(on, draft.typeId)
  if (!type.isActive && before.typeId !== draft.typeId) throw refusals.typeRetired()
  // Values of fields that the type lost meanwhile stay as they are.
  const known = new Set(type.customFields.map(({ key }) => key))
  const lost = Object.entries(before.custom).filter(([key]) => !known.has(key))
  const custom = Object.fromEntries(Object.entries(draft.custom).filter(([key]) => known.has(key)))
  await check(on, { ...draft, custom }, { type, state: before.state, id })
  const written = { ...draft, custom: { ...Object.fromEntries(lost), ...withoutEmpty(custom) } }
  if (!(await activities.update(on.db, { id, version, now: on.now }, written)))
    throw refusals.changedMeanwhile()
  return getActivity(on, id)
}

type StateChange = {
  id: number
  version: number
  state: ActivityState
  result?: string | undefined
}

export async function setActivityState(
  on: On,
  { id, version, state, result }: StateChange,
): Promise<ActivityView> {
  const before = await getActivity(on, id)
  const type = await types.findType(on.db, before.typeId)
  const { cause, owner, party } = before
  const after = { ...before, result: result ?? before.result }
  const ids = { causeId: cause?.id ?? null, ownerId: owner?.id ?? null, partyId: party?.id ?? null }
  const missing = type && activityProblems({ ...after, ...ids, custom: {} }, type, state)
  const [problem] = missing?.filter(({ field }) => field === 'result') ?? []
  if (problem) throw refusals.wrongField(problem)
  if (!(await activities.setState(on.db, { id, version, now: on.now }, { state, result })))
    throw refusals.changedMeanwhile()
  return getActivity(on, id)
}

export async function deleteActivity(on: On, id: number): Promise<void> {
  const before = await getActivity(on, id)
  await activities.remove(on.db, id)
  await audit(on.db, on.actor, 'activities/delete', before.subject, {
    number: before.number,
    startsAt: before.startsAt,
  })
}
