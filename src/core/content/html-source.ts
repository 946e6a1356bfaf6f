/** A designer's own HTML made fit for sending: merge fields by the place they stand in, nothing that runs or asks. */
import { assertNever } from '../kernel/assert-never.ts'
import { decodeEntities } from './html-entities.ts'
import { type Attribute, type HtmlToken, readHtml } from './html-tokens.ts'
import { atStartWhole, type Findings, type Piece } from './pieces.ts'
import { type MergePart, parseTemplate, type Target } from './template.ts'

/** Removed with all that is in them. */
const withContent = new Set([
  'script',
  'noscript',
  'iframe',
  'textarea',
  'xmp',
  'noembed',
  'noframes',
  'object',
  'applet',
  'select',
  'svg',
  'math',
  'template',
])
/** Only the tags are removed; what they enclose stays. */
const tagOnly = new Set([
  'form',
  'input',
  'button',
  'option',
  'frame',
  'frameset',
  'embed',
  'param',
  'base',
  'link',
])

const addresses = new Set(['href', 'src', 'background', 'action', 'poster', 'cite', 'longdesc'])

/* While tags are read a field is one private-use pair around its number, so that a fallback with quotes
   or angle brackets can never be taken for markup. */
const fieldMark = /\ue000(\d+)\ue001/g
const reserved = /[\ue000\ue001]/g

/** Template text with its fields replaced by marks, and the fields. Bad fields go to the findings. */
export function markFields(source: string, findings: Findings) {
  const parsed = parseTemplate(source.replace(reserved, ''), findings.lookup)
  if (parsed.problems) {
    findings.problems.push(
      ...parsed.problems.map((problem) => ({ place: 'body' as const, ...problem })),
    )
  }
  const fields: MergePart[] = []
  const marked = (parsed.template ?? [])
    .map((part) => (typeof part === 'string' ? part : `\ue000${fields.push(part) - 1}\ue001`))
    .join('')
  return { marked, fields }
}

/** The clean tokens of marked HTML; what is dropped is told in the findings. */
export function cleanTokens(marked: string, findings: Findings): HtmlToken[] {
  const kept: HtmlToken[] = []
  let inside: { name: string; depth: number } | undefined
  for (const token of readHtml(marked)) {
    if (inside) {
      inside = stillInside(inside, token)
      continue
    }
    if (isKept(token)) kept.push(withoutBadAttributes(token, findings))
    else if (token.kind === 'open') {
      tell(findings, `<${token.name}>`)
      if (withContent.has(token.name)) inside = { name: token.name, depth: 1 }
    }
  }
  return kept
}

function stillInside(inside: { name: string; depth: number }, token: HtmlToken) {
  if ((token.kind !== 'open' && token.kind !== 'close') || token.name !== inside.name) return inside
  const depth = inside.depth + (token.kind === 'open' ? 1 : -1)
  return depth === 0 ? undefined : { ...inside, depth }
}

function isKept(token: HtmlToken): boolean {
  if (token.kind !== 'open' && token.kind !== 'close') return true
  if (!/^[a-z][a-z0-9:-]*$/.test(token.name)) return false
  if (withContent.has(token.name) || tagOnly.has(token.name)) return false
  return !(token.kind === 'open' && token.name === 'meta' && isRefresh(token.attributes))
}

const isRefresh = (attributes: readonly Attribute[]) =>
  attributes.some(({ name, value }) => name === 'http-equiv' && /refresh|csp|policy/i.test(value))

function withoutBadAttributes(token: HtmlToken, findings: Findings): HtmlToken {
  if (token.kind !== 'open') return token
  const seen = new Set<string>()
  const attributes = token.attributes.filter(({ name, value }) => {
    const once = !seen.has(name)
    seen.add(name)
    if (!once || !/^[a-z_][\w:.-]*$/.test(name)) return false
    if (!name.startsWith('on') && name !== 'srcdoc' && !isBadAddress(name, value)) return true
    tell(findings, `${name}="${value.slice(0, 40)}"`)
    return false
  })
  return { ...token, attributes }
}

function isBadAddress(name: string, value: string): boolean {
  if (!addresses.has(name)) return false
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers skip them when they read the scheme
  const plain = decodeEntities(value).replace(/[\u0000-\u0020]+/g, '')
  return (
    /^(?:javascript|vbscript|file|blob):/i.test(plain) || /^data:(?!image\/(?!svg))/i.test(plain)
  )
}

function tell({ notices }: Findings, text: string) {
  if (!notices.some((notice) => notice.text === text)) notices.push({ code: 'removed', text })
}

/** Tokens as HTML pieces; each field is escaped for the place it stands in. */
export const tokenPieces = (
  tokens: readonly HtmlToken[],
  fields: readonly MergePart[],
  findings: Findings,
): Piece[] => tokens.flatMap((token) => piecesOfToken(token, fields, findings))

function piecesOfToken(
  token: HtmlToken,
  fields: readonly MergePart[],
  findings: Findings,
): Piece[] {
  switch (token.kind) {
    case 'text':
      return unmark(token.value.replaceAll('<', '&lt;'), fields, 'html')
    case 'raw':
      refuseFields(token.value, findings)
      return [token.value]
    case 'close':
      return [`</${token.name}>`]
    case 'open':
      for (const { name, value } of token.attributes) {
        if (name === 'style') refuseFields(value, findings)
      }
      return openPieces(token, fields)
    default:
      return assertNever(token)
  }
}

/** Style sheets and comments have no escape that every mail program understands. */
function refuseFields(text: string, { problems }: Findings) {
  if (text.search(fieldMark) < 0) return
  const shown = text.replace(fieldMark, '{{…}}').trim().slice(0, 60)
  problems.push({ place: 'body', code: 'misplaced-field', line: 0, column: 0, text: shown })
}

function openPieces(
  { name, attributes }: HtmlToken & { kind: 'open' },
  fields: readonly MergePart[],
): Piece[] {
  const inside = attributes.flatMap((attribute): Piece[] => [
    ` ${attribute.name}="`,
    ...attributePieces(attribute, fields),
    '"',
  ])
  return [`<${name}`, ...inside, '>']
}

function attributePieces({ name, value }: Attribute, fields: readonly MergePart[]): Piece[] {
  const quoted = value.replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  if (!addresses.has(name)) return unmark(quoted, fields, 'html')
  return atStartWhole(unmark(quoted.trim(), fields, 'url'))
}

/** Marked text as pieces, its fields escaped for `target`. */
export function unmark(text: string, fields: readonly MergePart[], target: Target): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const { 0: mark, 1: number, index } of text.matchAll(fieldMark)) {
    const field = fields[Number(number)]
    if (index > from) pieces.push(text.slice(from, index))
    if (field) pieces.push({ ...field, target })
    from = index + mark.length
  }
  if (from < text.length) pieces.push(text.slice(from))
  return pieces
}
