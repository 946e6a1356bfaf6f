import { z } from 'zod'
import type { DuplicatePair } from '#core/duplicates/api.ts'
import { isMergeable } from '#core/duplicates/merge.ts'
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { type Changes, valuesOf } from '#core/parties/change.ts'
import type { FieldValue } from '#core/parties/custom-field.ts'
import type { Party } from '#core/parties/party.ts'
import type { Database } from '#platform/db/database.ts'
import { defineJob } from '#platform/jobs/job.ts'
import { audit } from '../access/service.ts'
import {
  addHistory,
  findParties,
  getParty,
  invalidField,
  lockParties,
  mergeLoyalty,
  recordConsent,
  updateParty,
} from '../parties/service.ts'
import { refreshPurchases } from '../sales/service.ts'
import * as duplicates from './queries.ts'

export const detectJob = defineJob('duplicates/detect', z.object({}), async (_, job) => {
  const pairs = await job.db.transaction().execute((trx) => duplicates.detect(trx))
  return { pairs }
})

export async function listPairs(
  db: Database,
  page: { offset: number; limit: number },
): Promise<{ total: number; pairs: DuplicatePair[] }> {
  const rows = await duplicates.openPairs(db, page)
  const cards = await findParties(db, [...new Set(rows.flatMap((row) => [row.partyA, row.partyB]))])
  const byId = new Map(cards.map((card) => [card.id, card]))
  const pairs = rows.flatMap(({ partyA, partyB, score, reasons }) => {
    const [a, b] = [byId.get(partyA), byId.get(partyB)]
    return a && b ? [{ a, b, score, reasons }] : []
  })
  return { total: await duplicates.countOpen(db), pairs }
}

type Merge = { id: number; other: number; values: Record<string, FieldValue> }

/** One transaction: either everything the other card had is this one's, or nothing happened. */
export async function merge(
  db: Database,
  { id, other, values }: Merge,
  actor: Actor,
): Promise<Party> {
  if (id === other)
    throw new AppError('invalid', 'duplicates/same-card', 'A card cannot be merged with itself.')
  const ruled = Object.keys(values).find((field) => !isMergeable(field))
  if (ruled) throw invalidField(ruled)
  await lockParties(db, [id, other])
  const [card, lost] = [await getParty(db, id), await getParty(db, other)]
  if (card.deletedAt !== null || lost.deletedAt !== null)
    throw new AppError(
      'conflict',
      'duplicates/card-gone',
      'One of the cards was deleted or merged meanwhile.',
    )
  await duplicates.moveAll(db, id, other)
  await duplicates.retire(db, id, other)
  const current = valuesOf(card)
  const changes: Changes = Object.fromEntries(
    Object.entries(values).map(([field, to]) => [field, { from: current[field] ?? null, to }]),
  )
  await updateParty(db, id, changes, actor, 'merge')
  await mergeLoyalty(db, card, lost, actor)
  await keepWithdrawals(db, { card, lost }, actor)
  await addHistory(
    db,
    { partyId: id, reason: 'merge', changes: { mergedFrom: [null, lost.code] } },
    actor,
  )
  await refreshPurchases(db)
  await audit(db, actor, 'customers/merge', `${card.code} ← ${lost.code}`, { partyId: id })
  return getParty(db, id)
}

/** After a merge the ledger holds both cards' lines: where either had withdrawn, that is the last word. */
async function keepWithdrawals(
  db: Database,
  { card, lost }: { card: Party; lost: Party },
  actor: Actor,
): Promise<void> {
  const withdrawn = [
    ['all', card.doNotContact || lost.doNotContact],
    ['email', card.emailOptOut || lost.emailOptOut],
    ['sms', card.smsOptOut || lost.smsOptOut],
  ] as const
  for (const [channel, is] of withdrawn) {
    if (!is) continue
    await recordConsent(db, card.id, {
      channel,
      state: 'withdrawn',
      source: 'merge',
      proof: { card: lost.code },
      actorName: actor.name,
    })
  }
}
