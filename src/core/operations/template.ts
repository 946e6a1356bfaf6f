/** Loading a template into what is there: which fields would change, and only those that were chosen do. */
import { z } from 'zod'
import { isSame } from './merge.ts'
import type { OperationDraft } from './operation.ts'
import type { StepParameters } from './step.ts'

/** What an operation takes over from a template: not its place in the tree, its state or its progress. */
export const HeaderField = z.enum([
  'label',
  'code',
  'typeId',
  'familyId',
  'keyId',
  'startsAt',
  'endsAt',
  'outsideDates',
  'kinds',
  'ownerId',
  'place',
  'objective',
  'notes',
  'costs',
] satisfies (keyof OperationDraft)[])
export type HeaderField = z.infer<typeof HeaderField>

/** What a step takes over: not its place, its origin or its conditions, which are about other steps. */
export const StepTemplateField = z.enum([
  'label',
  'code',
  'typeCode',
  'delayMinutes',
  'distribution',
  'startsAt',
  'endsAt',
  'finalStatus',
  'audience',
  'contactFunctions',
  'skipsContacted',
  'activityTypeId',
  'activityPer',
  'activitySubject',
  'activityText',
  'activityOwnerId',
  'activityIsDone',
  'activityDueDays',
  'attachesMessage',
  'questionnaireId',
  'questionId',
  'relayId',
  'script',
  'documentId',
] satisfies (keyof StepParameters)[])
export type StepTemplateField = z.infer<typeof StepTemplateField>

export type Difference<T> = { field: keyof T & string; before: unknown; after: unknown }

/** The fields in which a template says something else; none when it says the same. */
export function differences<T extends object>(
  now: T,
  template: T,
  fields: readonly (keyof T & string)[],
): Difference<T>[] {
  return fields.flatMap((field) =>
    isSame(now[field], template[field])
      ? []
      : [{ field, before: now[field], after: template[field] }],
  )
}

/** What is there with the chosen fields as the template has them, and every other one as it was. */
export function applyTemplate<T extends object>(
  now: T,
  template: T,
  chosen: readonly (keyof T & string)[],
): T {
  return { ...now, ...Object.fromEntries(chosen.map((field) => [field, template[field]])) }
}

const day = 86_400_000

/** The same time of day some days later, by the clock of UTC. */
export const shiftDays = (instant: string, days: number): string =>
  new Date(Date.parse(instant) + days * day).toISOString()

/** Whole days from one instant to another, rounded. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / day)
