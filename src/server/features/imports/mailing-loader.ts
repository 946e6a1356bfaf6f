/** Mailings of an older program: each row names a mailing, its figures, and one of its people or none. */
import { parseDate } from '#core/imports/dates.ts'
import type { Reject } from '#core/imports/import.ts'
import { parseScaled } from '#core/imports/numbers.ts'
import { parseCurrency } from '#core/imports/values.ts'
import type { CurrencyResults, ResultCounters } from '#core/results/results.ts'
import { copyNull, copyText } from '#platform/db/copy.ts'
import { importLegacy } from '../campaigns/service.ts'
import { keyReader } from './keys.ts'
import {
  type Chunk,
  columnsOf,
  type Loader,
  type LoaderOptions,
  type MergeContext,
  type Refuse,
} from './loader.ts'
import * as recipients from './mailing-queries.ts'

type Mailing = {
  m: number
  label: string
  sentOn: string
  closedOn: string | null
  counters: ResultCounters
  currencies: Map<string, CurrencyResults>
}

type Run = {
  options: LoaderOptions
  cell: (cells: readonly string[], target: string) => string
  keyOf: (text: string) => string | undefined
  /** By label and day; figures of later rows complete those of earlier ones. */
  mailings: Map<string, Mailing>
}

const noCounters: ResultCounters = {
  total: null,
  selected: 0,
  withEmail: null,
  withMobile: null,
  returning: null,
  control: 0,
  controlReturning: 0,
}

export async function createMailingLoader(options: LoaderOptions): Promise<Loader> {
  const { at } = columnsOf(options.plan)
  const run: Run = {
    options,
    cell: (cells, target) => (cells[at(target)] ?? '').trim(),
    keyOf: keyReader(options.plan.rules.key),
    mailings: new Map(),
  }
  return {
    setup: recipients.setup,
    statement: recipients.copyRecipients,
    ready: async () => {},
    begin: () => createChunk(run),
    skip: (cells) => void readMailing(run, cells, () => {}),
  }
}

function createChunk(run: Run): Chunk {
  const touched = new Set<Mailing>()
  let text = ''
  return {
    add: (cells, line, refuse) => {
      const mailing = readMailing(run, cells, refuse)
      if (!mailing) return false
      touched.add(mailing)
      const key = run.cell(cells, 'customer')
      text += `${line}\t${mailing.m}\t${key === '' ? copyNull : copyText(run.keyOf(key) ?? key)}\n`
      return true
    },
    take: () => {
      const taken = text
      text = ''
      return taken
    },
    rest: () => [],
    merge: (context) => merge(run, [...touched], context),
  }
}

function readMailing(run: Run, cells: readonly string[], refuse: Refuse): Mailing | undefined {
  const { find } = columnsOf(run.options.plan)
  const label = run.cell(cells, 'label').slice(0, 200)
  const date = find('sentOn')
  const sentOn = date && parseDate(run.cell(cells, 'sentOn'), date.dates)?.slice(0, 10)
  if (label === '') {
    refuse(find('label')?.column ?? 0, '', 'missing')
    return undefined
  }
  if (!sentOn) {
    const text = run.cell(cells, 'sentOn')
    refuse(date?.column ?? 0, text, text === '' ? 'missing' : 'not-a-date')
    return undefined
  }
  const key = `${sentOn} ${label}`
  const mailing = run.mailings.get(key) ?? {
    m: run.mailings.size,
    label,
    sentOn,
    closedOn: null,
    counters: { ...noCounters },
    currencies: new Map(),
  }
  run.mailings.set(key, mailing)
  readFigures(run, cells, mailing)
  return mailing
}

function readFigures(run: Run, cells: readonly string[], mailing: Mailing): void {
  const { find } = columnsOf(run.options.plan)
  const number = (target: string, digits: number) => {
    const column = find(target)
    const text = run.cell(cells, target)
    return column && text !== '' ? (parseScaled(text, column.decimals, digits) ?? null) : null
  }
  const closed = find('closedOn')
  const closedOn = closed && parseDate(run.cell(cells, 'closedOn'), closed.dates)?.slice(0, 10)
  mailing.closedOn ??= closedOn ?? null
  for (const target of ['total', 'withEmail', 'withMobile', 'returning'] as const) {
    mailing.counters[target] ??= positive(number(target, 0))
  }
  const [revenue, quantity, margin] = [
    number('revenue', 2),
    number('quantity', 3),
    number('margin', 2),
  ]
  if (revenue === null && quantity === null && margin === null) return
  const currency = parseCurrency(run.cell(cells, 'currency')) ?? run.options.plan.rules.currency
  if (mailing.currencies.has(currency)) return
  mailing.currencies.set(currency, {
    currency,
    revenue: revenue ?? 0,
    quantity: quantity ?? 0,
    margin: margin ?? 0,
    totalMargin: number('totalMargin', 2),
    linesWithoutMargin: 0,
    controlRevenue: 0,
    days: [],
  })
}

const positive = (value: number | null) => (value === null || value < 0 ? null : value)

async function merge(run: Run, touched: readonly Mailing[], context: MergeContext) {
  const { db, importId, apply } = context
  const { plan, headers, author } = run.options
  const unknown = await recipients.resolve(db, plan.rules.key)
  const header = headers[columnsOf(plan).at('customer')] ?? ''
  const rejects = unknown.map(
    ({ n, key }): Reject => ({ line: n, column: header, value: key, reason: 'unknown-customer' }),
  )
  const counts = { created: 0, updated: 0, unchanged: 0, rejected: rejects.length }
  for (const mailing of touched) {
    const rows = await recipients.listRows(db, mailing.m)
    const partyIds = [...new Set(rows.people)]
    const figures = { counters: mailing.counters, currencies: [...mailing.currencies.values()] }
    const { label, sentOn, closedOn } = mailing
    const own = { label, sentOn, closedOn, importId, createdBy: author.actorId }
    const { made, added } = apply
      ? await importLegacy(db, own, { figures, partyIds })
      : await recipients.foresee(db, own, partyIds)
    counts.created += added.size + (made ? rows.without : 0)
    counts.unchanged += rows.people.length - added.size + (made ? 0 : rows.without)
  }
  await recipients.clear(db)
  return { counts, rejects }
}
