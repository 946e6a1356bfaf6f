/** Merge fields in a text: `{{lastName}}`, `{{lastName|cher client}}`, and `[[CLI.NOM]]` of older programs. */
import type { FieldLookup } from './merge-fields.ts'

export type MergePart = { readonly field: string; readonly fallback: string }

/** Literal text and fields in turn; no two texts follow each other and none is empty. */
export type Template = readonly (string | MergePart)[]

export type TemplateProblem = {
  readonly code: 'unknown-field' | 'open-field' | 'empty-field'
  /** Where it starts, counted in UTF-16 units from 0. */
  readonly at: number
  readonly line: number
  readonly column: number
  /** What is written there. */
  readonly text: string
}

export type ParsedTemplate =
  | { readonly template: Template; readonly problems?: never }
  | { readonly template?: never; readonly problems: readonly TemplateProblem[] }

/* The last two of several braces open a field, so that a brace may stand before one. A name with a table
   in double square brackets is a field as well; any other `[[` is text. */
const opening = /\{\{(?!\{)|\[\[(?=\s*[A-Za-z]\w*\.\w+\s*(?:\||\]\]))/g

const closed = {
  '{{': /\{\{([^{}|\r\n]*)(?:\|([^{}\r\n]*))?\}\}/y,
  '[[': /\[\[([^[\]|\r\n]*)(?:\|([^[\]\r\n]*))?\]\]/y,
}

export function parseTemplate(text: string, lookup: FieldLookup): ParsedTemplate {
  const parts: (string | MergePart)[] = []
  const problems: TemplateProblem[] = []
  let from = 0
  for (const { 0: bracket, index } of text.matchAll(opening)) {
    if (index < from) continue
    const { whole, part, problem } = readField(text, { bracket, index }, lookup)
    if (problem) problems.push(problem)
    if (!part) continue
    if (index > from) parts.push(text.slice(from, index))
    parts.push(part)
    from = index + whole.length
  }
  if (from < text.length) parts.push(text.slice(from))
  return problems.length > 0 ? { problems } : { template: parts }
}

type Opening = { bracket: string; index: number }

function readField(text: string, { bracket, index }: Opening, lookup: FieldLookup) {
  const form = closed[bracket === '{{' ? '{{' : '[[']
  form.lastIndex = index
  const [whole = bracket, name = '', fallback = ''] = form.exec(text) ?? []
  const field = lookup(name.trim())
  if (field !== undefined) return { whole, part: { field, fallback: fallback.trim() } }
  const problem = { code: codeOf(whole, bracket, name), ...placeOf(text, index), text: whole }
  return { whole, problem }
}

function codeOf(whole: string, bracket: string, name: string): TemplateProblem['code'] {
  if (whole === bracket) return 'open-field'
  return name.trim() === '' ? 'empty-field' : 'unknown-field'
}

function placeOf(text: string, at: number) {
  const before = text.slice(0, at).split('\n')
  return { at, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

export const printField = ({ field, fallback }: MergePart) =>
  fallback === '' ? `{{${field}}}` : `{{${field}|${fallback}}}`

/** The text of a template: `parseTemplate` gives the same template back. */
export const printTemplate = (template: Template) =>
  template.map((part) => (typeof part === 'string' ? part : printField(part))).join('')

/** The fields that a template names, each once. */
export const fieldsOf = (template: Template): string[] => [
  ...new Set(template.flatMap((part) => (typeof part === 'string' ? [] : [part.field]))),
]

/** What is known of a recipient, already in their language; absent, null and blank take the fallback. */
export type MergeValues = Readonly<Record<string, string | null | undefined>>

/** Where a value goes; it cannot break out of any of them. `address` is a whole link, `url` a part of one. */
export type Target = 'html' | 'text' | 'header' | 'sms' | 'url' | 'address'

export function renderTemplate(template: Template, values: MergeValues, target: Target): string {
  const escaped = escapes[target]
  let out = ''
  for (const part of template) {
    out += typeof part === 'string' ? part : escaped(mergeValue(part, values))
  }
  return out
}

export function mergeValue({ field, fallback }: MergePart, values: MergeValues): string {
  const value = values[field]
  return value === undefined || value === null || value.trim() === '' ? fallback : value
}

const unsafeHtml = /[&<>"']/
const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export const escapeHtml = (value: string): string =>
  unsafeHtml.test(value)
    ? value.replace(/[&<>"']/g, (character) => entities[character] ?? '')
    : value

/* Control characters, and the two line separators that some readers take for an end of line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the very characters to remove
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g

const oneLine = (value: string): string => value.replace(controls, ' ')

export const escapes: Readonly<Record<Target, (value: string) => string>> = {
  html: escapeHtml,
  text: oneLine,
  header: oneLine,
  sms: oneLine,
  url: (value) => encodeURIComponent(value.toWellFormed()).replaceAll("'", '%27'),
  address: (value) =>
    /^(?:https?:\/\/|mailto:|tel:)[^\s]+$/i.test(value) ? escapeHtml(value) : '#',
}
