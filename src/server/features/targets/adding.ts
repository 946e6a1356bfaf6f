/** People come into a step: by selections, from other steps, by files; refreshed when asked. */
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { assertNever } from '#core/kernel/assert-never.ts'
import type { Locale } from '#core/kernel/values.ts'
import type { RefreshSide } from '#core/targets/api.ts'
import type { Proposal, TargetSource } from '#core/targets/source.ts'
import type { Database } from '#platform/db/database.ts'
import { audit } from '../access/service.ts'
import { companyDay } from '../company/service.ts'
import { ensureNamed, selectedIds, sentenceOf } from '../segments/service.ts'
import type { Brought } from './addition-queries.ts'
import { admit, type Candidates, propose } from './admit-queries.ts'
import * as files from './file-queries.ts'
import * as sources from './source-queries.ts'
import { findStep, type Step } from './step-queries.ts'

export const notFound = () =>
  new AppError('not-found', 'targets/not-found', 'There is no such step, or not any more.')

/** A step that people can be in: not a title. */
export async function stepFor(db: Database, id: number): Promise<Step> {
  const step = await findStep(db, id)
  if (!step?.isFinal) throw notFound()
  return step
}

async function candidatesOf(
  db: Database,
  { stepId, source, now }: { stepId: number; source: TargetSource; now: Date },
): Promise<Candidates> {
  switch (source.kind) {
    case 'selection':
      return sources.bySelection(await selectedIds(db, source.selection, now), source)
    case 'step':
      if (!(await files.stepIsThere(db, source.stepId))) throw notFound()
      return sources.byStep(source)
    case 'file':
      if (!(await files.find(db, stepId, source.fileId))) throw notFound()
      return files.byFile(source.fileId)
    default:
      return assertNever(source)
  }
}

export type Asked = { stepId: number; source: TargetSource; now: Date }

export async function proposeTargets(db: Database, asked: Asked): Promise<Proposal> {
  await stepFor(db, asked.stepId)
  return propose(db, await candidatesOf(db, asked), asked.stepId)
}

export async function refuseAgain(db: Database, { stepId, source }: Asked): Promise<void> {
  if (source.kind !== 'selection') return
  const before = await sources.addedBefore(db, stepId, source)
  if (before === undefined) return
  throw new AppError(
    'conflict',
    'targets/selection-added',
    'This selection is in the step already; refresh it to see who would enter or leave.',
    { details: { day: await companyDay(db, new Date(before)) } },
  )
}

/** The addition itself, in one transaction; nothing when the same selection was added meanwhile. */
export async function addNow(
  db: Database,
  actor: Pick<Actor, 'id' | 'name'>,
  { batch, ...asked }: Asked & { batch: number },
): Promise<number> {
  const { stepId, source, now } = asked
  const step = await stepFor(db, stepId)
  if (source.kind === 'selection') {
    await ensureNamed(db, source.selection)
    const by = { source, batch, now, by: actor.name }
    if (!(await sources.keep(db, stepId, by))) return 0
  }
  const originStepId = source.kind === 'step' ? source.stepId : null
  const candidates = await candidatesOf(db, asked)
  const { added } = await admit(db, candidates, { stepId, now, originStepId, batch })
  if (source.kind === 'file') await files.forget(db, source.fileId)
  await audit(db, actor, 'targets/add', step.campaign, {
    stepId,
    step: step.label,
    by: source.kind,
    added,
  })
  return added
}

export async function listSelections(
  db: Database,
  stepId: number,
  telling: { locale: Locale; actor: Actor },
) {
  await stepFor(db, stepId)
  const kept = await sources.selectionsOf(db, stepId)
  return Promise.all(
    kept.map(async (one) => ({
      ...one,
      sentence: await sentenceOf(db, one.source.selection, telling),
    })),
  )
}

/** Whom the kept selections mean now, all together. */
async function meantNow(db: Database, stepId: number, now: Date): Promise<Candidates> {
  await stepFor(db, stepId)
  const kept = await sources.selectionsOf(db, stepId)
  if (kept.length === 0) {
    throw new AppError('conflict', 'targets/no-selection', 'The step has no selection to refresh.')
  }
  const all: Candidates[] = []
  for (const { source } of kept) all.push(await candidatesOf(db, { stepId, source, now }))
  return sources.together(all)
}

export const previewRefresh = async (db: Database, stepId: number, now: Date) =>
  sources.countSides(db, await meantNow(db, stepId, now), stepId)

export const listRefresh = async (
  db: Database,
  slice: { stepId: number; side: RefreshSide; offset: number; limit: number },
  now: Date,
) => sources.listSide(db, await meantNow(db, slice.stepId, now), slice)

type Refresh = { stepId: number; enter: boolean; leave: boolean; batch: number; now: Date }

/** First those who leave: an organisation whose last contact goes may come back with another one. */
export async function refreshNow(
  db: Database,
  actor: Pick<Actor, 'id' | 'name'>,
  { stepId, enter, leave, batch, now }: Refresh,
): Promise<Brought> {
  const step = await stepFor(db, stepId)
  const candidates = await meantNow(db, stepId, now)
  const removed = leave ? await sources.leave(db, candidates, stepId) : 0
  const { added } = enter ? await admit(db, candidates, { stepId, now, batch }) : { added: 0 }
  await sources.markRefreshed(db, stepId, { now, batch: enter ? batch : null })
  await audit(db, actor, 'targets/refresh', step.campaign, {
    stepId,
    entered: added,
    left: removed,
  })
  return { added, removed }
}

/** A selection that brings nobody any more, as when it names something that is gone. */
export async function dropSelection(
  db: Database,
  actor: Pick<Actor, 'id' | 'name'>,
  { stepId, selectionId }: { stepId: number; selectionId: number },
): Promise<void> {
  const step = await stepFor(db, stepId)
  if (!(await sources.dropSelection(db, stepId, selectionId))) throw noSelection()
  await audit(db, actor, 'targets/drop-selection', step.campaign, { stepId, step: step.label })
}

const noSelection = () =>
  new AppError('not-found', 'targets/selection-gone', 'The step has no such selection any more.')
