/** Each field of the card: how a cell becomes it, and the columns that hold it. */
import { parseBirthday, parseDate } from '#core/imports/dates.ts'
import type { RejectReason } from '#core/imports/import.ts'
import { parseScaled } from '#core/imports/numbers.ts'
import type { ColumnPlan } from '#core/imports/plan.ts'
import {
  isEmail,
  parseCountry,
  parseCurrency,
  parseKey,
  parseNature,
  parsePartyKind,
  parseSex,
  parseYesNo,
} from '#core/imports/values.ts'
import { withoutDirections } from '#core/parties/party.ts'
import { copyNull, copyText } from '#platform/db/copy.ts'
import { toE164 } from '../parties/service.ts'
import type { Dictionary } from './dictionary.ts'

/** COPY cells of the field's columns, or why the cell is refused. */
type Read = (text: string, column: ColumnPlan) => string[] | RejectReason

export type FieldColumn = { name: string; type: string }

export type CustomerField = {
  readonly columns: readonly FieldColumn[]
  readonly read: Read
  /** What an empty cell makes of the field where empty cells clear; null keeps it whatever the rule. */
  readonly cleared: string | null
}

/** The mapped fields by target; custom ones and the key are apart. */
export type Fields = readonly { target: string; field: CustomerField }[]

export const has = (fields: Fields, target: string): boolean =>
  fields.some((field) => field.target === target)

const clean = (text: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  withoutDirections(text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ')).trim()

const text = (name: string, most: number, cleared: string | null = "''"): CustomerField => ({
  columns: [{ name, type: 'text' }],
  cleared,
  read: (cell) => {
    const value = clean(cell)
    return value.length > most ? 'too-long' : [copyText(value)]
  },
})

const parsed = (
  name: string,
  parse: (cell: string) => string | undefined,
  {
    cleared = null,
    problem = 'not-a-choice',
  }: { cleared?: string | null; problem?: RejectReason } = {},
): CustomerField => ({
  columns: [{ name, type: 'text' }],
  cleared,
  read: (cell) => {
    const value = parse(cell)
    return value === undefined ? problem : [copyText(value)]
  },
})

const phone = (name: string): CustomerField => ({
  columns: [
    { name, type: 'text' },
    { name: `${name}_number`, type: 'text' },
  ],
  cleared: "''",
  read: (cell) => {
    const typed = clean(parseKey(cell)).slice(0, 40)
    const number = toE164(typed, 'FR')
    // The zero that a spreadsheet ate comes back; whatever else was typed stays as it is.
    const shown = number && /^[1-9]\d{8}$/.test(typed) ? `0${typed}` : typed
    return [copyText(shown), number ?? copyNull]
  },
})

const day = (name: string): CustomerField => ({
  columns: [{ name, type: 'date' }],
  cleared: 'null',
  read: (cell, { dates }) => {
    const date = parseDate(cell, dates)
    return date === undefined ? 'not-a-date' : [date.slice(0, 10)]
  },
})

const number = (name: string): CustomerField => ({
  columns: [{ name, type: 'numeric' }],
  cleared: 'null',
  read: (cell, { decimals }) => {
    const value = parseScaled(cell, decimals, 6)
    return value === undefined ? 'not-a-number' : [String(value / 1e6)]
  },
})

/** Minor units. The currency stands in another column, if anywhere: two digits, as in the till's files. */
const amount = (name: string): CustomerField => ({
  columns: [{ name, type: 'bigint' }],
  cleared: 'null',
  read: (cell, { decimals }) => {
    const value = parseScaled(cell, decimals, 2)
    return value === undefined ? 'not-a-number' : [String(value)]
  },
})

const wish = (value: (answer: boolean) => boolean): CustomerField => ({
  columns: [{ name: 'do_not_contact', type: 'boolean' }],
  cleared: null,
  read: (cell) => {
    const answer = parseYesNo(cell)
    return answer === undefined ? 'not-yes-or-no' : [String(value(answer))]
  },
})

const opensConsent: CustomerField = {
  columns: [{ name: 'opens_consent', type: 'boolean' }],
  cleared: null,
  read: (cell) => {
    const answer = parseYesNo(cell)
    return answer === undefined ? 'not-yes-or-no' : [String(answer)]
  },
}

const birthday: CustomerField = {
  columns: [
    { name: 'birth_month', type: 'smallint' },
    { name: 'birth_day', type: 'smallint' },
    { name: 'birth_year', type: 'smallint' },
  ],
  cleared: 'null',
  read: (cell, { dates }) => {
    const found = parseBirthday(cell, dates)
    if (!found) return 'not-a-date'
    return [
      String(found.month),
      String(found.day),
      found.year === null ? copyNull : String(found.year),
    ]
  },
}

const classOf = (name: string, dictionary: Dictionary, problem: RejectReason): CustomerField => ({
  columns: [{ name, type: 'int' }],
  cleared: 'null',
  read: (cell) => {
    const id = dictionary.idOf(clean(parseKey(cell)).slice(0, 100))
    return id === undefined ? problem : [String(id)]
  },
})

type Classes = { stores: Dictionary; categories: Dictionary; cardTypes: Dictionary }

export function customerFields({
  stores,
  categories,
  cardTypes,
}: Classes): Record<string, CustomerField> {
  return {
    code: text('code', 60, null),
    kind: parsed('kind', parsePartyKind),
    nature: parsed('nature', parseNature),
    salutation: text('salutation', 40),
    lastName: text('last_name', 120, null),
    firstName: text('first_name', 120),
    company: text('company', 160),
    sex: parsed('sex', parseSex, { cleared: "''" }),
    language: parsed('language', (cell) =>
      /^[a-z]{2}/i.test(cell.trim()) ? cell.trim().slice(0, 2).toLowerCase() : undefined,
    ),
    address1: text('address1', 200),
    address2: text('address2', 200),
    postalCode: parsed('postal_code', (cell) => clean(parseKey(cell)).slice(0, 20), {
      cleared: "''",
    }),
    city: text('city', 120),
    country: parsed('country', parseCountry),
    phone: phone('phone'),
    mobile: phone('mobile'),
    email: parsed(
      'email',
      (cell) => {
        const address = clean(cell).replace(/^mailto:/i, '')
        return isEmail(address) ? address : undefined
      },
      { cleared: "''", problem: 'not-an-email' },
    ),
    store: classOf('store_id', stores, 'unknown-store'),
    category: classOf('category_id', categories, 'unknown-category'),
    cardNumber: {
      ...text('card_number', 60),
      read: (cell) => [copyText(clean(parseKey(cell)).slice(0, 60))],
    },
    cardType: classOf('card_type_id', cardTypes, 'unknown-card-type'),
    loyaltyPoints: number('loyalty_points'),
    loyaltyItems: number('loyalty_items'),
    loyaltyVisits: number('loyalty_visits'),
    loyaltyBonus: number('loyalty_bonus'),
    loyaltySales: amount('loyalty_sales'),
    loyaltyGift: amount('loyalty_gift'),
    loyaltyCurrency: parsed('loyalty_currency', parseCurrency, { problem: 'not-a-currency' }),
    birthday,
    date2: day('date2'),
    date3: day('date3'),
    criterion1: number('criterion1'),
    criterion2: number('criterion2'),
    criterion3: number('criterion3'),
    doNotContact: wish((answer) => answer),
    wish: wish((answer) => !answer),
    opensConsent,
  }
}
