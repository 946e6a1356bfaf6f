/** Two cards become one, and two again. */
import { isMergeable, mergedOpens } from '#core/duplicates/merge.ts'
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { type Changes, inverse, sameValue, valuesOf } from '#core/parties/change.ts'
import type { FieldValue } from '#core/parties/custom-field.ts'
import { loyaltyFigures } from '#core/parties/loyalty.ts'
import type { Party } from '#core/parties/party.ts'
import type { Database } from '#platform/db/database.ts'
import { audit } from '../access/service.ts'
import {
  addHistory,
  findChange,
  getParty,
  invalidField,
  lockParties,
  mergeLoyalty,
  recordConsent,
  updateParty,
} from '../parties/service.ts'
import { holdPurchases, rebuildPurchases } from '../sales/service.ts'
import * as ledger from './ledger-queries.ts'
import { move, moveBack, retire } from './merge-queries.ts'

type Merge = {
  id: number
  other: number
  values: Record<string, FieldValue>
  /** What the nightly job found them by. */
  night?: { jobId: number; reason: 'email' | 'mobile' }
}

/** One transaction: either everything the other card had is this one's, or nothing happened. */
export async function merge(db: Database, wanted: Merge, actor: Actor): Promise<Party> {
  const { id, other, values } = wanted
  if (id === other)
    throw new AppError('invalid', 'duplicates/same-card', 'A card cannot be merged with itself.')
  const ruled = Object.keys(values).find((field) => !isMergeable(field))
  if (ruled) throw invalidField(ruled)
  const { card, lost } = await lockBoth(db, id, other)
  if (card.deletedAt !== null || lost.deletedAt !== null)
    throw new AppError(
      'conflict',
      'duplicates/card-gone',
      'One of the cards was deleted or merged meanwhile.',
    )
  const withdrawn = await ledger.withdrawnChannels(db, [id, other])
  const moved = await move(db, { to: id, from: other })
  await retire(db, { to: id, from: other })
  const current = valuesOf(card)
  const changes: Changes = Object.fromEntries(
    Object.entries(values).map(([field, to]) => [field, { from: current[field] ?? null, to }]),
  )
  const { changeId } = await updateParty(db, id, changes, actor, 'merge')
  const figuresId = await mergeLoyalty(db, card, lost, actor)
  await keepWithdrawals(db, { card, lost, withdrawn }, actor)
  await addHistory(
    db,
    { partyId: id, reason: 'merge', changes: { mergedFrom: [null, lost.code] } },
    actor,
  )
  await rebuildPurchases(db, [id, other])
  await ledger.record(db, {
    keptId: id,
    lostId: other,
    actorName: actor.name,
    jobId: wanted.night?.jobId ?? null,
    reason: wanted.night?.reason ?? '',
    before: { changeIds: [changeId, figuresId], wishes: wishesOf(card) },
    moved,
  })
  await audit(db, actor, 'customers/merge', `${card.code} ← ${lost.code}`, {
    partyId: id,
    ...wanted.night,
  })
  return getParty(db, id)
}

async function lockBoth(db: Database, id: number, other: number) {
  await holdPurchases(db, [id, other])
  await lockParties(db, [id, other])
  return { card: await getParty(db, id), lost: await getParty(db, other) }
}

const wishesOf = ({ doNotContact, emailOptOut, smsOptOut, opensConsent }: Party) => ({
  all: doNotContact,
  email: emailOptOut,
  sms: smsOptOut,
  opens: opensConsent,
})

type Channel = 'all' | 'email' | 'sms' | 'phone' | 'post' | 'fax'

/** After a merge the ledger holds both cards' lines: where either had withdrawn, that is the last word. */
async function keepWithdrawals(
  db: Database,
  { card, lost, withdrawn }: { card: Party; lost: Party; withdrawn: readonly Channel[] },
  actor: Actor,
): Promise<void> {
  const [mine, theirs] = [wishesOf(card), wishesOf(lost)]
  const flagged = (['all', 'email', 'sms'] as const).filter(
    (channel) => mine[channel] || theirs[channel],
  )
  for (const channel of [...flagged, ...withdrawn])
    await recordConsent(db, card.id, {
      channel,
      state: 'withdrawn',
      source: 'merge',
      proof: { card: lost.code },
      actorName: actor.name,
    })
  const opens = mergedOpens(mine.opens, theirs.opens)
  if (opens === false || opens !== mine.opens)
    await sayOpens(db, card.id, opens === true, { source: 'merge', code: lost.code, actor })
}

type Said = { source: 'merge' | 'merge-undo'; code: string; actor: Actor }

const sayOpens = (db: Database, partyId: number, agrees: boolean, { source, code, actor }: Said) =>
  recordConsent(db, partyId, {
    channel: 'email',
    purpose: 'measurement',
    state: agrees ? 'granted' : 'withdrawn',
    source,
    proof: { card: code },
    actorName: actor.name,
  })

const tooLate = () =>
  new AppError(
    'conflict',
    'duplicates/too-late',
    'This merge can no longer be undone: it was undone, its card was erased, or merged again since.',
  )

type Moment = { actor: Actor; now: Date }

/**
 * Two cards again: what the merge moved goes back, as far as it is still there; fields of the card that stayed
 * become what they were unless somebody changed them since. What was said of contacts since holds for both.
 */
export async function undo(db: Database, mergeId: number, { actor, now }: Moment) {
  const merged = await ledger.lock(db, mergeId)
  if (!merged)
    throw new AppError('not-found', 'duplicates/no-such-merge', 'There is no such merge.')
  const { keptId, lostId, image } = merged
  if (!image || merged.undoneAt !== null) throw tooLate()
  const { card, lost } = await lockBoth(db, keptId, lostId)
  if (card.deletedAt !== null || lost.mergedInto !== keptId) throw tooLate()
  await moveBack(db, { to: keptId, from: lostId }, image.moved)
  for (const changeId of image.before.changeIds) await fieldsBack(db, { card, changeId }, actor)
  await wishesBack(db, { card, lost, at: merged.at, before: image.before.wishes }, actor)
  const parted = { mergedFrom: [lost.code, null] as [string, null] }
  await addHistory(db, { partyId: keptId, reason: 'undo', changes: parted }, actor)
  const restored = { deleted: [true, false] as [boolean, boolean] }
  await addHistory(db, { partyId: lostId, reason: 'restore', changes: restored }, actor)
  await rebuildPurchases(db, [keptId, lostId])
  await ledger.markUndone(db, mergeId, actor.name, now)
  await audit(db, actor, 'customers/merge-undone', `${card.code} → ${lost.code}`, {
    partyId: keptId,
    restored: lostId,
  })
  return { kept: keptId, restored: lostId }
}

async function fieldsBack(
  db: Database,
  { card, changeId }: { card: Party; changeId: number | null },
  actor: Actor,
): Promise<void> {
  const applied = changeId === null ? undefined : await findChange(db, card.id, changeId)
  if (!applied) return
  const current = valuesOf(card)
  const changes = Object.entries(inverse(applied)).flatMap(([field, { from, to }]) => {
    const now = current[field] ?? null
    if (sameValue(now, from)) return [[field, { from, to }] as const]
    // Points gathered since are kept; those that came from the other card go back with it.
    const isCounted = loyaltyFigures.some((figure) => figure === field)
    if (!isCounted || typeof now !== 'number' || typeof from !== 'number') return []
    return [[field, { from: now, to: now - (from - Number(to ?? 0)) }] as const]
  })
  await updateParty(db, card.id, Object.fromEntries(changes), actor, 'undo')
}

type Wishes = { card: Party; lost: Party; at: string; before: ledger.Before['wishes'] }

/** Each card's wishes are its own again; a withdrawal said since the merge may be of either, so it is of both. */
async function wishesBack(
  db: Database,
  { card, lost, at, before }: Wishes,
  actor: Actor,
): Promise<void> {
  const since = await ledger.saidSince(db, card.id, at)
  const [now, theirs] = [wishesOf(card), wishesOf(lost)]
  const say = (partyId: number, channel: Channel, withdrawn: boolean, code: string) =>
    recordConsent(db, partyId, {
      channel,
      state: withdrawn ? 'withdrawn' : 'granted',
      source: 'merge-undo',
      proof: { card: code },
      actorName: actor.name,
    })
  for (const channel of ['all', 'email', 'sms'] as const) {
    if (since.get(channel) && !theirs[channel]) await say(lost.id, channel, true, card.code)
    if (!since.has(channel) && now[channel] !== before[channel])
      await say(card.id, channel, before[channel], lost.code)
  }
  const opens = (partyId: number, agrees: boolean, code: string) =>
    sayOpens(db, partyId, agrees, { source: 'merge-undo', code, actor })
  if (since.get('opens') && theirs.opens !== false) await opens(lost.id, false, card.code)
  // An agreement that was the other card's is not this one's, not even as nothing said.
  if (!since.has('opens') && now.opens !== before.opens)
    await opens(card.id, before.opens === true, lost.code)
}
