/** Customers: each row is a card, made, completed or left as it is; or, for a list, only found. */
import type { Reject } from '#core/imports/import.ts'
import { rejectReasons } from '#core/imports/import.ts'
import type { ColumnPlan } from '#core/imports/plan.ts'
import { fold } from '#core/kernel/fold.ts'
import type { CustomField, FieldValue } from '#core/parties/custom-field.ts'
import { isLoyaltyAmount } from '#core/parties/loyalty.ts'
import { copyNull, copyText } from '#platform/db/copy.ts'
import { findCustomFields } from '../parties/service.ts'
import {
  insertMadeCardTypes,
  insertMadeCategories,
  insertMadeStores,
  namesOf,
  openCardTypes,
  openCategories,
  openStores,
} from './classes.ts'
import { allocateIds } from './classes-queries.ts'
import { recordNewConsents } from './consent-queries.ts'
import { readCustom } from './custom-values.ts'
import { type CustomerField, customerFields } from './customer-fields.ts'
import * as customers from './customer-queries.ts'
import { createDictionary, type Dictionary } from './dictionary.ts'
import { keyReader } from './keys.ts'
import {
  type Chunk,
  columnsOf,
  type Loader,
  type LoaderOptions,
  type MergeContext,
  type Refuse,
} from './loader.ts'
import { recordMade } from './queries.ts'
import { createSeenKeys, type SeenKeys } from './seen-keys.ts'

type Mapped = { column: ColumnPlan; target: string; field: CustomerField; blank: string }
type MappedCustom = { column: ColumnPlan; field: CustomField }

type Run = {
  options: LoaderOptions
  fields: readonly Mapped[]
  custom: readonly MappedCustom[]
  key: { column: ColumnPlan | undefined; read: (text: string) => string | undefined }
  tags: { column: ColumnPlan | undefined; dictionary: Dictionary }
  stores: Dictionary
  categories: Dictionary
  cardTypes: Dictionary
  seen: SeenKeys
  rules: customers.CustomerRules
}

export async function createCustomerLoader(options: LoaderOptions): Promise<Loader> {
  const run = await openRun(options)
  return {
    setup: (db) => customers.setup(db, run.fields),
    statement: customers.copyStaged(run.fields),
    ready: async (rows) => {
      await run.stores.ready(rows)
      await run.categories.ready(rows)
      await run.cardTypes.ready(rows)
      await run.tags.dictionary.ready(rows * 10)
    },
    begin: () => createChunk(run),
    skip: (cells, line) => void readRow(run, cells, line, () => {}),
  }
}

async function openRun(options: LoaderOptions): Promise<Run> {
  const { db, plan, apply } = options
  const stores = (await openStores(options)).dictionary
  const categories = await openCategories(options)
  const cardTypes = await openCardTypes(options)
  const known = customerFields({ stores, categories, cardTypes })
  const { find } = columnsOf(plan)
  const isList = plan.kind === 'list'
  const keyTarget = isList ? 'customer' : plan.rules.key
  const keyColumn = find(keyTarget) ?? (plan.rules.key === 'phone' ? find('mobile') : undefined)
  const mapped = plan.columns.flatMap((column): Mapped[] => {
    const field = isList ? undefined : known[column.target]
    if (!field || column.target === (plan.rules.key === 'code' ? 'code' : '')) return []
    const blank = field.columns.map(() => copyNull).join('\t')
    return [{ column, target: column.target, field, blank }]
  })
  const custom = await customOf(options)
  const fields = withCurrency(mapped, plan.rules.currency)
  return {
    options,
    fields,
    custom,
    key: { column: keyColumn, read: keyReader(plan.rules.key) },
    tags: {
      column: find('tags'),
      dictionary: createDictionary({
        what: 'tag',
        known: namesOf(await customers.listTags(db)),
        folds: true,
        allocate: apply ? (count) => allocateIds(db, 'tags', count) : null,
        mayMake: plan.rules.createClasses,
        most: 2_000,
      }),
    },
    stores,
    categories,
    cardTypes,
    seen: createSeenKeys(),
    rules: {
      key: plan.rules.key,
      update: !isList && plan.rules.update,
      create: !isList && plan.rules.create,
      clears: plan.rules.emptyCells === 'clear',
      hasCustom: custom.length > 0,
    },
  }
}

/** Loyalty amounts of a file without a column for their currency are in the one chosen for the file. */
function withCurrency(fields: readonly Mapped[], currency: string): readonly Mapped[] {
  const amount = fields.find(({ target }) => isLoyaltyAmount(target))
  if (!amount || fields.some(({ target }) => target === 'loyaltyCurrency')) return fields
  const field: CustomerField = {
    columns: [{ name: 'loyalty_currency', type: 'text' }],
    cleared: null,
    read: () => [currency],
  }
  return [...fields, { column: amount.column, target: 'loyaltyCurrency', field, blank: copyNull }]
}

async function customOf({ db, plan }: LoaderOptions): Promise<MappedCustom[]> {
  const fields = await findCustomFields(db)
  return plan.columns.flatMap((column): MappedCustom[] => {
    const field = fields.find(({ key }) => column.target === `custom.${key}`)
    return field ? [{ column, field }] : []
  })
}

const cellOf = (cells: readonly string[], column: ColumnPlan | undefined) =>
  column === undefined ? '' : (cells[column.column] ?? '')

/** What a card without a key is compared by: the twin of the column `name_key`. */
function nameKey({ options }: Run, cells: readonly string[]): string {
  const { find } = columnsOf(options.plan)
  const of = (target: string) => cellOf(cells, find(target)).trim()
  return fold(
    [of('lastName') || of('company'), of('firstName'), of('lastName') && of('company')]
      .filter(Boolean)
      .join(' '),
  )
}

type Identity = { key: string | undefined; alt: string }

function identify(run: Run, cells: readonly string[]): Identity {
  const text = cellOf(cells, run.key.column)
  const key = text.trim() === '' ? undefined : run.key.read(text)
  return { key, alt: key === undefined ? nameKey(run, cells) : '' }
}

/** The line that spoke of this person before, if one did. */
function seenBefore(run: Run, cells: readonly string[], line: number): number | undefined {
  const { key, alt } = identify(run, cells)
  if (key !== undefined) return run.seen.firstLine(key, line)
  const postal = columnsOf(run.options.plan).find('postalCode')
  return alt === ''
    ? undefined
    : run.seen.firstLine(`\t${alt}\t${cellOf(cells, postal).trim()}`, line)
}

function createChunk(run: Run): Chunk {
  let text = ''
  let tagText = ''
  return {
    add: (cells, line, refuse) => {
      const read = readRow(run, cells, line, refuse)
      if (read === undefined) return false
      text += read
      tagText += readTags(run, cells, line)
      return true
    },
    take: () => {
      const taken = text
      text = ''
      return taken
    },
    rest: () => (tagText === '' ? [] : [{ statement: customers.copyTags, texts: [tagText] }]),
    merge: (context) => merge(run, context),
  }
}

/** The COPY line of a row; undefined when something in it was refused. */
function readRow(
  run: Run,
  cells: readonly string[],
  line: number,
  refuse: Refuse,
): string | undefined {
  const keyText = cellOf(cells, run.key.column)
  const { key, alt } = identify(run, cells)
  const column = run.key.column?.column ?? 0
  if (key === undefined && alt === '') {
    refuse(column, keyText, 'missing')
    return undefined
  }
  const head = `${line}\t${key === undefined ? copyNull : copyText(key)}\t${copyText(alt)}`
  const custom = readCustoms(run, cells, refuse)
  const own = custom === undefined ? undefined : readFields(run, cells, refuse)
  if (own === undefined) return undefined
  const before = seenBefore(run, cells, line)
  if (before !== undefined) {
    refuse(column, keyText || `→ ${before}`, 'duplicate-customer')
    return undefined
  }
  return `${head}\t${custom}${own}\n`
}

function readFields(run: Run, cells: readonly string[], refuse: Refuse): string | undefined {
  let own = ''
  for (const { column, field, blank } of run.fields) {
    const cell = cells[column.column] ?? ''
    if (cell.trim() === '') {
      own += `\t${blank}`
      continue
    }
    const read = field.read(cell, column)
    if (typeof read === 'string') {
      refuse(column.column, cell, read)
      return undefined
    }
    own += `\t${read.join('\t')}`
  }
  return own
}

/** The JSON of the custom fields; empty cells are absent, or null where empty cells clear. */
function readCustoms(run: Run, cells: readonly string[], refuse: Refuse): string | undefined {
  if (run.custom.length === 0) return '{}'
  const values: Record<string, FieldValue> = {}
  for (const { column, field } of run.custom) {
    const cell = cells[column.column] ?? ''
    if (cell.trim() === '') {
      if (run.rules.clears) values[field.key] = null
      continue
    }
    const read = readCustom(field, cell, column)
    if ('problem' in read) {
      refuse(column.column, cell, read.problem)
      return undefined
    }
    values[field.key] = read.value
  }
  return copyText(JSON.stringify(values))
}

function readTags({ tags }: Run, cells: readonly string[], line: number): string {
  const labels = cellOf(cells, tags.column).split(/[,;|]/)
  const ids = labels.flatMap((label) => {
    const name = label.trim().slice(0, 60)
    return name === '' ? [] : [tags.dictionary.idOf(name)]
  })
  return [...new Set(ids)].map((id) => (id === undefined ? '' : `${line}\t${id}\n`)).join('')
}

async function merge(run: Run, context: MergeContext) {
  const { db, importId, apply } = context
  const { plan, headers } = run.options
  await customers.match(db, run.fields, run.rules)
  const problems = await customers.listProblems(db)
  const header = headers[run.key.column?.column ?? 0] ?? ''
  const rejects = problems.map(
    ({ n, key, problem }): Reject => ({
      line: n,
      column: header,
      value: key ?? '',
      reason: rejectReasons.find((reason) => reason === problem) ?? 'unknown-customer',
    }),
  )
  const states = await customers.countStates(db)
  if (apply && plan.kind === 'customers') await write(run, context)
  const listed = await fillList(run, context)
  await customers.clear(db)
  const counts = plan.kind === 'list' ? listOnly(listed, states) : states
  return { counts: { ...counts, rejected: rejects.length }, rejects, importId }
}

/** For a list, "created" are those who join it. */
const listOnly = (joined: number, states: { unchanged: number }) => ({
  created: joined,
  updated: 0,
  unchanged: Math.max(0, states.unchanged - joined),
})

async function write(run: Run, { db, importId, jobId }: MergeContext): Promise<void> {
  await insertMadeStores(db, run.stores, { importId, currency: run.options.plan.rules.currency })
  await insertMadeCategories(db, run.categories, importId)
  await insertMadeCardTypes(db, run.cardTypes, {
    importId,
    currency: run.options.plan.rules.currency,
  })
  const tags = run.tags.dictionary.takeMade()
  if (tags.length > 0) {
    await customers.insertTags(db, tags)
    await recordMade(
      db,
      importId,
      'tag',
      tags.map(({ id }) => id),
    )
  }
  const author = { importId, jobId, ...run.options.author }
  await customers.apply(db, run.fields, run.rules, author)
  await recordNewConsents(db, run.fields, author)
  if (run.tags.column) await customers.applyTags(db, importId)
}

async function fillList(run: Run, { db, importId, apply }: MergeContext): Promise<number> {
  const { plan, author, fileName } = run.options
  const label = plan.rules.listLabel || (plan.kind === 'list' ? fileName : '')
  if (label === '') return 0
  if (!apply) return customers.countListed(db, (await customers.findList(db, importId)) ?? null)
  const listId = await customers.ensureList(db, { importId, label, createdBy: author.actorId })
  return customers.joinList(db, listId)
}
