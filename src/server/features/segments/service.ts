/**
 * Segments and selections: who is meant. Mailings count, list and freeze their selection through here;
 * the customer list narrows itself by criteria with `filterParties`.
 */
import { z } from 'zod'
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { CountersView } from '#core/segments/api.ts'
import { Criteria } from '#core/segments/criteria.ts'
import { describeCriteria, describeSelection } from '#core/segments/describe.ts'
import { explain } from '#core/segments/explain.ts'
import {
  activityTypesNamed,
  campaignsNamed,
  type Segment,
  type SegmentDraft,
  stepsNamed,
  treesOf,
} from '#core/segments/segment.ts'
import type { Selection } from '#core/segments/selection.ts'
import { type Counters, tally } from '#core/segments/tally.ts'
import type { Database } from '#platform/db/database.ts'
import { audit } from '../access/service.ts'
import { searchParties } from '../parties/service.ts'
import { compilationFor, evaluationFor } from './compilation.ts'
import * as conditions from './conditions.ts'
import {
  type Nameable as CriteriaNameable,
  type Place as CriteriaPlace,
  choicesNamed as choices,
  placesNaming as places,
} from './kept-criteria-queries.ts'
import { loadNaming, type Telling } from './naming.ts'
import * as people from './people-queries.ts'
import * as segments from './queries.ts'
import * as selections from './selection-queries.ts'
import { loadSubjects } from './subject-queries.ts'

export const planCriteria = conditions.planCriteria
export const describeCriteriaOf = conditions.describeCriteriaOf
export const explainCriteria = conditions.explainCriteria
export const stepsBehind = conditions.stepsBehind
export const placesNaming = places
export const choicesNamed = choices
export type Place = CriteriaPlace
export type Nameable = CriteriaNameable

/** A selection of exactly the people that criteria match. */
export const matching = (criteria: Criteria, excludeDoNotContact = false): Selection => ({
  version: 1,
  start: 'nobody',
  operations: [{ kind: 'add', source: { kind: 'criteria', criteria } }],
  excludeDoNotContact,
})

/** The counters of P-30 and P-31 and what each operation changes. Throws when a field or segment named is gone. */
export async function countSelection(
  db: Database,
  selection: Selection,
  now: Date,
): Promise<Counters> {
  const on = await compilationFor(db, treesOf(selection), now)
  return tally(selection, await selections.countAlike(db, selection, on))
}

/**
 * A query of one column `id`, everyone selected: to be put into another statement,
 * `` sql`… in (${await selectedIds(db, selection, now)})` ``.
 */
export async function selectedIds(db: Database, selection: Selection, now: Date) {
  return selections.selectedIds(selection, await compilationFor(db, treesOf(selection), now))
}

/** Criteria as a condition on the table `parties`, for the customer list and its bulk work. */
export async function filterParties(db: Database, criteria: unknown, now: Date) {
  const parsed = Criteria.safeParse(criteria)
  if (parsed.success) return selections.isIn(await selectedIds(db, matching(parsed.data), now))
  throw new AppError('invalid', 'segments/invalid-criteria', z.prettifyError(parsed.error))
}

/**
 * Freezes a selection into the targets of a step, in one statement. People who do not wish to be contacted
 * are written with the reason `do-not-contact`; of the others the control group is drawn, always the same
 * for the same step and people, rounded down to whole people.
 */
export async function freezeTargets(
  db: Database,
  stepId: number,
  selection: Selection,
  { now, controlPercent = 0 }: { now: Date; controlPercent?: number },
): Promise<selections.Frozen> {
  const on = await compilationFor(db, treesOf(selection), now)
  return selections.freeze(db, selection, on, { stepId, controlPercent })
}

/** How many people are left after each criterion of the outermost group. */
export async function countStages(db: Database, { root }: Criteria, now: Date) {
  return { left: await selections.countStages(db, root, await compilationFor(db, [root], now)) }
}

/** People to pick by hand: those asked for, in any order, or the first that the search finds. */
export async function findCandidates(
  db: Database,
  { search, ids }: { search: string; ids?: number[] | undefined },
) {
  const wanted = ids ?? (await searchParties(db, search, 20))
  if (wanted.length === 0) return []
  const found = new Map((await people.findPeople(db, wanted)).map((row) => [row.id, row]))
  return wanted.flatMap((id) => found.get(id) ?? [])
}

/** A selection read back as one sentence, as the page shows it. */
export async function sentenceOf(
  db: Database,
  selection: Selection,
  telling: Telling,
): Promise<string> {
  const campaignIds = selection.operations.flatMap(({ source }) =>
    source.kind === 'mailing' ? [source.campaignId] : [],
  )
  const naming = await loadNaming(db, treesOf(selection), { ...telling, campaignIds })
  return describeSelection(selection, telling.locale, naming)
}

export async function viewCounters(
  db: Database,
  selection: Selection,
  { now, ...telling }: Telling & { now: Date },
): Promise<CountersView> {
  const [counters, sentence] = await Promise.all([
    countSelection(db, selection, now),
    sentenceOf(db, selection, telling),
  ])
  return { ...counters, sentence }
}

export async function viewCriteria(
  db: Database,
  criteria: Criteria,
  { now, ...telling }: Telling & { now: Date },
): Promise<CountersView> {
  const [counters, naming] = await Promise.all([
    countSelection(db, matching(criteria, true), now),
    loadNaming(db, [criteria.root], telling),
  ])
  return { ...counters, sentence: describeCriteria(criteria.root, telling.locale, naming) }
}

export async function listSelected(
  db: Database,
  selection: Selection,
  { now, ...slice }: { now: Date; offset: number; limit: number },
) {
  return people.listPeople(db, await selectedIds(db, selection, now), slice)
}

/** Each person with the verdict of every criterion. */
export async function explainPeople(
  db: Database,
  criteria: Criteria,
  { now, ids, ...telling }: Telling & { now: Date; ids: number[] | undefined },
) {
  const on = await evaluationFor(db, [criteria.root], now)
  const asked =
    ids ?? (await people.sampleIds(db, selections.selectedIds(matching(criteria), on), 5))
  if (asked.length === 0) return []
  const subjects = await loadSubjects(db, asked, on.zone)
  const articleIds = subjects.flatMap(({ lines }) => lines.flatMap((l) => l.articleId ?? []))
  const naming = await loadNaming(db, [criteria.root], {
    ...telling,
    articleIds: [...new Set(articleIds)].slice(0, 500),
  })
  const rows = await people.findPeople(db, asked)
  return subjects.flatMap((subject) => {
    const person = rows.find(({ id }) => id === subject.id)
    const verdicts = explain(criteria.root, subject, { ...on, locale: telling.locale, naming })
    return person ? [{ person, isIn: verdicts[0]?.holds ?? false, verdicts }] : []
  })
}

export async function listViews(db: Database, telling: Telling) {
  const [all, uses] = await Promise.all([
    segments.list(db),
    places(db, { keys: telling.actor.keys, locale: telling.locale }, 'segment'),
  ])
  const naming = await loadNaming(
    db,
    all.map(({ criteria }) => criteria.root),
    telling,
  )
  return all.map((segment) => ({
    ...segment,
    sentence: describeCriteria(segment.criteria.root, telling.locale, naming),
    usedBy: uses
      .filter(({ named, isOpen }) => named === String(segment.id) && isOpen)
      .map(({ place, id, label }) => ({ kind: place, id, label })),
  }))
}

export async function getView(db: Database, id: number, telling: Telling) {
  const found = (await listViews(db, telling)).find((segment) => segment.id === id)
  if (!found) throw notFound()
  return found
}

const notFound = () => new AppError('not-found', 'segments/not-found', 'There is no such segment.')

const nameTaken = (name: string) =>
  new AppError('conflict', 'segments/name-taken', `A segment named “${name}” exists.`, {
    details: { name },
  })

type Acting = { actor: Actor; now: Date }

export async function create(
  db: Database,
  draft: SegmentDraft,
  { actor, now }: Acting,
): Promise<Segment> {
  await ensureNamed(db, matching(draft.criteria))
  await ensureCompiles(db, draft.criteria, now)
  const segment = await segments.insert(db, draft, actor.id)
  if (!segment) throw nameTaken(draft.name)
  await audit(db, actor, 'segments/create', segment.name, { id: segment.id })
  return segment
}

export async function update(
  db: Database,
  segment: SegmentDraft & { id: number; version: number },
  { actor, now }: Acting,
): Promise<Segment> {
  const [before] = await segments.findMany(db, [segment.id])
  if (!before) throw notFound()
  await ensureNamed(db, matching(segment.criteria))
  if (await segments.isNameTaken(db, segment.name, segment.id)) throw nameTaken(segment.name)
  const changed = await segments.update(db, segment, now)
  if (!changed) {
    throw new AppError('conflict', 'segments/changed', 'Someone else has changed this segment.')
  }
  // Of the segment as it now is, so that a circle through itself is found; the transaction takes it back.
  await ensureCompiles(db, changed.criteria, now, changed.id)
  await audit(db, actor, 'segments/update', changed.name, { id: changed.id })
  return changed
}

/** The steps with conditions that ask whether somebody is in the segment, by other segments too. */
export async function stepsAsking(db: Database, actor: Actor, segmentId: number) {
  const [segmentIds, stepIds] = [new Set([segmentId]), new Set<number>()]
  let next = [segmentId]
  while (next.length > 0) {
    const found = await places(db, actor, 'segment', next)
    for (const { place, id } of found) if (place === 'step') stepIds.add(id)
    next = found.flatMap(({ place, id }) =>
      place === 'segment' && !segmentIds.has(id) ? [id] : [],
    )
    for (const id of next) segmentIds.add(id)
  }
  return [...stepIds]
}

/**
 * Refuses to keep a selection that names a mailing, a step or a type of activity that is not there: one that is hidden from its
 * editor would be written over and lost.
 */
export async function ensureNamed(db: Database, selection: Selection): Promise<void> {
  const named = {
    campaigns: campaignsNamed(selection),
    steps: treesOf(selection).flatMap(stepsNamed),
    activityTypes: treesOf(selection).flatMap(activityTypesNamed),
  }
  if (await segments.areThere(db, named)) return
  throw new AppError(
    'invalid',
    'segments/gone',
    'It names a mailing, a step or a type of activity that is not there, or not any more.',
  )
}

/** Refuses criteria that name what is not there, or that come round to themselves. */
async function ensureCompiles(db: Database, criteria: Criteria, now: Date, own?: number) {
  const root = own === undefined ? criteria.root : segmentItself(own)
  selections.selectedIds(
    matching({ version: 1, root: { kind: 'group', join: 'all', not: false, of: [root] } }),
    await compilationFor(db, [root], now),
  )
}

const segmentItself = (segmentId: number) => ({ kind: 'segment' as const, segmentId, is: true })

export async function remove(db: Database, id: number, actor: Actor): Promise<void> {
  const [segment] = await segments.findMany(db, [id])
  if (!segment) throw notFound()
  const [use] = await places(db, actor, 'segment', [id])
  if (use) {
    throw new AppError('conflict', 'segments/in-use', `“${use.label}” uses this segment.`, {
      details: { label: use.label },
    })
  }
  await segments.remove(db, id)
  await audit(db, actor, 'segments/delete', segment.name, { id })
}
