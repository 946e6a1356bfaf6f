import { z } from 'zod'
import { Done, endpoint } from '../kernel/endpoint.ts'
import { Currency, Id, Locale, Slice } from '../kernel/values.ts'
import { questionKinds } from '../questionnaires/question.ts'
import { Criteria } from './criteria.ts'
import { Segment, SegmentDraft } from './segment.ts'
import { Selection } from './selection.ts'

const Count = z.int().nonnegative()

const Counters = z.object({
  total: Count,
  selected: Count,
  withEmail: Count,
  withMobile: Count,
  leftOut: Count,
  operations: z.array(z.object({ named: Count, changed: Count })),
  /** What is counted, in the language asked for. */
  sentence: z.string(),
})
export type CountersView = z.infer<typeof Counters>

/** The columns of P-32. */
const PersonRow = z.object({
  id: Id,
  lastName: z.string(),
  firstName: z.string(),
  company: z.string(),
  email: z.string(),
  mobile: z.string(),
  phone: z.string(),
  postalCode: z.string(),
  city: z.string(),
})
export type PersonRow = z.infer<typeof PersonRow>

export const Verdict = z.object({
  holds: z.boolean(),
  text: z.string(),
  value: z.string(),
  depth: Count,
  join: z.enum(['all', 'any']).nullable(),
  not: z.boolean(),
})

export const SegmentView = Segment.extend({
  sentence: z.string(),
  usedBy: z.array(
    z.object({
      kind: z.enum(['segment', 'questionnaire', 'mailing', 'step']),
      id: Id,
      label: z.string(),
    }),
  ),
})
export type SegmentView = z.infer<typeof SegmentView>

const Spoken = z.object({ locale: Locale.default('fr') })

export const listSegments = endpoint('GET', '/api/segments', {
  may: 'customers.view',
  summary: 'The saved segments by name, each as a sentence and with its uses',
  input: Spoken,
  output: z.array(SegmentView),
})

export const getSegment = endpoint('GET', '/api/segments/:id', {
  may: 'customers.view',
  summary: 'One saved segment',
  input: Spoken.extend({ id: Id }),
  output: SegmentView,
})

export const createSegment = endpoint('POST', '/api/segments', {
  may: 'customers.write',
  summary: 'Save criteria under a name',
  input: SegmentDraft,
  output: Segment,
})

export const updateSegment = endpoint('PUT', '/api/segments/:id', {
  may: 'customers.write',
  summary: 'Change a segment; `version` is the one that was read, so that nobody’s change is lost',
  input: SegmentDraft.extend({ id: Id, version: z.int().positive() }),
  output: Segment,
})

export const deleteSegment = endpoint('DELETE', '/api/segments/:id', {
  may: 'customers.write',
  summary: 'Delete a segment that nothing uses',
  input: z.object({ id: Id }),
  output: Done,
})

export const countCriteria = endpoint('POST', '/api/segments/count', {
  may: 'customers.view',
  summary:
    'The four counters of criteria and their sentence; `selected` and `leftOut` make up who matches',
  input: Spoken.extend({ criteria: Criteria }),
  output: Counters,
  asks: true,
})

export const listCriteriaPeople = endpoint('POST', '/api/segments/people', {
  may: 'customers.view',
  summary: 'The people that criteria match, by name',
  input: Slice.extend({ criteria: Criteria }),
  output: z.array(PersonRow),
  asks: true,
})

export const explainPeople = endpoint('POST', '/api/segments/explain', {
  may: 'customers.view',
  summary:
    'Why people are in or not, criterion by criterion; without `ids` a sample of five who are in',
  input: Spoken.extend({ criteria: Criteria, ids: z.array(Id).min(1).max(20).optional() }),
  output: z.array(z.object({ person: PersonRow, isIn: z.boolean(), verdicts: z.array(Verdict) })),
  asks: true,
})

export const countSelection = endpoint('POST', '/api/selections/count', {
  may: 'mailings.view',
  summary: 'The four counters of a selection, what each operation changes, and its sentence',
  input: Spoken.extend({ selection: Selection }),
  output: Counters,
  asks: true,
})

export const listSelectionPeople = endpoint('POST', '/api/selections/people', {
  may: 'mailings.view',
  summary: 'The people selected, by name',
  input: Slice.extend({ selection: Selection }),
  output: z.array(PersonRow),
  asks: true,
})

/** What tells one person from another while picking by hand, and nothing more of the card. */
export const Candidate = PersonRow.pick({
  id: true,
  lastName: true,
  firstName: true,
  company: true,
  email: true,
  postalCode: true,
  city: true,
})
export type Candidate = z.infer<typeof Candidate>

export const findCandidates = endpoint('POST', '/api/selections/candidates', {
  may: 'mailings.view',
  summary: 'People to pick by hand: the first twenty that a search finds, or those with these ids',
  input: z.object({
    search: z.string().trim().max(200).default(''),
    ids: z.array(Id).max(500).optional(),
  }),
  output: z.array(Candidate),
  asks: true,
})

export const countStages = endpoint('POST', '/api/segments/stages', {
  may: 'signed-in',
  summary:
    'How many people are left after each criterion of the outermost group; takes customers.view or mailings.view',
  input: z.object({ criteria: Criteria }),
  output: z.object({
    /** One figure per criterion, in order; those who do not wish to be contacted are among them. */
    left: z.array(Count),
  }),
  asks: true,
})

const Named = z.object({ id: Id, label: z.string() })

const CustomFieldLabels = z.object({
  key: z.string(),
  label: z.string(),
  type: z.string(),
  options: z.array(z.object({ value: z.string(), label: z.string() })),
})

/** What criteria can name, for the pickers. */
export const Dictionary = z.object({
  stores: z.array(Named),
  categories: z.array(Named),
  cardTypes: z.array(Named),
  departments: z.array(Named),
  tags: z.array(Named),
  lists: z.array(Named),
  segments: z.array(Named),
  mailings: z.array(Named),
  kinds: z.array(z.object({ code: z.string(), label: z.string() })),
  /** How many cards there are of each kind that has one: what « everybody » is made of. */
  questions: z.array(
    z.object({
      id: Id,
      label: z.string(),
      kind: z.enum(questionKinds),
      choices: z.array(z.object({ code: z.string(), label: z.string() })),
    }),
  ),
  /** Of operations and mailings, the latest; `campaign` is what the step belongs to. */
  steps: z.array(Named.extend({ campaign: z.string() })),
  /** The latest. */
  operations: z.array(Named),
  /** Of targets. */
  statuses: z.array(z.object({ code: z.string(), label: z.string() })),
  /** Where steps and operations can stand. */
  states: z.array(
    z.object({ entity: z.enum(['step', 'operation']), code: z.string(), label: z.string() }),
  ),
  kindCounts: z.array(z.object({ code: z.string(), people: Count })),
  countries: z.array(z.string()),
  languages: z.array(z.string()),
  currencies: z.array(Currency),
  customFields: z.array(CustomFieldLabels),
  /** Of activities, those that the caller may see. */
  activityTypes: z.array(Named.extend({ customFields: z.array(CustomFieldLabels) })),
})
export type Dictionary = z.infer<typeof Dictionary>

export const getDictionary = endpoint('GET', '/api/segments/dictionary', {
  may: 'signed-in',
  summary:
    'Everything criteria can name but articles, with labels; takes customers.view or mailings.view',
  input: Spoken,
  output: Dictionary,
})

export const findArticles = endpoint('POST', '/api/segments/articles', {
  may: 'signed-in',
  summary:
    'Articles by a part of their code or label, or by number; at most 50; takes customers.view or mailings.view',
  input: z.object({
    search: z.string().max(100).default(''),
    ids: z.array(Id).max(500).optional(),
  }),
  output: z.array(Named),
  asks: true,
})
