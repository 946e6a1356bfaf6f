/** Words, numbers and days of a sentence in one language. */
import { assertNever } from '../kernel/assert-never.ts'
import { inFrench } from '../kernel/french-spaces.ts'
import type { Locale } from '../kernel/values.ts'
import type { Measure } from './criteria.ts'
import en from './words/en.json' with { type: 'json' }
import fr from './words/fr.json' with { type: 'json' }

type Words = typeof fr

const french = inFrench(fr)

/** What rows are called, in the language of the sentence; undefined when the row is gone. */
export type Naming = (
  kind:
    | 'store'
    | 'category'
    | 'cardType'
    | 'kind'
    | 'department'
    | 'article'
    | 'tag'
    | 'list'
    | 'segment'
    /** Or operation. */
    | 'mailing'
    | 'field'
    | 'option'
    | 'question'
    /** A choice of a question, as `12.evening`. */
    | 'answer'
    /** With its operation, as the two go by. */
    | 'step'
    /** Of a target, by its code. */
    | 'status'
    /** Of a step and of an operation, by their codes. */
    | 'step-state'
    | 'operation-state'
    /** Hidden ones are as if gone. */
    | 'activityType'
    /** Of a type, as `3.reason`. */
    | 'activityField'
    /** Of a field of a type, as `3.reason.late`. */
    | 'activityOption',
  id: string,
) => string | undefined

/* Inter draws the French thousands space U+202F almost invisibly; U+00A0 is as correct. */
const visible = (text: string) => text.replaceAll('\u202f', '\u00a0')

export function createPhrase(locale: Locale, naming: Naming) {
  const words: Words = locale === 'fr' ? french : en
  const utc = { timeZone: 'UTC' } as const
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', ...utc })
  const monthDay = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', ...utc })
  const month = new Intl.DateTimeFormat(locale, { month: 'long', ...utc })
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 })
  const list = (ids: (string | number)[], join: 'and' | 'or', name: (id: string) => string) => {
    const names = ids.map((id) => name(String(id)))
    const last = names.pop() ?? ''
    return names.length === 0 ? last : `${names.join(words.comma)}${words[join]}${last}`
  }
  const quote = (text: string) => fill(words.quote, { text })
  const called = (kind: Parameters<Naming>[0]) => (id: string) =>
    quote(naming(kind, id) ?? words.gone)
  /** What a value of a choice is called: rows by their name, closed lists by the words, countries by Intl. */
  const choice = (field: string, value: string): string => {
    if (field === 'store' || field === 'category' || field === 'cardType' || field === 'kind')
      return called(field)(value)
    if (field.startsWith('custom.')) return called('option')(`${field.slice(7)}.${value}`)
    const known: Record<string, string> = words.choices
    return quote(
      known[`${field}.${value}`] ?? (field === 'country' ? country(value, locale) : value),
    )
  }
  return {
    words,
    naming,
    choice,
    list,
    quote,
    called,
    number: (value: number) => visible(number.format(value)),
    day: (text: string) => first(day.format(new Date(text)), locale),
    monthDay: (text: string) => first(monthDay.format(new Date(`2024-${text}`)), locale),
    month: (at: number) => month.format(new Date(Date.UTC(2024, at - 1, 1))),
    /** A measured figure as people say it; `value` in minor units, thousandths or a count. */
    figure: (measure: Measure, value: number, currency: string | null) =>
      visible(figure(measure, value, currency, locale)),
    plural: (from: Record<string, string>, key: string, n: number) => {
      const rule = new Intl.PluralRules(locale).select(n)
      return (
        (n === 0 ? from[`${key}_zero`] : undefined) ??
        from[`${key}_${rule}`] ??
        from[`${key}_other`] ??
        ''
      )
    },
  }
}
export type Phrase = ReturnType<typeof createPhrase>

function country(code: string, locale: Locale): string {
  const isCode = /^[A-Z]{2}$/.test(code)
  return (isCode ? new Intl.DisplayNames(locale, { type: 'region' }).of(code) : undefined) ?? code
}

/** In French the first of a month is the only day with an ordinal, and Intl does not know. */
const first = (day: string, locale: Locale) =>
  locale === 'fr' ? day.replace(/^1(?=\s)/, '1er') : day

/** Puts values into `{name}` places. */
export const fill = (template: string, values: Record<string, string>): string =>
  template.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place)

function figure(measure: Measure, value: number, currency: string | null, locale: Locale): string {
  const number = (options: Intl.NumberFormatOptions, of: number) =>
    new Intl.NumberFormat(locale, options).format(of)
  switch (measure) {
    case 'visits':
      return number({}, value)
    case 'quantity':
      return number({ maximumFractionDigits: 3 }, value / 1_000)
    case 'revenue':
    case 'margin':
    case 'basket':
      return money(value, currency ?? 'EUR', locale)
    default:
      return assertNever(measure)
  }
}

function money(minor: number, currency: string, locale: Locale): string {
  const style = { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' } as const
  const format = new Intl.NumberFormat(locale, style)
  return format.format(
    minor /
      10 **
        (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
          .maximumFractionDigits ?? 2),
  )
}
