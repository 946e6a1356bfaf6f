/** Campaigns and their steps: what may change when, and what delivery and results need of them. */
import { rm } from 'node:fs/promises'
import {
  type CampaignDraft,
  type CampaignView,
  type ContentView,
  isEditable,
  isSending,
  mayBecome,
  type StepState,
} from '#core/campaigns/campaign.ts'
import { type Channel, ContentBody, emptyContent } from '#core/content/content.ts'
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { startOfDay } from '#core/kernel/zone.ts'
import type { FrozenResults } from '#core/results/results.ts'
import { emptySelection, Selection } from '#core/segments/selection.ts'
import type { Database } from '#platform/db/database.ts'
import { filePath } from '#platform/files.ts'
import type { Services } from '#platform/http/app.ts'
import { audit } from '../access/service.ts'
import { companyDay, companyZone } from '../company/service.ts'
import { templateBody } from '../content/service.ts'
import { ensureNamed } from '../segments/service.ts'
import * as attachments from './attachment-queries.ts'
import { groupsOf } from './audience-groups.ts'
import { idsOf } from './audience-queries.ts'
import * as legacy from './legacy-queries.ts'
import * as campaigns from './queries.ts'

const notFound = () =>
  new AppError('not-found', 'campaigns/not-found', 'There is no such mailing, or not any more.')

const changedMeanwhile = () =>
  new AppError(
    'conflict',
    'campaigns/changed-meanwhile',
    'Somebody else changed this meanwhile; nothing of theirs was overwritten.',
  )

export async function getCampaign(db: Database, id: number): Promise<CampaignView> {
  const campaign = await campaigns.find(db, id)
  if (!campaign) throw notFound()
  return campaign
}

/** A campaign in its simple form: a marketing operation has ways of its own. */
async function getMailing(db: Database, id: number): Promise<CampaignView> {
  if (await campaigns.isOperation(db, id)) throw notFound()
  return getCampaign(db, id)
}

export async function createCampaign(
  db: Database,
  actor: Actor,
  draft: CampaignDraft,
): Promise<CampaignView> {
  refuseKeyNotHeld(actor, draft.keyId, null)
  const { id } = await campaigns.insert(db, draft, {
    selection: emptySelection,
    createdBy: actor.id,
  })
  await audit(db, actor, 'mailings/create', draft.label, { campaignId: id })
  return getCampaign(db, id)
}

export async function updateCampaign(
  db: Database,
  actor: Actor,
  change: CampaignDraft & { id: number; version: number },
): Promise<CampaignView> {
  const before = await getMailing(db, change.id)
  refuseWhenClosed(before)
  refuseKeyNotHeld(actor, change.keyId, before.keyId)
  const launched = before.steps.some((step) => !isEditable(step.state))
  if (launched && change.controlPercent !== before.controlPercent) throw alreadyLaunched()
  if (!(await campaigns.update(db, change))) throw changedMeanwhile()
  const { id, keyId = before.keyId } = change
  if (keyId !== before.keyId) {
    await audit(db, actor, 'mailings/confidentiality', change.label, { campaignId: id, keyId })
  }
  return getCampaign(db, change.id)
}

function refuseKeyNotHeld(
  actor: Actor,
  keyId: number | null | undefined,
  before: number | null,
): void {
  if (keyId == null || keyId === before || actor.keys.includes(keyId)) return
  throw new AppError('forbidden', 'campaigns/key-not-held', 'Only who holds a key can use it.')
}

const alreadyLaunched = () =>
  new AppError(
    'conflict',
    'campaigns/already-launched',
    'The mailing is launched: people and messages are fixed. Duplicate it to send something else.',
  )

function refuseWhenClosed({ closedAt }: CampaignView): void {
  if (closedAt === null) return
  throw new AppError('conflict', 'campaigns/closed', 'The mailing is closed; reopen it first.')
}

export async function duplicateCampaign(
  db: Database,
  actor: Actor,
  { id, label }: { id: number; label: string },
): Promise<CampaignView> {
  const source = await getMailing(db, id)
  const { notes, controlPercent, keyId, steps } = source
  const [first] = steps
  const draft = { label, notes, controlPercent, keyId, sendOn: null }
  const copy = await campaigns.insert(db, draft, {
    // Of a mailing whose filter is not available the people it was sent to are the nearest thing.
    selection: first?.selection ?? sameTargets(id),
    createdBy: actor.id,
  })
  for (const { body, onlyUnreached } of first?.contents ?? []) {
    await campaigns.insertContent(db, { stepId: copy.stepId, body, onlyUnreached })
  }
  if (first) await attachments.copy(db, first.id, copy.stepId)
  await audit(db, actor, 'mailings/duplicate', label, { campaignId: copy.id, from: id })
  return getCampaign(db, copy.id)
}

const sameTargets = (campaignId: number): Selection => ({
  ...emptySelection,
  operations: [{ kind: 'add', source: { kind: 'mailing', campaignId, who: 'targeted' } }],
})

export async function deleteCampaign(
  db: Database,
  actor: Actor,
  { id, now }: { id: number; now: Date },
): Promise<void> {
  const campaign = await getMailing(db, id)
  refuseWhenSending(campaign)
  await campaigns.setDeleted(db, id, now)
  await audit(db, actor, 'mailings/delete', campaign.label, { campaignId: id })
}

function refuseWhenSending({ steps }: CampaignView): void {
  if (!steps.some(({ state }) => isSending(state))) return
  throw new AppError(
    'conflict',
    'campaigns/being-sent',
    'The mailing is being sent or planned; stop it first.',
  )
}

export async function restoreCampaign(db: Database, actor: Actor, id: number) {
  if (await campaigns.isOperation(db, id)) throw notFound()
  if (!(await campaigns.setDeleted(db, id, null))) throw notFound()
  const campaign = await getCampaign(db, id)
  await audit(db, actor, 'mailings/restore', campaign.label, { campaignId: id })
  return campaign
}

/** Sets the closing date; `freeze`, of a feature above this one, keeps the results as they are now. */
export async function closeCampaign(
  db: Database,
  actor: Actor,
  { id, now, freeze }: { id: number; now: Date; freeze: FreezeResults },
): Promise<CampaignView> {
  const campaign = await getMailing(db, id)
  refuseWhenClosed(campaign)
  refuseWhenSending(campaign)
  if (campaign.state === 'preparing' && !campaign.isLegacy) {
    throw new AppError('conflict', 'campaigns/not-launched', 'The mailing has not been launched.')
  }
  await campaigns.setClosed(db, id, now)
  await freeze(db, id, now)
  await audit(db, actor, 'mailings/close', campaign.label, { campaignId: id })
  return getCampaign(db, id)
}

export type FreezeResults = (db: Database, campaignId: number, now: Date) => Promise<void>

export async function reopenCampaign(
  db: Database,
  actor: Actor,
  id: number,
): Promise<CampaignView> {
  const campaign = await getMailing(db, id)
  if (campaign.closedAt === null) return campaign
  await campaigns.setClosed(db, id, null)
  await audit(db, actor, 'mailings/reopen', campaign.label, { campaignId: id })
  return getCampaign(db, id)
}

type Part = { stepId: number } | { contentId: number }

const isStepOf = ({ id, contents }: CampaignView['steps'][number], of: Part) =>
  'stepId' in of ? id === of.stepId : contents.some((content) => content.id === of.contentId)

/** The campaign of a step or content that is about to change, when it may. */
export async function editable(db: Database, of: Part) {
  const id = await campaigns.campaignOf(db, of)
  if (id === undefined) throw notFound()
  const campaign = await getCampaign(db, id)
  refuseWhenClosed(campaign)
  // A step of an operation is prepared while others have been launched.
  const steps = (await campaigns.isOperation(db, id))
    ? campaign.steps.filter((step) => isStepOf(step, of))
    : campaign.steps
  if (campaign.isLegacy || steps.some(({ state }) => !isEditable(state))) throw alreadyLaunched()
  return campaign
}

export async function saveSelection(
  db: Database,
  change: { id: number; version: number; selection: Selection },
): Promise<CampaignView> {
  const { id } = await editable(db, { stepId: change.id })
  if (await campaigns.isOperation(db, id)) throw notFound()
  await ensureNamed(db, change.selection)
  if (!(await campaigns.saveSelection(db, change))) throw changedMeanwhile()
  return getCampaign(db, id)
}

export async function addContent(
  db: Database,
  actor: Actor,
  {
    stepId,
    channel,
    templateId,
  }: { stepId: number; channel: Channel; templateId?: number | undefined },
): Promise<CampaignView> {
  const { id } = await editable(db, { stepId })
  const body =
    templateId === undefined
      ? emptyContent(channel, actor.locale)
      : await templateBody(db, templateId)
  await campaigns.insertContent(db, { stepId, body })
  return getCampaign(db, id)
}

/** Refused when a message was added or removed meanwhile: the order would be of another list. */
export async function orderContents(
  db: Database,
  stepId: number,
  contentIds: readonly number[],
): Promise<CampaignView> {
  const { id, steps } = await editable(db, { stepId })
  const before = steps.find((step) => step.id === stepId)?.contents ?? []
  const isSame =
    before.length === contentIds.length && before.every((one) => contentIds.includes(one.id))
  if (!isSame) throw changedMeanwhile()
  await campaigns.orderContents(db, contentIds)
  return getCampaign(db, id)
}

export async function saveContent(
  db: Database,
  change: { id: number; version: number; body: ContentBody; onlyUnreached: boolean },
): Promise<CampaignView> {
  const { id } = await editable(db, { contentId: change.id })
  if (!(await campaigns.saveContent(db, change))) throw changedMeanwhile()
  return getCampaign(db, id)
}

export async function removeContent(db: Database, contentId: number): Promise<CampaignView> {
  const { id } = await editable(db, { contentId })
  await campaigns.removeContent(db, contentId)
  return getCampaign(db, id)
}

/** A step as delivery and results need it, locked against other changes when asked. */
export type Step = {
  id: number
  campaignId: number
  form: 'mailing' | 'operation'
  /** The campaign's name, with the step's own in an operation. */
  label: string
  state: StepState
  selection: Selection | null
  version: number
  sendOn: string | null
  controlPercent: number
  isLegacy: boolean
  closedAt: string | null
  launchAt: string | null
  launchedAt: string | null
  launchedBy: string | null
  frozenAt: string | null
  finishedAt: string | null
}

export async function getStep(db: Database, stepId: number, lock = false): Promise<Step> {
  const row = await campaigns.findStep(db, stepId, lock)
  if (!row) throw notFound()
  return {
    ...row,
    form: row.form === 'operation' ? 'operation' : 'mailing',
    state: row.state as StepState,
    selection: row.selection === null ? null : Selection.parse(row.selection),
  }
}

/** A query of one column `id`: whom the step is for, of its selection or as the launch froze them. */
export async function stepPeople(db: Database, stepId: number, now: Date) {
  const { selected } = await groupsOf(db, await getStep(db, stepId), now)
  return idsOf(selected)
}

/** The messages of a step in their order. */
export async function listContents(db: Database, stepId: number): Promise<ContentView[]> {
  const rows = await campaigns.contentsOf(db, stepId)
  return rows.map(({ body, ...row }) => ({ ...row, body: ContentBody.parse(body) }))
}

/** The files that leave with the e-mails of a step, in their order. */
export const listAttachments = (db: Database, stepId: number) => attachments.list(db, stepId)

/** Of a file that was taken away from a step: its bytes go once nothing else has it. */
export async function forgetFile(
  { db, config }: Pick<Services, 'db' | 'config'>,
  fileId: string,
): Promise<void> {
  if (await attachments.forget(db, fileId)) await rm(filePath({ config }, fileId), { force: true })
}

export type StepChange = Omit<campaigns.StepChange, 'from'> & { from: readonly StepState[] }

/**
 * Takes a step from one of the states of `from` to another, with what goes along; false when it was in
 * none of them. The first launch puts the campaign in progress and sets its send date when none was chosen.
 */
export async function setStepState(db: Database, change: StepChange): Promise<boolean> {
  const from = change.from.filter((state) => mayBecome(state, change.to))
  if (!(await campaigns.setStepState(db, { ...change, from }))) return false
  if (change.launchedAt) {
    await campaigns.markLaunched(db, change.id, await companyDay(db, change.launchedAt))
  }
  return true
}

/** What an older program counted of a mailing; null where it did not say. */
export type LegacyFigures = Pick<FrozenResults, 'counters' | 'currencies'>

/**
 * Adds people and figures to a mailing of an older program, making it when it is not there yet. The number of
 * selected customers is counted anew from its people (P-2); every other figure is kept as it came. Returns who
 * was not on its list yet.
 */
export async function importLegacy(
  db: Database,
  mailing: Omit<legacy.LegacyMailing, 'zone'>,
  { figures, partyIds }: { figures: LegacyFigures; partyIds: readonly number[] },
): Promise<{ made: boolean; added: Set<number> }> {
  const zone = await companyZone(db)
  const { campaignId, stepId, made } = await legacy.ensure(db, { ...mailing, zone })
  const added = await legacy.addTargets(db, stepId, partyIds)
  const before = await legacy.readResults(db, campaignId)
  const selected = await legacy.countTargets(db, stepId)
  const old = before?.counters
  const { counters } = figures
  const brought = new Set(figures.currencies.map(({ currency }) => currency))
  const kept = before?.currencies.filter(({ currency }) => !brought.has(currency)) ?? []
  await legacy.writeResults(db, campaignId, {
    version: 1,
    frozenAt: startOfDay(mailing.closedOn ?? mailing.sentOn, zone).toISOString(),
    from: mailing.sentOn,
    to: mailing.closedOn ?? before?.to ?? null,
    counters: {
      ...counters,
      selected,
      total: counters.total ?? old?.total ?? null,
      withEmail: counters.withEmail ?? old?.withEmail ?? null,
      withMobile: counters.withMobile ?? old?.withMobile ?? null,
      returning: counters.returning ?? old?.returning ?? null,
    },
    currencies: [...kept, ...figures.currencies],
  })
  return { made, added }
}

export const removeLegacy = legacy.removeImported
