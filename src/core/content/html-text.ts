/** The plain text that a reader of HTML would see. */
import { decodeEntities } from './html-entities.ts'
import type { Attribute, HtmlToken } from './html-tokens.ts'

const unseen = new Set(['head', 'style', 'title'])
const twoLines = new Set([
  'p',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'ul',
  'ol',
  'table',
  'blockquote',
])
const oneLine = new Set([
  'div',
  'tr',
  'br',
  'section',
  'article',
  'header',
  'footer',
  'center',
  'body',
])

export function htmlText(tokens: readonly HtmlToken[]): string {
  const state = { out: '', links: [] as string[], hidden: 0 }
  for (const token of tokens) {
    const isUnseen = 'name' in token && unseen.has(token.name)
    if (isUnseen) state.hidden += token.kind === 'open' ? 1 : -1
    else if (state.hidden <= 0) addToken(state, token)
  }
  return state.out
    .replace(/[ \t]*\n[ \t]*/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

type State = { out: string; links: string[] }

function addToken(state: State, token: HtmlToken): void {
  if (token.kind === 'text') state.out += decodeEntities(token.value.replace(/\s+/g, ' '))
  if (token.kind === 'open') addOpen(state, token.name, token.attributes)
  if (token.kind === 'close') addClose(state, token.name)
}

function addOpen(state: State, name: string, attributes: readonly Attribute[]): void {
  const attributeOf = (wanted: string) =>
    attributes.find((attribute) => attribute.name === wanted)?.value
  if (name === 'a') state.links.push(decodeEntities(attributeOf('href') ?? ''))
  if (name === 'img') state.out += decodeEntities(attributeOf('alt') ?? '')
  if (name === 'li') state.out += '\n- '
  if (name === 'hr') state.out += `\n\n${'-'.repeat(40)}\n\n`
  state.out += breakBefore(name)
}

function addClose(state: State, name: string): void {
  if (name === 'a') {
    const link = state.links.pop()
    if (link && !link.startsWith('#') && !state.out.endsWith(link)) state.out += ` (${link})`
  }
  if (name === 'td') state.out += ' '
  state.out += breakBefore(name)
}

const breakBefore = (name: string) => {
  if (twoLines.has(name)) return '\n\n'
  return oneLine.has(name) ? '\n' : ''
}
