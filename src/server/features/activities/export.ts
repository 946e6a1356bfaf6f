/** Activities as a CSV or XLSX file, any number of them in flat memory. */
import { Readable } from 'node:stream'
import { z } from 'zod'
import { exportActivities } from '#core/activities/api.ts'
import type { ActivityType } from '#core/activities/type.ts'
import { clockAt, dayOf } from '#core/kernel/zone.ts'
import { type FieldValue, isChoice } from '#core/parties/custom-field.ts'
import { storeFile } from '#platform/files.ts'
import { defineJob, type JobRun } from '#platform/jobs/job.ts'
import { writeCsv } from '#platform/tabular/csv-writer.ts'
import { writeXlsx } from '#platform/tabular/xlsx-writer.ts'
import { companyZone } from '../company/service.ts'
import * as activities from './queries.ts'
import * as types from './type-queries.ts'
import { type Condition, selected } from './where-queries.ts'

const Order = z.object({
  order: exportActivities.input,
  by: z.object({ id: z.string().nullable(), keys: z.array(z.number()) }),
})
type Order = z.output<typeof Order>

const batch = 1_000

const mediaTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

export const exportJob = defineJob('activities/export', Order, async ({ order, by }, job) => {
  const clock = { now: job.now(), zone: await companyZone(job.db) }
  const where = selected(order.selection, by, clock)
  const counted = { rows: 0, total: await activities.count(job.db, where) }
  const rows = rowsOf(job, { order, by }, { where, counted, zone: clock.zone })
  const bytes =
    order.format === 'csv'
      ? Readable.from(writeCsv(rows, { separator: ';', encoding: 'utf-8' }))
      : writeXlsx(rows, order.locale === 'fr' ? 'Activités' : 'Activities')
  const day = dayOf(clock.now, clock.zone)
  const name = `${order.locale === 'fr' ? 'activites' : 'activities'}-${day}.${order.format}`
  const made = { name, mediaType: mediaTypes[order.format], needs: 'exports.run' } as const
  const file = await storeFile(job, { ...made, createdBy: job.createdBy }, bytes)
  return { fileId: file.id, rows: counted.rows }
})

type Source = { where: Condition; counted: { rows: number; total: number }; zone: string }

async function* rowsOf(job: JobRun, { order, by }: Order, { where, counted, zone }: Source) {
  yield order.columns.map(({ heading }) => heading)
  const print = printer(await types.types(job.db, by), { locale: order.locale, zone })
  let after = 0
  while (!job.signal.aborted) {
    const lines = await activities.linesAfter(job.db, where, { after, limit: batch })
    if (lines.length === 0) return
    for (const line of lines) yield order.columns.map(({ field }) => print(line, field))
    counted.rows += lines.length
    after = lines.at(-1)?.id ?? after
    job.progress(counted.rows, counted.total)
  }
}

type Line = Awaited<ReturnType<typeof activities.linesAfter>>[number]

const states = {
  fr: { open: 'à faire', done: 'fait', cancelled: 'annulé' },
  en: { open: 'open', done: 'done', cancelled: 'cancelled' },
}

/** A field as text: names for ids, labels for choices, the time of day as on the clock of the company. */
function printer(
  all: readonly ActivityType[],
  { locale, zone }: { locale: 'fr' | 'en'; zone: string },
) {
  const typeOf = new Map(all.map((type) => [type.id, type]))
  const label = (one: { labelFr: string; labelEn: string } | undefined) =>
    (locale === 'fr' ? one?.labelFr : one?.labelEn) ?? ''
  const time = (instant: string | null) => {
    if (!instant) return ''
    const clock = clockAt(new Date(instant), zone)
    return `${clock.day} ${clock.time}`
  }
  const special: Record<string, (line: Line) => string> = {
    type: ({ typeId }) => label(typeOf.get(typeId)),
    state: ({ state }) => states[locale][state],
    party: ({ party }) => party?.label ?? '',
    contact: ({ contact }) => contact?.label ?? '',
    owner: ({ owner }) => owner?.label ?? '',
    campaign: ({ campaign }) => campaign?.label ?? '',
    step: ({ step }) => step?.label ?? '',
    startsAt: ({ startsAt }) => time(startsAt),
    endsAt: ({ endsAt }) => time(endsAt),
    doneAt: ({ doneAt }) => time(doneAt),
    priority: ({ priority }) => (priority === 0 ? '' : String(priority)),
  }
  const custom = (line: Line, key: string): string => {
    const field = typeOf.get(line.typeId)?.customFields.find((one) => one.key === key)
    const value = Object.hasOwn(line.custom, key) ? line.custom[key] : null
    const named = (text: string) => label(field?.options.find((one) => one.value === text)) || text
    if (field && isChoice(field.type)) return [value ?? []].flat().map(String).map(named).join(', ')
    return plain(value, locale)
  }
  return (line: Line, field: string): string => {
    if (field.startsWith('custom.')) return custom(line, field.slice(7))
    const own = special[field]
    return own ? own(line) : plain((line as Record<string, unknown>)[field] as FieldValue, locale)
  }
}

function plain(value: FieldValue | undefined, locale: 'fr' | 'en'): string {
  if (value === null || value === undefined) return ''
  if (value === true) return locale === 'fr' ? 'oui' : 'yes'
  if (value === false) return locale === 'fr' ? 'non' : 'no'
  return Array.isArray(value) ? value.join(', ') : String(value)
}
