import { z } from 'zod'
import { StatusCode } from '../campaigns/status.ts'
import { Bytes, Done, endpoint } from '../kernel/endpoint.ts'
import { Id, Instant, Locale, Slice } from '../kernel/values.ts'
import { StatusCounts } from '../operations/operation.ts'
import { FileReport } from './file.ts'
import { Proposal, SelectionSource, TargetSource } from './source.ts'
import {
  FormerStatus,
  TargetFilter,
  TargetOrder,
  TargetPage,
  TargetPeople,
  TargetRow,
} from './target.ts'

const view = 'mailings.view'
const write = 'mailings.write'
const Step = z.object({ id: Id })
const Count = z.number().int().nonnegative()

export const listTargets = endpoint('GET', '/api/steps/:id/targets', {
  may: view,
  summary:
    'A slice of the people of a step, contacts below their organisation; in the order kept for the operation unless another is asked for',
  input: TargetPage.extend(Step.shape),
  output: z.object({ rows: z.array(TargetRow), ...TargetOrder.shape }),
})
export const countTargets = endpoint('GET', '/api/steps/:id/targets/count', {
  may: view,
  summary: 'How many people the table shows, and how many of the step stand where',
  input: TargetFilter.extend(Step.shape),
  output: z.object({ rows: Count, people: Count, statuses: StatusCounts, unlinked: Count }),
})
export const keepTargetOrder = endpoint('PUT', '/api/operations/:id/target-order', {
  may: view,
  summary: 'The order of the people’s table of an operation, kept for everybody (D-102)',
  input: TargetOrder.extend({ id: Id }),
  output: Done,
})

export const listContactFunctions = endpoint('GET', '/api/contact-functions', {
  may: view,
  summary: 'What contacts do at their organisations, each with how many do',
  input: z.object({}),
  output: z.array(z.object({ label: z.string(), people: Count })),
})

export const proposeTargets = endpoint('POST', '/api/steps/:id/targets/propose', {
  may: view,
  summary: 'What adding these people would do: who is new, who is there, who stays out and why',
  input: z.object({ id: Id, source: TargetSource }),
  output: Proposal,
  asks: true,
})
/** `batch` marks the added; a large addition is a job, which then knows how many there were. */
const Addition = z.object({ added: Count.nullable(), batch: Id, jobId: Id.nullable() })
export type Addition = z.infer<typeof Addition>
export const addTargets = endpoint('POST', '/api/steps/:id/targets', {
  may: write,
  summary: 'Add who is absent and of a kind that the operation targets (D-100), frozen as of now',
  input: z.object({ id: Id, source: TargetSource }),
  output: Addition,
})

export const checkTargetFile = endpoint('POST', '/api/steps/:id/target-files', {
  may: write,
  summary:
    'Bring a file of codes (FICHE, TIERS, CONTACT): the body is its bytes, CSV or XLSX. Reports, and adds nobody yet',
  input: Step.extend({ name: z.string().trim().min(1).max(255) }),
  output: FileReport,
})
export const downloadTargetReport = endpoint('GET', '/api/steps/:id/target-files/:fileId/report', {
  may: write,
  summary: 'Every line of the file that brings nobody, with the reason, as CSV',
  input: Step.extend({ fileId: z.uuid(), locale: Locale.default('fr') }),
  output: Bytes,
})

const Kept = z.object({
  id: Id,
  source: SelectionSource,
  sentence: z.string(),
  batch: Id,
  addedAt: Instant,
  addedBy: z.string(),
  refreshedAt: Instant.nullable(),
})
export type KeptSelection = z.infer<typeof Kept>
export const listStepSelections = endpoint('GET', '/api/steps/:id/selections', {
  may: view,
  summary: 'The selections that were added to a step, each as a sentence',
  input: Step.extend({ locale: Locale.default('fr') }),
  output: z.array(Kept),
})
export const dropStepSelection = endpoint('DELETE', '/api/steps/:id/selections/:selectionId', {
  may: write,
  summary:
    'Let a selection go: refreshes no longer ask it, and the people whom it brought stay as if added one by one',
  input: Step.extend({ selectionId: Id }),
  output: Done,
})
export const previewRefresh = endpoint('GET', '/api/steps/:id/refresh', {
  may: view,
  summary:
    'Whom the kept selections would bring in now, and who no longer meets them; who was reached stays (L-18)',
  input: Step,
  output: z.object({ enter: Count, leave: Count, stay: Count }),
})
const RefreshSide = z.enum(['enter', 'leave', 'stay'])
export type RefreshSide = z.infer<typeof RefreshSide>
const Person = TargetRow.pick({
  partyId: true,
  code: true,
  lastName: true,
  firstName: true,
  company: true,
  nature: true,
  city: true,
})
export type RefreshPerson = z.infer<typeof Person>
export const listRefresh = endpoint('GET', '/api/steps/:id/refresh/people', {
  may: view,
  summary:
    'The people whom a refresh would bring in, take out or leave although they no longer fit',
  input: Slice.extend({ id: Id, side: RefreshSide }),
  output: z.array(Person),
})
/** A large refresh is a job, which then knows how many there were. */
const Refreshed = z.object({
  entered: Count.nullable(),
  left: Count.nullable(),
  batch: Id,
  jobId: Id.nullable(),
})
export type Refreshed = z.infer<typeof Refreshed>
export const refreshTargets = endpoint('POST', '/api/steps/:id/refresh', {
  may: write,
  summary: 'Bring in who now fits, take out who no longer does and was never reached',
  input: z.object({ id: Id, enter: z.boolean(), leave: z.boolean() }),
  output: Refreshed,
})

/** `left`: people still to do; nobody left asks whether the step is finished (D-106). */
const Change = z.object({ changed: Count.nullable(), left: Count, jobId: Id.nullable() })
export const setTargetStatus = endpoint('POST', '/api/steps/:id/targets/status', {
  may: write,
  summary: 'Give people a status; an organisation gives it to its contacts. Many are a job',
  input: z.object({ id: Id, people: TargetPeople, status: StatusCode }),
  output: Change.extend({ before: z.array(FormerStatus) }),
})
export const restoreTargetStatus = endpoint('POST', '/api/steps/:id/targets/restore', {
  may: write,
  summary:
    'Take a change of status back, and out of the steps that follow whom it had let on and nobody has reached there',
  input: z.object({
    id: Id,
    status: StatusCode.describe('What they were given: who has another one since keeps it'),
    before: z.array(FormerStatus).min(1).max(10_000),
  }),
  output: Change.extend({
    /** Those whom the status had let on into following steps: who left these, and who stays since reached there. */
    onward: z.object({ left: Count, stayed: Count }),
  }),
})
export const linkTargets = endpoint('POST', '/api/steps/:id/targets/link', {
  may: write,
  summary: 'Take people out of the step, or back in; their line stays (A-S12)',
  input: z.object({ id: Id, people: TargetPeople, linked: z.boolean() }),
  output: Change,
})
export const removeTargets = endpoint('POST', '/api/steps/:id/targets/remove', {
  may: write,
  summary: 'Remove the lines of people who were never reached; the others stay',
  input: z.object({ id: Id, people: TargetPeople }),
  output: Change.extend({ kept: Count }),
})
