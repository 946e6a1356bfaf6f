/** Activities: the face that other features see. */
import type { Actor } from '#core/kernel/actor.ts'
import type { Database } from '#platform/db/database.ts'
import * as appointments from './appointments.ts'
import * as files from './files.ts'
import * as generate from './generate.ts'
import * as generated from './generate-queries.ts'
import { types } from './type-queries.ts'

export const sweepFiles = files.sweepFiles
export const noteAppointment = appointments.noteAppointment
export const takeAppointmentBack = appointments.takeAppointmentBack
export const takesAppointments = appointments.takesAppointments
export const NotedAppointment = appointments.NotedAppointment
export type NotedAppointment = appointments.NotedAppointment
export const generateActivities = generate.generateActivities

/** Whether it is a type in use that the actor sees and that steps may leave (A-S14). */
export async function isTypeForOperations(db: Database, actor: Actor, id: number) {
  const seen = await types(db, actor)
  return seen.some((type) => type.id === id && type.isActive && type.inCampaigns)
}

/** Bytes of a message that is kept at most; a larger one is noted as sent without its copy. */
const largestCopy = 5 * 2 ** 20

/**
 * Keeps messages as they leave, in the transaction that notes that they were submitted (L-10). Whoever sends asks for it
 * only for steps that make activities and attach messages to them. A message is kept once.
 */
export const attachMessages = (db: Database, copies: readonly generated.Copy[]) =>
  generated.keepCopies(
    db,
    copies.filter(({ eml }) => eml.length <= largestCopy),
    false,
  )

export const attachMessage = (db: Database, copy: generated.Copy) => attachMessages(db, [copy])
