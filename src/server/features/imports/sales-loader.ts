/** Sale lines: each row of the file is one line of a receipt. */
import { parseScaled } from '#core/imports/numbers.ts'
import type { ColumnPlan } from '#core/imports/plan.ts'
import { parseCurrency, parseKey } from '#core/imports/values.ts'
import { copyNull } from '#platform/db/copy.ts'
import { companyZone } from '../company/service.ts'
import { salesIngest } from '../sales/service.ts'
import { namesOf, openStores } from './classes.ts'
import { createDictionary, type Dictionary, type Made } from './dictionary.ts'
import { keyReader } from './keys.ts'
import {
  type Chunk,
  columnsOf,
  type Loader,
  type LoaderOptions,
  ownText,
  type Refuse,
} from './loader.ts'
import { createReceipts, type Head, type Receipts } from './receipts.ts'
import { mergeSales } from './sales-merge.ts'
import { createDates, createDigits, lineHash } from './sales-values.ts'

type Columns = Record<
  | 'receipt'
  | 'line'
  | 'soldAt'
  | 'customer'
  | 'article'
  | 'articleLabel'
  | 'department'
  | 'quantity'
  | 'amount'
  | 'unitPrice'
  | 'margin'
  | 'cost'
  | 'unitCost'
  | 'store'
  | 'till'
  | 'currency',
  ColumnPlan | undefined
>

type MadeArticle = Made & { label: string; departmentId: number | null }

/** What all rows of a run share. */
export type SalesRun = {
  options: LoaderOptions
  columns: Columns
  /** Of the chunk that is being filled: when the next begins, these have been sent. */
  receipts: Receipts
  stores: Dictionary
  departments: Dictionary
  articles: Dictionary
  departmentOf: Map<number, number | null>
  madeArticles: MadeArticle[]
  defaultStore: () => number | undefined
  digitsOf: (currency: string) => number
  dateOf: (text: string, column: ColumnPlan) => string | undefined
  keyOf: (text: string) => string | undefined
}

export async function createSalesLoader(options: LoaderOptions): Promise<Loader> {
  const run = await openRun(options)
  return {
    setup: async (db) => salesIngest.setup(db, await companyZone(db)),
    statement: salesIngest.copyLines,
    ready: async (rows) => {
      await run.stores.ready(rows)
      await run.departments.ready(rows)
      await run.articles.ready(rows)
    },
    begin: () => createChunk(run),
    skip: createSkip(run),
  }
}

async function openRun(options: LoaderOptions): Promise<SalesRun> {
  const { db, plan, apply } = options
  const { find } = columnsOf(plan)
  const articles = await salesIngest.listArticles(db)
  const departments = await salesIngest.listDepartments(db)
  const stores = await openStores(options)
  const allocate = (table: 'articles' | 'departments') =>
    apply ? (count: number) => salesIngest.allocateIds(db, table, count) : null
  return {
    options,
    columns: {
      receipt: find('receipt'),
      line: find('line'),
      soldAt: find('soldAt'),
      customer: find('customer'),
      article: find('article'),
      articleLabel: find('articleLabel'),
      department: find('department'),
      quantity: find('quantity'),
      amount: find('amount'),
      unitPrice: find('unitPrice'),
      margin: find('margin'),
      cost: find('cost'),
      unitCost: find('unitCost'),
      store: find('store'),
      till: find('till'),
      currency: find('currency'),
    },
    receipts: createReceipts(),
    stores: stores.dictionary,
    defaultStore: stores.defaultId,
    departments: createDictionary({
      what: 'department',
      known: namesOf(departments),
      folds: true,
      allocate: allocate('departments'),
      mayMake: true,
      most: 20_000,
    }),
    articles: createDictionary({
      what: 'article',
      known: new Map(articles.map((article) => [article.code, article.id])),
      folds: false,
      allocate: allocate('articles'),
      mayMake: true,
      most: 500_000,
    }),
    departmentOf: new Map(articles.map((article) => [article.id, article.departmentId])),
    madeArticles: [],
    digitsOf: createDigits(),
    dateOf: createDates(),
    keyOf: keyReader(plan.rules.key),
  }
}

/** Receipt and line of a row; the parts are undefined when the row was refused. */
type Row = { cells: readonly string[]; line: number; refuse: Refuse }

const cellOf = (cells: readonly string[], column: ColumnPlan | undefined) =>
  column === undefined ? '' : (cells[column.column] ?? '')

function createChunk(run: SalesRun): Chunk {
  const { receipts } = run
  receipts.clear()
  let suspicious = false
  let text = ''

  const lineNumber = (r: number, amounts: Amounts, row: Row): number | undefined => {
    const given = cellOf(row.cells, run.columns.line)
    // Negative, so that it never meets a number from a till.
    if (given === '') return -1 - receipts.freeLine(r, lineHash(amounts))
    const number = parseScaled(given, '.', 0)
    if (number === undefined || number < 0 || number > 1_000_000_000) {
      row.refuse(run.columns.line?.column ?? 0, given, 'not-a-number')
      return undefined
    }
    if (receipts.goesBack(r, number)) suspicious = true
    return number
  }
  return {
    add: (cells, line, refuse) => {
      const row = { cells, line, refuse }
      const head = readHead(run, row)
      const amounts = head && readAmounts(run, row, head)
      if (!head || !amounts) return false
      const r = receipts.numberOf(head, line)
      const number = lineNumber(r, amounts, row)
      if (number === undefined) return false
      const { articleId, departmentId, quantity, amount, margin } = amounts
      text += `${r}\t${line}\t${number}\t${articleId ?? copyNull}\t${departmentId ?? copyNull}\t${quantity}\t${amount}\t${margin ?? copyNull}\n`
      return true
    },
    take: () => {
      const taken = text
      text = ''
      return taken
    },
    rest: () => [{ statement: salesIngest.copyReceipts, texts: receipts.texts() }],
    merge: mergeSales(run, () => suspicious),
  }
}

/** Of committed rows only the numbers of the receipt count that the rest goes on with. */
function createSkip(run: SalesRun): Loader['skip'] {
  let chunk = createChunk(run)
  let rows = 0
  return (cells, line) => {
    if (++rows % 10_000 === 0) chunk = createChunk(run)
    chunk.add(cells, line, () => {})
  }
}

type SaleHead = Head & { cancels: boolean }

function readHead(run: SalesRun, row: Row): SaleHead | undefined {
  const { cells, refuse } = row
  const { columns, options } = run
  const receipt = parseKey(cellOf(cells, columns.receipt))
  if (receipt === '') {
    refuse(columns.receipt?.column ?? 0, '', 'missing')
    return undefined
  }
  const soldAt = readDate(run, row)
  const storeId = soldAt && readStore(run, row)
  const currency = storeId && readCurrency(run, row)
  if (!soldAt || !storeId || !currency) return undefined
  const cancels = options.plan.rules.cancelPrefix && /^[Cc]\d/.test(receipt)
  const customer = readCustomer(run, cellOf(cells, columns.customer))
  const till = parseKey(cellOf(cells, columns.till))
  return { storeId, till, receipt, cancels, soldAt, currency, customer }
}

function readDate({ columns, dateOf }: SalesRun, { cells, refuse }: Row): string | undefined {
  const column = columns.soldAt
  const text = cellOf(cells, column)
  const date = column && dateOf(text, column)
  if (date === undefined) refuse(column?.column ?? 0, text, text === '' ? 'missing' : 'not-a-date')
  return date
}

function readStore(run: SalesRun, { cells, refuse }: Row): number | undefined {
  const text = parseKey(cellOf(cells, run.columns.store))
  const id = text === '' ? run.defaultStore() : run.stores.idOf(text)
  if (id === undefined) refuse(run.columns.store?.column ?? 0, text, 'unknown-store')
  return id
}

function readCurrency({ columns, options }: SalesRun, { cells, refuse }: Row): string | undefined {
  const text = cellOf(cells, columns.currency)
  const currency = text.trim() === '' ? options.plan.rules.currency : parseCurrency(text)
  if (currency === undefined) refuse(columns.currency?.column ?? 0, text, 'not-a-currency')
  return currency
}

/** A key that cannot be read is kept as it is: it will be nobody's, and the rule says what then. */
const readCustomer = (run: SalesRun, text: string): string | null =>
  text === '' || text.trim() === '' ? null : (run.keyOf(text) ?? text.trim())

export type Amounts = {
  articleId: number | undefined
  departmentId: number | null
  quantity: number
  amount: number
  margin: number | undefined
}

function readAmounts(run: SalesRun, row: Row, head: SaleHead): Amounts | undefined {
  const { columns } = run
  const digits = run.digitsOf(head.currency)
  const quantity = number(columns.quantity, row, 3)
  const amount = number(columns.amount, row, digits)
  // Prices per piece carry two digits more: 0.0833 a screw.
  const price = number(columns.unitPrice, row, digits + 2)
  const margin = number(columns.margin, row, digits)
  const cost = number(columns.cost, row, digits)
  const unitCost = number(columns.unitCost, row, digits + 2)
  if ([quantity, amount, price, margin, cost, unitCost].includes(null)) return undefined
  const pieces = signed(quantity ?? defaultQuantity(amount), head.cancels)
  const total = totalOf(amount, price, pieces, head.cancels)
  if (total === undefined || !Number.isSafeInteger(total)) {
    const column = columns.amount ?? columns.unitPrice
    row.refuse(
      column?.column ?? 0,
      cellOf(row.cells, column),
      total === undefined ? 'missing' : 'too-large',
    )
    return undefined
  }
  return {
    ...classOf(run, row),
    quantity: pieces,
    amount: total,
    margin: marginOf({ margin, cost, unitCost, total, pieces }),
  }
}

/** Undefined when empty; null when it was refused. */
function number(
  column: ColumnPlan | undefined,
  { cells, refuse }: Row,
  digits: number,
): number | undefined | null {
  if (column === undefined) return undefined
  const text = cells[column.column] ?? ''
  if (text === '' || text.trim() === '') return undefined
  const value = parseScaled(text, column.decimals, digits)
  if (value === undefined) {
    refuse(column.column, text, 'not-a-number')
    return null
  }
  return value
}

/** A line without a quantity is one piece, sold or, when money went back, returned. */
const defaultQuantity = (amount: number | undefined | null) => ((amount ?? 0) < 0 ? -1_000 : 1_000)

const signed = (value: number, cancels: boolean) => (cancels && value > 0 ? -value : value)

function totalOf(
  amount: number | undefined | null,
  price: number | undefined | null,
  pieces: number,
  cancels: boolean,
): number | undefined {
  // Pieces that come back bring no money in, whatever the file's sign.
  if (typeof amount === 'number') return signed(amount, cancels || pieces < 0)
  if (typeof price === 'number') return rounded(pieces * price, 100_000)
  return undefined
}

/** Halves away from zero, as tills round. */
const rounded = (value: number, by: number) =>
  Math.sign(value) * Math.round(Math.abs(value) / by) + 0

type Costs = {
  margin: number | undefined | null
  cost: number | undefined | null
  unitCost: number | undefined | null
  total: number
  pieces: number
}

function marginOf({ margin, cost, unitCost, total, pieces }: Costs): number | undefined {
  if (typeof margin === 'number') return pieces < 0 && margin > 0 && total < 0 ? -margin : margin
  if (typeof cost === 'number') return total - (pieces < 0 ? -Math.abs(cost) : cost)
  if (typeof unitCost === 'number') return total - rounded(pieces * unitCost, 100_000)
  return undefined
}

function classOf(run: SalesRun, { cells }: Row): Pick<Amounts, 'articleId' | 'departmentId'> {
  const { columns, departmentOf } = run
  const departmentText = cellOf(cells, columns.department).trim()
  const department = departmentText === '' ? null : (run.departments.idOf(departmentText) ?? null)
  const label = cellOf(cells, columns.articleLabel)
  const code = parseKey(cellOf(cells, columns.article)) || label.trim().slice(0, 100)
  if (code === '') return { articleId: undefined, departmentId: department }
  const articleId = run.articles.idOf(code, (id) => {
    departmentOf.set(id, department)
    const kept = ownText(label.trim().slice(0, 200))
    run.madeArticles.push({ id, name: ownText(code), label: kept, departmentId: department })
  })
  const known = articleId === undefined ? null : (departmentOf.get(articleId) ?? null)
  return { articleId, departmentId: department ?? known }
}
