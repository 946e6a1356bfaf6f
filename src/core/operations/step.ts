/** A step of an operation: what its type asks for, where its people come from, what it leaves behind. */
import { z } from 'zod'
import { StatusCode } from '../campaigns/status.ts'
import {
  type FieldUse,
  messageChannelOf,
  type StepChannel,
  type StepField,
  type StepFields,
  stepFields,
} from '../campaigns/step-type.ts'
import { Id, Instant } from '../kernel/values.ts'

export const Distribution = z.enum(['by-hand', 'after-launch', 'scheduled'])
export type Distribution = z.infer<typeof Distribution>

export const StepParameters = z.object({
  code: z.string().trim().max(40).default(''),
  label: z.string().trim().min(1).max(200),
  /** A line that is not final is a title for the steps below it (D-35). */
  isFinal: z.boolean().default(true),
  parentId: Id.nullable().default(null),
  position: z.number().int().default(0),
  typeCode: z.string().default('email'),
  statusCode: z.string().default('preparing'),
  /** The step that its people come from; null when it begins with its own targets. */
  originId: Id.nullable().default(null),
  delayMinutes: z.number().int().min(0).max(527_040).default(0),
  distribution: Distribution.default('by-hand'),
  formula: z.string().max(2_000).default(''),
  startsAt: Instant.nullable().default(null),
  endsAt: Instant.nullable().default(null),
  doneAt: Instant.nullable().default(null),
  /** What people are given once the step is launched for them (D-104). */
  finalStatus: StatusCode.default('ok-continue'),
  audience: z.enum(['parties', 'contacts']).default('parties'),
  contactFunctions: z.array(z.string().trim().min(1).max(100)).max(50).default([]),
  skipsContacted: z.boolean().default(false),
  activityTypeId: Id.nullable().default(null),
  activityPer: z.enum(['party', 'contact', 'step']).default('contact'),
  activitySubject: z.string().max(500).default(''),
  activityText: z.string().max(10_000).default(''),
  activityOwnerId: z.string().max(100).nullable().default(null),
  /** Recorded as completed at once, so absent from the to-do list (A-S13). */
  activityIsDone: z.boolean().default(false),
  /** Days from the launch to the day the activity is due. */
  activityDueDays: z.number().int().min(0).max(3_660).default(0),
  attachesMessage: z.boolean().default(true),
  questionnaireId: Id.nullable().default(null),
  questionId: Id.nullable().default(null),
  /** The sending profile; the type's or the default one when null. */
  relayId: Id.nullable().default(null),
  script: z.string().max(20_000).default(''),
  documentId: z.uuid().nullable().default(null),
  isTemplate: z.boolean().default(false),
})
export type StepParameters = z.infer<typeof StepParameters>

export type FieldValues = Pick<
  StepParameters,
  'startsAt' | 'doneAt' | 'activityTypeId' | 'questionnaireId' | 'questionId' | 'documentId'
> & { attachments: number }

const isFilled: Record<StepField, (step: FieldValues) => boolean> = {
  period: (step) => step.startsAt !== null,
  completion: (step) => step.doneAt !== null,
  activity: (step) => step.activityTypeId !== null,
  questionnaire: (step) => step.questionnaireId !== null,
  item: (step) => step.questionId !== null,
  document: (step) => step.documentId !== null,
  attachment: (step) => step.attachments > 0,
}

/** Whom a step of this channel reaches whatever else it says: a “phoning contact” calls contacts (D-72). */
export const audienceFixedBy = (channel: StepChannel): 'contacts' | null =>
  channel === 'phoning-contact' ? 'contacts' : null

/** Mandatory fields without a value, and unused ones with one. The completion date is asked for at the end only. */
export function fieldProblems(
  step: FieldValues,
  fields: StepFields,
): { field: StepField; problem: Exclude<FieldUse, 'optional'> }[] {
  return (Object.keys(isFilled) as StepField[]).flatMap((field) => {
    const use = fields[field]
    if (use === 'optional' || field === 'completion') return []
    const wrong = (use === 'mandatory') !== isFilled[field](step)
    return wrong ? [{ field, problem: use }] : []
  })
}

/** What keeps a step from being launched: a mandatory field without a value, or nothing to send. */
export const StepProblem = z.object({
  reason: z.enum(['mandatory', 'no-message']),
  field: z.enum(stepFields).nullable(),
})
export type StepProblem = z.infer<typeof StepProblem>

export function stepProblems(
  step: FieldValues & { isFinal: boolean; contents: number },
  type: { channel: StepChannel; fields: StepFields },
): StepProblem[] {
  if (!step.isFinal) return []
  const missing = fieldProblems(step, type.fields)
    .filter(({ problem }) => problem === 'mandatory')
    .map(({ field }) => ({ reason: 'mandatory' as const, field }))
  const isMute = messageChannelOf(type.channel) !== null && step.contents === 0
  return isMute ? [...missing, { reason: 'no-message', field: null }] : missing
}

/** The step without the values that its (new) type does not use. Attachments are files of their own. */
export function withoutUnused<
  T extends Omit<FieldValues, 'attachments'> & { endsAt: string | null },
>(step: T, fields: StepFields): T {
  const kept = { ...step }
  if (fields.period === 'unused') Object.assign(kept, { startsAt: null, endsAt: null })
  if (fields.completion === 'unused') kept.doneAt = null
  if (fields.activity === 'unused') kept.activityTypeId = null
  if (fields.questionnaire === 'unused') kept.questionnaireId = null
  if (fields.item === 'unused') kept.questionId = null
  if (fields.document === 'unused') kept.documentId = null
  return kept
}

type Linked = { id: number; originId: number | null; parentId: number | null }

/** Whether following `link` from a step comes back to it: such a step would wait for itself. */
export function isCyclic(steps: readonly Linked[], link: 'originId' | 'parentId'): boolean {
  const next = new Map(steps.map((step) => [step.id, step[link]]))
  return steps.some((step) => {
    let at = next.get(step.id) ?? null
    for (let walked = 0; at !== null && walked <= steps.length; walked += 1) {
      if (at === step.id) return true
      at = next.get(at) ?? null
    }
    return false
  })
}
