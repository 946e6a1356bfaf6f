import { z } from 'zod'
import type { DuplicatePair } from '#core/duplicates/api.ts'
import type { Database } from '#platform/db/database.ts'
import { defineJob } from '#platform/jobs/job.ts'
import { findParties } from '../parties/service.ts'
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
