/** Customers as a CSV or XLSX file, any number of them in flat memory. */
import { Readable } from 'node:stream'
import type { z } from 'zod'
import { minorDigits } from '#core/kernel/money.ts'
import { valuesOf } from '#core/parties/change.ts'
import type { FieldValue } from '#core/parties/custom-field.ts'
import { exportParties } from '#core/parties/list-api.ts'
import type { Party } from '#core/parties/party.ts'
import type { Database } from '#platform/db/database.ts'
import { storeFile } from '#platform/files.ts'
import { defineJob, type JobRun } from '#platform/jobs/job.ts'
import { writeCsv } from '#platform/tabular/csv-writer.ts'
import { writeXlsx } from '#platform/tabular/xlsx-writer.ts'
import { companyDay } from '../company/service.ts'
import * as list from './list-queries.ts'
import * as service from './service.ts'

const Order = exportParties.input
type Order = z.output<typeof Order>

const batch = 1_000

const mediaTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

export function defineExportJob(compile: list.CriteriaCondition) {
  return defineJob('parties/export', Order, async (order, job) => {
    const where = await list.selectedWhere(job.db, order.selection, { compile, now: job.now() })
    const counted = { rows: 0, total: await list.countWhere(job.db, where) }
    const rows = rowsOf(job, order, { where, counted })
    const bytes =
      order.format === 'csv'
        ? Readable.from(writeCsv(rows, { separator: ';', encoding: 'utf-8' }))
        : writeXlsx(rows, order.locale === 'fr' ? 'Clients' : 'Customers')
    const day = await companyDay(job.db, job.now())
    const name = `${order.locale === 'fr' ? 'clients' : 'customers'}-${day}.${order.format}`
    const made = { name, mediaType: mediaTypes[order.format], needs: 'exports.run' } as const
    const file = await storeFile(job, { ...made, createdBy: job.createdBy }, bytes)
    return { fileId: file.id, rows: counted.rows }
  })
}

type Source = {
  where: Awaited<ReturnType<typeof list.selectedWhere>>
  counted: { rows: number; total: number }
}

/** The heading, then one row per customer, read batch by batch as the file is written. */
async function* rowsOf(job: JobRun, { columns, locale }: Order, { where, counted }: Source) {
  yield columns.map(({ heading }) => heading)
  const print = await printer(job.db, locale)
  let after = 0
  while (!job.signal.aborted) {
    const ids = await list.idsAfter(job.db, where, { after, limit: batch })
    if (ids.length === 0) return
    for (const party of await service.findParties(job.db, ids)) {
      yield columns.map(({ field }) => print(party, field))
    }
    counted.rows += ids.length
    after = ids.at(-1) ?? after
    job.progress(counted.rows, counted.total)
  }
}

/** A field as text: names for ids, labels for choices, yes and no in the language asked for. */
async function printer(
  db: Database,
  locale: Order['locale'],
): Promise<(party: Party, field: string) => string> {
  const names = {
    store: new Map((await service.listStores(db)).map(({ id, name }) => [id, name])),
    category: new Map((await service.listCategories(db)).map(({ id, label }) => [id, label])),
    cardType: new Map((await service.listCardTypes(db)).map(({ id, label }) => [id, label])),
    tag: new Map((await service.listTags(db)).map(({ id, label }) => [id, label])),
    kind: new Map(
      (await service.listKinds(db)).map((kind) => [
        kind.code,
        locale === 'fr' ? kind.labelFr : kind.labelEn,
      ]),
    ),
  }
  const yesNo = locale === 'fr' ? ['oui', 'non'] : ['yes', 'no']
  const text = (value: FieldValue | undefined): string => {
    if (value === null || value === undefined) return ''
    if (typeof value === 'boolean') return (value ? yesNo[0] : yesNo[1]) ?? ''
    return Array.isArray(value) ? value.join(', ') : String(value)
  }
  const amount = (minor: number | null, currency: string): string => {
    if (minor === null) return ''
    const digits = minorDigits(currency)
    const text = (minor / 10 ** digits).toFixed(digits)
    return locale === 'fr' ? text.replace('.', ',') : text
  }
  const special: Record<string, (party: Party) => string | undefined> = {
    tags: (party) => party.tags.map((id) => names.tag.get(id) ?? '').join(', '),
    kind: (party) => names.kind.get(party.kind),
    store: (party) => names.store.get(party.store ?? 0),
    category: (party) => names.category.get(party.category ?? 0),
    cardType: (party) => names.cardType.get(party.cardType ?? 0),
    loyaltySales: (party) => amount(party.loyaltySales, party.loyaltyCurrency),
    loyaltyGift: (party) => amount(party.loyaltyGift, party.loyaltyCurrency),
  }
  return (party, field) => {
    const own = special[field]
    return own ? (own(party) ?? '') : text(valuesOf(party)[field])
  }
}
