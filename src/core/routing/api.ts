import { z } from 'zod'
import { StatusMeaning } from '../campaigns/status.ts'
import { endpoint } from '../kernel/endpoint.ts'
import { Problem } from '../kernel/problem.ts'
import { Id, Instant, Locale } from '../kernel/values.ts'
import { Distribution } from '../operations/step.ts'
import { Verdict } from '../segments/api.ts'
import { Condition } from './condition.ts'

const view = 'mailings.view'
const write = 'mailings.write'
const One = z.object({ id: Id })
const Spoken = z.object({ locale: Locale.default('fr') })
const Formula = z.string().max(2_000).default('')
const Conditions = z.array(Condition).max(50)

const FormulaProblem = z.object({
  reason: z.string(),
  /** The first character of it, from 0, and how many. */
  at: z.number().int(),
  length: z.number().int(),
  text: z.string(),
  hint: z.string(),
})

const Said = z.object({
  /** Each condition as a clause, in their order. */
  sentences: z.array(z.string()),
  /** Who enters the step, in one sentence; empty while the formula cannot be read. */
  sentence: z.string(),
})

export const StepConditions = Said.extend({
  version: z.number().int(),
  formula: z.string(),
  conditions: Conditions,
  distribution: Distribution,
  /** Why the conditions could not be asked when people were last distributed without anybody's hand. */
  distributionProblem: Problem.nullable(),
  /** The step that people come from. */
  origin: z.object({ id: Id, label: z.string() }).nullable(),
})
export type StepConditions = z.infer<typeof StepConditions>

export const getConditions = endpoint('GET', '/api/steps/:id/conditions', {
  may: view,
  summary: 'What people must meet to enter a step, with its sentences',
  input: One.extend(Spoken.shape),
  output: StepConditions,
})

export const saveConditions = endpoint('PUT', '/api/steps/:id/conditions', {
  may: write,
  summary:
    'Save the conditions and the formula of a step as a whole; refused with place and hint when the formula cannot be read',
  input: One.extend({
    ...Spoken.shape,
    /** Of the step, as it was read. */
    version: z.number().int().positive(),
    conditions: Conditions,
    formula: Formula,
    /** Unchanged when left out. */
    distribution: Distribution.optional(),
  }),
  output: StepConditions,
})

export const checkConditions = endpoint('POST', '/api/steps/:id/conditions/check', {
  may: view,
  summary: 'Conditions and a formula as they are typed: their sentences, and what is wrong where',
  input: One.extend({ ...Spoken.shape, conditions: Conditions, formula: Formula }),
  output: Said.extend({ problem: FormulaProblem.nullable() }),
  asks: true,
})

/** People of one step for another one. */
export const Flow = z.object({
  fromStepId: Id,
  toStepId: Id,
  label: z.string(),
  distribution: Distribution,
  delayMinutes: z.number().int(),
  hasConditions: z.boolean(),
  /** Linked people of the origin whose status and answers let them go on to this step. */
  proposed: z.number().int(),
  /** Those of them who are there already, of a kind that is not targeted, or who were contacted elsewhere. */
  present: z.number().int(),
  wrongKind: z.number().int(),
  contacted: z.number().int(),
  /** Those who would enter now. */
  entering: z.number().int(),
})
export type Flow = z.infer<typeof Flow>

export const forecastDistribution = endpoint('GET', '/api/steps/:id/distribution', {
  may: view,
  summary:
    'Who would move where: from the step into those that follow it, and from its origin into itself',
  input: One,
  output: z.array(Flow),
})

const Moved = z.object({ stepId: Id, label: z.string(), added: z.number().int() })
export type Moved = z.infer<typeof Moved>

/** What a job of distribution leaves: the steps that it has done of all that were asked for, also when it was stopped. */
export const Distributed = z.object({ stepId: Id, steps: z.array(Moved), of: z.number().int() })

export const distributeStep = endpoint('POST', '/api/steps/:id/distribute', {
  may: write,
  summary:
    'Distribute people (“Répartir les tiers”): from the step into those that follow it, or from its origin into itself; repeating it moves nobody twice. Many are a job',
  input: One.extend({
    /** The step itself or steps that follow it; all that follow when left out. */
    stepIds: z.array(Id).max(200).optional(),
  }),
  /** Where there are many people to look at, a job does it, and its result says who went where. */
  output: z.object({ steps: z.array(Moved).nullable(), jobId: Id.nullable() }),
})

/** Why somebody is in a step or not; the first of them that applies. */
export const Reason = z.enum([
  'entered',
  'added',
  'unlinked',
  'kept-out',
  'would-enter',
  'no-origin',
  'not-in-origin',
  'origin-unlinked',
  'status-waits',
  'status-stops',
  'formula',
  'wrong-kind',
  'already-contacted',
  'deleted',
  'no-contact',
])
export type Reason = z.infer<typeof Reason>

export const Entry = z.object({
  reason: Reason,
  isIn: z.boolean(),
  enteredAt: Instant.nullable(),
  /** Not to be reached before. */
  availableAt: Instant.nullable(),
  status: z.object({ code: z.string(), label: z.string() }).nullable(),
  /** The step that people come from, and where this person stands there. */
  origin: z
    .object({
      stepId: Id,
      label: z.string(),
      status: z.string().nullable(),
      meaning: StatusMeaning.nullable(),
    })
    .nullable(),
  /** The organisation for which the person is reached. */
  organisation: z.object({ id: Id, label: z.string() }).nullable(),
  conditions: z.array(
    z.object({
      code: z.string(),
      holds: z.boolean(),
      text: z.string(),
      /** What the person has there; for a contact also what the organisation has. */
      value: z.string(),
      /** Of a segment, what is within. */
      parts: z.array(Verdict),
    }),
  ),
  formula: z.string(),
  sentence: z.string(),
  formulaHolds: z.boolean(),
})
export type Entry = z.infer<typeof Entry>

export const explainEntry = endpoint('GET', '/api/steps/:id/entry/:partyId', {
  may: view,
  summary: 'Why is this person in the step, or why not',
  input: One.extend({ ...Spoken.shape, partyId: Id }),
  output: Entry,
})
