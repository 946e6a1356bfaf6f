/** What each column is, by its header first and by its values where the header says nothing. */
import { z } from 'zod'
import { decideDates } from './dates.ts'
import { headerKey } from './headers.ts'
import { decideDecimals } from './numbers.ts'
import { ColumnPlan, type ImportKind, importKinds, Plan, Rules } from './plan.ts'
import type { Reading } from './reading.ts'
import { type CustomTarget, customTargets, type Shape, type Target, targetsOf } from './targets.ts'
import { isEmail, parseKey, parseYesNo } from './values.ts'

export const Guess = z.object({
  plan: Plan,
  /** `profile` when files with these headers came before. */
  from: z.enum(['profile', 'headers']),
  /** Columns whose dates read both ways: the user has to say. */
  askDates: z.array(z.number().int()),
})
export type Guess = z.infer<typeof Guess>

const kindOfColumn = (values: readonly string[]) => {
  const given = values.filter((value) => value.trim() !== '')
  const share = (test: (value: string) => boolean) =>
    given.length === 0 ? 0 : given.filter(test).length / given.length
  return {
    given: given.length,
    text: 1,
    code: share((v) => v.trim().length <= 40),
    email: share((v) => isEmail(v.trim())),
    phone: share((v) => /^[+(]?[\d\s.()/-]{9,20}$/.test(v.trim()) && /\d{2}/.test(v)),
    postal: share((v) => /^(?:[A-Z]{1,2}-)?\d{4,5}$/.test(parseKey(v))),
    date: decideDates(given).fits,
    number: decideDecimals(given, ',').fits,
    amount: decideDecimals(given, ',').fits,
    currency: share((v) => /^(?:[A-Z]{3}|[€$£])$/.test(v.trim())),
    'yes-no': share((v) => parseYesNo(v) !== undefined),
  } satisfies Record<Shape | 'given', number>
}
type Values = ReturnType<typeof kindOfColumn>

/** At most one letter added, lost or changed. */
function nearly(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || Math.min(a.length, b.length) < 5) return false
  let at = 0
  while (at < Math.min(a.length, b.length) && a[at] === b[at]) at++
  const skipA = a.length >= b.length ? 1 : 0
  const skipB = b.length >= a.length ? 1 : 0
  return a.slice(at + skipA) === b.slice(at + skipB)
}

function nameScore(header: string, { names }: Target): number {
  if (names.includes(header)) return 100
  if (names.some((name) => nearly(header.replaceAll(' ', ''), name.replaceAll(' ', '')))) return 85
  const within = names.filter((name) => ` ${header} `.includes(` ${name} `))
  const longest = Math.max(0, ...within.map((name) => name.length))
  return longest === 0 ? 0 : Math.min(75, 40 + longest * 2)
}

/** Targets that values alone can point to. */
const telling: Partial<Record<Shape, number>> = { email: 55, currency: 50, phone: 40 }

function score(header: string, values: Values, target: Target): number {
  const name = nameScore(header, target)
  const fits = values.given === 0 ? 1 : values[target.shape]
  if (name === 0) return fits > 0.8 && values.given > 0 ? (telling[target.shape] ?? 0) : 0
  return fits < 0.3 ? name / 3 : name + fits * 10
}

type Pair = { column: number; target: Target; score: number }

function assign(
  headers: readonly string[],
  columns: readonly Values[],
  targets: readonly Target[],
) {
  const pairs: Pair[] = headers.flatMap((header, column) =>
    targets.map((target) => ({
      column,
      target,
      score: score(header, columns[column] ?? kindOfColumn([]), target),
    })),
  )
  pairs.sort((a, b) => b.score - a.score || a.column - b.column)
  const taken: Pair[] = []
  for (const pair of pairs) {
    if (pair.score < 35) break
    if (taken.some((t) => t.column === pair.column || t.target === pair.target)) continue
    taken.push(pair)
  }
  return taken
}

export type Known = { custom: readonly CustomTarget[] }

/** The kind is the one whose targets fit the file best, unless it is given. */
export function guessPlan(reading: Reading, known: Known, given?: ImportKind): Guess {
  const headers = reading.headers.map(headerKey)
  const cells = headers.map((_, at) => reading.sample.map((row) => row[at] ?? ''))
  const columns = cells.map(kindOfColumn)
  const pairsOf = (kind: ImportKind) => {
    const custom = kind === 'customers' ? customTargets(known.custom) : []
    return assign(headers, columns, [...targetsOf[kind], ...custom])
  }
  const kind = given ?? guessKind(headers, pairsOf)
  const usual = reading.format === 'csv' && reading.separator === ';' ? ',' : '.'
  const askDates: number[] = []
  const pairs = pairsOf(kind).sort((a, b) => a.column - b.column)
  const plans = pairs.map(({ column, target }): ColumnPlan => {
    const values = cells[column] ?? []
    const dates = decideDates(values)
    if (target.shape === 'date' && dates.ambiguous) askDates.push(column)
    return ColumnPlan.parse({
      column,
      target: target.key,
      dates: dates.order,
      decimals: decideDecimals(values, usual).decimal,
    })
  })
  const rules = guessRules(kind, plans, (column) => cells[column] ?? [])
  return { plan: { kind, columns: plans, rules }, from: 'headers', askDates }
}

function guessKind(headers: readonly string[], pairsOf: (kind: ImportKind) => Pair[]): ImportKind {
  const worth = (kind: ImportKind) => {
    const pairs = pairsOf(kind)
    if (!makesSense(kind, new Set(pairs.map((pair) => pair.target.key)))) return 0
    if (kind === 'list') return headers.length <= 2 ? 150 : 1
    return pairs.reduce((sum, pair) => sum + pair.score, 0)
  }
  return importKinds.reduce((best, kind) => (worth(kind) > worth(best) ? kind : best), 'customers')
}

/** Whether a file with these targets says enough to be of the kind. */
export function makesSense(kind: ImportKind, targets: ReadonlySet<string>): boolean {
  if (targetsOf[kind].some(({ key, required }) => required && !targets.has(key))) return false
  if (kind === 'sales') return targets.has('amount') || targets.has('unitPrice')
  if (kind === 'mailings') return targets.has('customer') || targets.has('revenue')
  return true
}

const personal = ['lastName', 'firstName', 'company', 'email', 'mobile', 'phone', 'cardNumber']

/** Whether a customer that such a file makes can be told from the next. */
export const namesPeople = (targets: ReadonlySet<string>): boolean =>
  personal.some((target) => targets.has(target))

function guessRules(
  kind: ImportKind,
  columns: readonly ColumnPlan[],
  cellsOf: (column: number) => readonly string[],
): Rules {
  const columnOf = (target: string) => columns.find((column) => column.target === target)?.column
  const cells = (target: string) => {
    const column = columnOf(target)
    return column === undefined ? [] : cellsOf(column).filter((cell) => cell.trim() !== '')
  }
  return Rules.parse({
    key: guessKey(kind, cells, columnOf),
    cancelPrefix: kind === 'sales' && hasCancelPrefix(cells('receipt')),
    unknownCustomer: kind === 'sales' ? 'create' : 'reject',
  })
}

function guessKey(
  kind: ImportKind,
  cells: (target: string) => readonly string[],
  columnOf: (target: string) => number | undefined,
): Rules['key'] {
  if (kind !== 'customers') {
    const keys = cells('customer')
    const emails = keys.filter((key) => isEmail(key.trim())).length
    return emails > keys.length / 2 ? 'email' : 'code'
  }
  if (columnOf('code') !== undefined) return 'code'
  if (columnOf('email') !== undefined) return 'email'
  if (columnOf('mobile') !== undefined || columnOf('phone') !== undefined) return 'phone'
  return columnOf('cardNumber') === undefined ? 'code' : 'cardNumber'
}

/** Numbers, and now and then a C before one. */
function hasCancelPrefix(receipts: readonly string[]): boolean {
  const cancelled = receipts.filter((receipt) => /^C\d+$/.test(receipt.trim())).length
  const plain = receipts.filter((receipt) => /^\d+/.test(receipt.trim())).length
  return plain > receipts.length / 2 && (cancelled > 0 || plain === receipts.length)
}
