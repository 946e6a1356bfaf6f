/** Appointments that are agreed upon on the phone: one per person and operation, moved when agreed upon anew. */
import { z } from 'zod'
import type { ActivityType } from '#core/activities/type.ts'
import { Id, Instant } from '#core/kernel/values.ts'
import type { Database } from '#platform/db/database.ts'
import type { Context } from '#platform/http/app.ts'
import * as appointments from './appointment-queries.ts'
import * as activities from './queries.ts'
import * as types from './type-queries.ts'

type On = Pick<Context, 'db' | 'actor' | 'now'>

/** What was written down, and what it was before when there was one. */
export const NotedAppointment = z.object({
  id: Id,
  before: z.object({ startsAt: Instant, place: z.string() }).nullable(),
})
export type NotedAppointment = z.infer<typeof NotedAppointment>

type Agreed = {
  step: { id: number; campaignId: number; campaign: string }
  partyId: number
  organisationId: number | null
  startsAt: string
  place: string
}

/** The first type of appointment that is in use and that the actor may see. */
async function typeOf({ db, actor }: Pick<On, 'db' | 'actor'>): Promise<ActivityType | undefined> {
  const known = await types.types(db, actor)
  return known.find(({ kind, isActive }) => kind === 'appointment' && isActive)
}

export const takesAppointments = async (db: Database, actor: On['actor']): Promise<boolean> =>
  (await typeOf({ db, actor })) !== undefined

/** Nothing when there is no type for it. What the type wants filled beside day and place is left to its owner. */
export async function noteAppointment(
  on: On,
  { step, partyId, organisationId, startsAt, place }: Agreed,
): Promise<NotedAppointment | undefined> {
  const { db, actor, now } = on
  const before = await appointments.findOpen(db, actor, { campaignId: step.campaignId, partyId })
  if (before) {
    await appointments.move(db, before.id, { startsAt, place }, now)
    return { id: before.id, before: { startsAt: before.startsAt, place: before.place } }
  }
  const type = await typeOf(on)
  if (!type) return undefined
  const draft = {
    typeId: type.id,
    subject: `${actor.locale === 'fr' ? type.labelFr : type.labelEn} · ${step.campaign}`,
    text: '',
    partyId: organisationId ?? partyId,
    contactId: organisationId === null ? null : partyId,
    ownerId: type.defaultOwnerId ?? actor.id,
    startsAt,
    endsAt: null,
    place,
    priority: 0,
    source: '',
    result: '',
    causeId: null,
    custom: {},
  }
  const number = await types.takeNumber(db, type.id)
  const made = { number, state: 'open', now, userId: actor.id, step } as const
  const id = await activities.insert(db, draft, made)
  return { id, before: null }
}

/** As it was before; one that was not there goes again. */
export async function takeAppointmentBack(
  db: Database,
  { id, before }: NotedAppointment,
  now: Date,
): Promise<void> {
  if (before) await appointments.move(db, id, before, now)
  else await activities.remove(db, id)
}
