/** Labels for customers: whom, how many, and the file. */
import { setImmediate } from 'node:timers/promises'
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { Locale } from '#core/kernel/values.ts'
import type { LabelCheck } from '#core/labels/api.ts'
import { type LabelFormat, perPage, positionOf } from '#core/labels/format.ts'
import { layLabel, longestCard } from '#core/labels/layout.ts'
import {
  type LabelOrder,
  type LabelPeople,
  mostAtOnce,
  mostLabels,
  type PrintOrder,
} from '#core/labels/order.ts'
import type { Database } from '#platform/db/database.ts'
import { type StoredFile, storeFile } from '#platform/files.ts'
import type { Services } from '#platform/http/app.ts'
import { ensureMay } from '../access/service.ts'
import { stepPeople } from '../campaigns/service.ts'
import { companyDay } from '../company/service.ts'
import { getDefaults, selectedWhere } from '../parties/service.ts'
import { filterParties } from '../segments/service.ts'
import { findFormat } from './formats.ts'
import { contentsFor, readText } from './making.ts'
import { createMeasure, openPdf } from './pdf.ts'
import * as queries from './queries.ts'

/** Labels of many people are an export; those of a mailing take the right to see it. */
export function refuseUnlessMay(actor: Actor, people: LabelPeople): void {
  const isOne = 'ids' in people && people.ids.length === 1
  const needed = [
    ...(isOne ? [] : (['exports.run'] as const)),
    ...('stepId' in people ? (['mailings.view'] as const) : []),
  ]
  for (const right of needed) ensureMay(actor, right)
}

async function whereOf(db: Database, people: LabelPeople, now: Date) {
  if ('stepId' in people) return queries.among(await stepPeople(db, people.stepId, now))
  return selectedWhere(db, people, { compile: filterParties, now })
}

function needsOf({ type, excludeDoNotContact }: LabelOrder, format: LabelFormat): queries.Needs {
  return { kind: type.kind, excludeDoNotContact, longestCard: longestCard(format) }
}

async function countPeople(db: Database, order: LabelOrder, now: Date) {
  const format = await findFormat(db, order.format)
  const where = await whereOf(db, order.people, now)
  const needs = needsOf(order, format)
  const counts = await queries.countByGap(db, where, needs)
  const leftOut = counts.flatMap(({ reason, count }) => (reason ? [{ reason, count }] : []))
  const printed = counts.find(({ reason }) => reason === null)?.count ?? 0
  return { format, where, needs, leftOut, printed }
}

export async function checkLabels(db: Database, order: LabelOrder, now: Date): Promise<LabelCheck> {
  const { format, where, needs, leftOut, printed } = await countPeople(db, order, now)
  const { template, problems } = await readText(db, order.type)
  const { country: home } = await getDefaults(db)
  const first = { sort: 'postalCode', home, limit: 1 } as const
  const ids = problems.length > 0 ? [] : await queries.printable(db, { where, needs }, first)
  const [content] = await contentsFor(db, ids, { type: order.type, template, home, now })
  return {
    total: leftOut.reduce((sum, { count }) => sum + count, printed),
    printed,
    leftOut,
    problems: problems.map(({ code, text }) => ({ code, text })),
    sample: content ? layLabel(format, content, createMeasure()) : null,
  }
}

/** Refuses what cannot be printed, and says how many labels it will be. */
export async function countLabels(db: Database, order: PrintOrder, now: Date): Promise<number> {
  const { format, printed } = await countPeople(db, order, now)
  const { problems } = await readText(db, order.type)
  if (problems[0]) {
    throw new AppError('invalid', 'labels/faulty-text', `Fault in the text: ${problems[0].code}`, {
      details: { text: problems[0].text },
    })
  }
  if (order.firstFree > perPage(format)) {
    throw new AppError('invalid', 'labels/no-such-place', 'The sheet has fewer labels than that.')
  }
  const labels = printed * order.copies
  if (labels === 0) throw new AppError('invalid', 'labels/nobody', 'There is no label to print.')
  if (labels > mostLabels) {
    throw new AppError('too-large', 'labels/too-many', `At most ${mostLabels} labels at a time.`, {
      details: { most: mostLabels },
    })
  }
  return labels
}

export const isSmall = (labels: number) => labels <= mostAtOnce

type Run = Pick<Services, 'db' | 'config'> & {
  createdBy: string | null
  now: Date
  locale: Locale
  signal?: AbortSignal
  progress?: (done: number, total: number) => void
}

const batch = 200

/** Draws the labels into a file: flat memory, whatever their number. */
export async function makeLabels(
  run: Run,
  order: PrintOrder,
): Promise<{ file: StoredFile; labels: number }> {
  const { db, now, locale } = run
  const { format, where, needs } = await countPeople(db, order, now)
  const { country: home } = await getDefaults(db)
  const { template } = await readText(db, order.type)
  const making = { type: order.type, template, home, now }
  const limit = Math.floor(mostLabels / order.copies)
  const ids = await queries.printable(db, { where, needs }, { sort: order.sort, home, limit })
  const title = locale === 'fr' ? 'Étiquettes' : 'Labels'
  const pdf = openPdf({ title, language: locale, now })
  const stored = storeFile(
    run,
    { ...fileOf(locale, await companyDay(db, now), ids.length), createdBy: run.createdBy },
    pdf.stream,
  )
  const printer = createPrinter(pdf, format, order)
  try {
    for (let at = 0; at < ids.length && !run.signal?.aborted; at += batch) {
      for (const content of await contentsFor(db, ids.slice(at, at + batch), making)) {
        printer.print(layLabel(format, content, pdf.measure))
      }
      run.progress?.(Math.min(at + batch, ids.length), ids.length)
      // The file is written meanwhile, and other requests are answered.
      await setImmediate()
    }
    pdf.stream.end()
  } catch (error) {
    pdf.stream.destroy(error instanceof Error ? error : new Error(String(error)))
    await stored.catch(() => undefined)
    throw error
  }
  return { file: await stored, labels: printer.printed() }
}

function fileOf(locale: Locale, day: string, people: number) {
  const name = `${locale === 'fr' ? 'etiquettes' : 'labels'}-${day}.pdf`
  const needs = people === 1 ? ('customers.view' as const) : ('exports.run' as const)
  return { name, mediaType: 'application/pdf', needs }
}

/** Puts each label, so many times as ordered, on the next free place. */
function createPrinter(
  pdf: ReturnType<typeof openPdf>,
  format: LabelFormat,
  { copies, firstFree }: PrintOrder,
) {
  const state = { printed: 0, page: -1 }
  return {
    printed: () => state.printed,
    print: (items: ReturnType<typeof layLabel>) => {
      for (let copy = 0; copy < copies; copy++) {
        const { page, box } = positionOf(format, state.printed, firstFree)
        if (page > state.page) pdf.addPage(format)
        state.page = page
        pdf.draw(items, box)
        state.printed += 1
      }
    },
  }
}
