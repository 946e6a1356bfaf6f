/** A segment: criteria with a name, evaluated whenever it is used. */
import { z } from 'zod'
import { Id, Instant } from '../kernel/values.ts'
import { Criteria, type CriteriaNode, criteriaOf } from './criteria.ts'
import type { Selection } from './selection.ts'

export const SegmentDraft = z.object({
  name: z.string().trim().min(1).max(100),
  criteria: Criteria,
})
export type SegmentDraft = z.infer<typeof SegmentDraft>

export const Segment = SegmentDraft.extend({
  id: Id,
  version: z.int().positive(),
  createdAt: Instant,
  updatedAt: Instant,
})
export type Segment = z.infer<typeof Segment>

/** The saved segments that criteria name, once each. */
export const segmentsNamed = (root: CriteriaNode): number[] => [
  ...new Set(criteriaOf(root).flatMap((c) => (c.kind === 'segment' ? [c.segmentId] : []))),
]

/** The steps that criteria name themselves, once each; those of segments within are the segments' own. */
export const stepsNamed = (root: CriteriaNode): number[] => [
  ...new Set(criteriaOf(root).flatMap((c) => ('stepId' in c ? [c.stepId] : []))),
]

/** Of those, the steps whose people are asked about; where a step stands does not depend on who is in it. */
export const stepsAsked = (root: CriteriaNode): number[] => [
  ...new Set(
    criteriaOf(root).flatMap((c) => ('stepId' in c && c.kind !== 'step-state' ? [c.stepId] : [])),
  ),
]

/** The mailings and operations that criteria name themselves, once each. */
export const campaignsAsked = (root: CriteriaNode): number[] => [
  ...new Set(criteriaOf(root).flatMap((c) => ('campaignId' in c ? [c.campaignId] : []))),
]

/** The types of activity that criteria name themselves. */
export const activityTypesNamed = (root: CriteriaNode): number[] =>
  criteriaOf(root).flatMap((c) => (c.kind === 'activity' ? c.activityTypeIds : []))

/** The mailings that a selection names, in its operations and in their criteria. */
export const campaignsNamed = (selection: Selection): number[] => [
  ...selection.operations.flatMap(({ source }) =>
    source.kind === 'mailing' ? [source.campaignId] : [],
  ),
  ...treesOf(selection).flatMap(campaignsAsked),
]

/** Every criteria tree inside a selection. */
export const treesOf = ({ operations }: Selection): CriteriaNode[] =>
  operations.flatMap(({ source }): CriteriaNode[] => {
    if (source.kind === 'criteria') return [source.criteria.root]
    if (source.kind !== 'segment') return []
    return [{ kind: 'segment', segmentId: source.segmentId, is: true }]
  })
