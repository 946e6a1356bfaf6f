/** What a message says of a recipient, formatted in the recipient's language. */
import { wallClockAt } from '../kernel/zone.ts'
import type { FieldType } from '../parties/fields.ts'
import { type AnswerValue, answerText } from '../questionnaires/answer.ts'
import type { Question } from '../questionnaires/question.ts'
import { ofOrganisation, organisationPrefix } from './merge-fields.ts'
import type { MergeValues } from './template.ts'

export type PurchaseTotals = {
  currency: string
  firstVisitOn: string
  lastVisitOn: string
  visits: number
  /** Minor units. */
  revenue: number
  /** Thousandths. */
  quantity: number
}

/** Raw values of one card; what no field asked for is absent. */
export type MergeSource = {
  id: number
  language: string
  text: Readonly<Record<string, string | null>>
  custom?: Readonly<Record<string, unknown>>
  /** Current answers by the code of the question. */
  answers?: Readonly<Record<string, AnswerValue>>
  /** `2026-11-22`, and `--11-22` for a birthday without its year. */
  days?: Readonly<Record<string, string | null>>
  numbers?: Readonly<Record<string, number | null>>
  kind?: { fr: string; en: string }
  storeCurrency?: string | null
  purchases?: readonly PurchaseTotals[]
  /** Whom the person is written to for; null for somebody who belongs to none. */
  organisation?:
    | (Omit<MergeSource, 'id' | 'language' | 'organisation' | 'appointment'> & { function: string })
    | null
  appointment?: { at: string; place: string } | null
}

export type CustomFieldShape = {
  key: string
  type: FieldType
  labelFr: string
  labelEn: string
  options: readonly { value: string; labelFr: string; labelEn: string }[]
}

export type QuestionShape = Pick<Question, 'code' | 'kind' | 'label' | 'choices'>

type Surroundings = {
  today: string
  /** Of the company, on whose clock appointments are. */
  zone: string
  custom: ReadonlyMap<string, CustomFieldShape>
  /** By code. */
  questions: ReadonlyMap<string, QuestionShape>
}

const words = {
  fr: {
    yes: 'oui',
    no: 'non',
    f: 'Madame',
    m: 'Monsieur',
    person: 'Particulier',
    company: 'Entreprise',
    account: 'Client en compte',
  },
  en: {
    yes: 'yes',
    no: 'no',
    f: 'Female',
    m: 'Male',
    person: 'Individual',
    company: 'Company',
    account: 'Account customer',
  },
}

/** Everything that is not French is written in English: the two languages of the product. */
const localeOf = (language: string) => (language.toLowerCase().startsWith('fr') ? 'fr' : 'en')
type Locale = ReturnType<typeof localeOf>

export function mergeValuesOf(
  source: MergeSource,
  fields: readonly string[],
  around: Surroundings,
): MergeValues {
  const values: Record<string, string | null> = {}
  for (const field of fields) values[field] = valueFor(field, source, around)
  return values
}

function valueFor(field: string, source: MergeSource, around: Surroundings): string | null {
  if (field.startsWith(organisationPrefix)) return organisationValue(field, source, around)
  const locale = localeOf(source.language)
  if (field.startsWith('custom.')) return customValue(field.slice(7), source, around)
  if (field.startsWith('answer.')) return answerValue(field.slice(7), source, around)
  if (field.startsWith('purchases.')) return purchaseValue(field.slice(10), source, locale)
  const derive = derived[field]
  if (derive) return derive(source, locale, around)
  const day = source.days?.[field]
  if (day) return writeDay(day, locale)
  const number = source.numbers?.[field]
  if (number !== undefined && number !== null) return writeNumber(number, locale)
  return source.text[field] ?? null
}

/** In the language of who reads it. */
function organisationValue(field: string, source: MergeSource, around: Surroundings) {
  const { organisation, id, language } = source
  if (!organisation) return null
  const own = ofOrganisation(field)
  if (own === undefined) return organisation.function
  return valueFor(own, { ...organisation, id, language }, around)
}

type Derive = (source: MergeSource, locale: Locale, around: Surroundings) => string | null

const derived: Record<string, Derive | undefined> = {
  fullName: ({ text }) => joined(text.firstName, text.lastName) || (text.company ?? null),
  greeting: ({ text }) => joined(text.salutation, text.lastName) || null,
  kind: ({ kind }, locale) => kind?.[locale] ?? null,
  nature: ({ text }, locale) =>
    text.nature === 'company' || text.nature === 'account'
      ? words[locale][text.nature]
      : words[locale].person,
  sex: ({ text }, locale) =>
    text.sex === 'f' || text.sex === 'm' ? words[locale][text.sex] : null,
  language: ({ language }, locale) => nameOf('language', language, locale),
  country: ({ text }, locale) => (text.country ? nameOf('region', text.country, locale) : null),
  age: ({ days }, _, { today }) => ageOn(days?.birthday ?? null, today),
  loyaltySales: (source, locale) => cardAmount('loyaltySales', source, locale),
  loyaltyGift: (source, locale) => cardAmount('loyaltyGift', source, locale),
  'appointment.when': ({ appointment }, locale, { zone }) =>
    appointment ? writeWhen(wallClockAt(new Date(appointment.at), zone), locale) : null,
  'appointment.place': ({ appointment }) => appointment?.place ?? null,
  today: (_, locale, { today }) => writeDay(today, locale),
}

function cardAmount(field: string, { numbers, text }: MergeSource, locale: Locale): string | null {
  const amount = numbers?.[field]
  if (amount === undefined || amount === null) return null
  return writeMoney(amount, text.loyaltyCurrency ?? 'EUR', locale)
}

const joined = (...parts: (string | null | undefined)[]) =>
  parts.filter((part) => part !== undefined && part !== null && part !== '').join(' ')

function ageOn(birthday: string | null, today: string): string | null {
  if (!birthday || !/^\d{4}-/.test(birthday)) return null
  const years = Number(today.slice(0, 4)) - Number(birthday.slice(0, 4))
  return String(today.slice(5) < birthday.slice(5) ? years - 1 : years)
}

function customValue(key: string, source: MergeSource, { custom }: Surroundings): string | null {
  const field = custom.get(key)
  const value = source.custom?.[key]
  if (!field || value === undefined || value === null || value === '') return null
  const locale = localeOf(source.language)
  const labelOf = (chosen: unknown) => {
    const option = field.options.find((one) => one.value === chosen)
    return (locale === 'fr' ? option?.labelFr : option?.labelEn) ?? String(chosen)
  }
  switch (field.type) {
    case 'number':
      return writeNumber(Number(value), locale)
    case 'money':
      return writeMoney(Number(value), source.storeCurrency ?? 'EUR', locale)
    case 'date':
      return writeDay(String(value), locale)
    case 'boolean':
      return value === true ? words[locale].yes : words[locale].no
    case 'choice':
      return labelOf(value)
    case 'choices':
      return Array.isArray(value) ? value.map(labelOf).join(', ') : labelOf(value)
    default:
      return String(value)
  }
}

function answerValue(code: string, source: MergeSource, { questions }: Surroundings) {
  const [question, value] = [questions.get(code), source.answers?.[code]]
  if (!question || value === undefined) return null
  return answerText(question, value, localeOf(source.language))
}

/** Sums per currency side by side, the largest first: never added across currencies. */
function purchaseValue(figure: string, { purchases }: MergeSource, locale: Locale): string | null {
  if (!purchases || purchases.length === 0) return null
  const days = (pick: (one: PurchaseTotals) => string) => purchases.map(pick).sort()
  const sum = (pick: (one: PurchaseTotals) => number) =>
    purchases.reduce((total, one) => total + pick(one), 0)
  const perCurrency = (pick: (one: PurchaseTotals) => number) =>
    [...purchases]
      .sort((a, b) => b.revenue - a.revenue)
      .map((one) => writeMoney(pick(one), one.currency, locale))
      .join(' + ')
  switch (figure) {
    case 'lastVisit':
      return writeDay(days((one) => one.lastVisitOn).at(-1) ?? '', locale)
    case 'firstVisit':
      return writeDay(days((one) => one.firstVisitOn)[0] ?? '', locale)
    case 'visits':
      return writeNumber(
        sum((one) => one.visits),
        locale,
      )
    case 'quantity':
      return writeNumber(sum((one) => one.quantity) / 1_000, locale)
    case 'revenue':
      return perCurrency((one) => one.revenue)
    case 'averageBasket':
      return perCurrency((one) => Math.round(one.revenue / Math.max(1, one.visits)))
    default:
      return null
  }
}

/* Formatters are slow to make and quick to use; their number is that of locales and currencies. */
const formatters = new Map<string, { format: (value: never) => string }>()

function formatter<T>(key: string, make: () => { format: (value: T) => string }) {
  const known = formatters.get(key) as { format: (value: T) => string } | undefined
  if (known) return known
  const made = make()
  formatters.set(key, made as { format: (value: never) => string })
  return made
}

/* French groups thousands by U+202F, which GSM-7 lacks and some fonts do not draw. */
const plainSpaces = (text: string) => text.replace(/[\u202f\u00a0]/g, '\u00a0')

const writeNumber = (value: number, locale: Locale): string =>
  plainSpaces(
    formatter<number>(
      `n ${locale}`,
      () => new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }),
    ).format(value),
  )

function writeMoney(minor: number, currency: string, locale: Locale): string {
  const money = formatter<number>(
    `m ${locale} ${currency}`,
    () => new Intl.NumberFormat(locale, { style: 'currency', currency }),
  )
  return plainSpaces(money.format(minor / 10 ** digitsOf(currency)))
}

const currencyDigits = new Map<string, number>()
function digitsOf(currency: string): number {
  const known = currencyDigits.get(currency)
  if (known !== undefined) return known
  const options = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
  currencyDigits.set(currency, options.maximumFractionDigits ?? 2)
  return options.maximumFractionDigits ?? 2
}

function writeDay(day: string, locale: Locale): string {
  const yearless = day.startsWith('--')
  const form = formatter<Date>(`d ${locale} ${yearless}`, () => {
    const parts = { day: 'numeric', month: 'long', timeZone: 'UTC' } as const
    return new Intl.DateTimeFormat(
      locale === 'en' ? 'en-GB' : locale,
      yearless ? parts : { ...parts, year: 'numeric' },
    )
  })
  const date = new Date(`${yearless ? `2000-${day.slice(2)}` : day.slice(0, 10)}T00:00:00Z`)
  return Number.isNaN(date.getTime()) ? day : firstOfMonth(form.format(date), locale)
}

/* What is written with a 1 is read “premier”, and Intl does not know. */
const firstOfMonth = (text: string, locale: Locale) =>
  locale === 'fr' ? text.replace(/(?<!\d)1 (?=\p{L})/u, '1er ') : text

function writeWhen(at: string, locale: Locale): string {
  const form = formatter<Date>(
    `w ${locale}`,
    () =>
      new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
        dateStyle: 'full',
        timeStyle: 'short',
        timeZone: 'UTC',
      }),
  )
  return firstOfMonth(plainSpaces(form.format(new Date(`${at}Z`))), locale)
}

function nameOf(type: 'language' | 'region', code: string, locale: Locale): string {
  try {
    return new Intl.DisplayNames([locale], { type }).of(code) ?? code
  } catch {
    return code
  }
}
