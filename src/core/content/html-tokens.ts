/** Reads HTML source as mail designers write it, forgiving as browsers are, into tokens that say exactly what is where. */

export type Attribute = { readonly name: string; readonly value: string }

export type HtmlToken =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'open'; readonly name: string; readonly attributes: readonly Attribute[] }
  | { readonly kind: 'close'; readonly name: string }
  /** Comments, the doctype and the content of `style`: kept as they are. */
  | { readonly kind: 'raw'; readonly value: string; readonly of: 'comment' | 'doctype' | 'style' }

/** Elements whose content is not HTML; only that of `style` and `title` is of use in a message. */
const rawElements = [
  'script',
  'style',
  'textarea',
  'title',
  'xmp',
  'iframe',
  'noembed',
  'noframes',
  'noscript',
]

export function* readHtml(source: string): Generator<HtmlToken> {
  let at = 0
  while (at < source.length) {
    const step = source[at] === '<' ? readMarkup(source, at) : readText(source, at)
    yield* step.tokens
    at = step.to
  }
}

type Step = { tokens: HtmlToken[]; to: number }

function readText(source: string, at: number): Step {
  const next = source.indexOf('<', at)
  const to = next < 0 ? source.length : next
  return { tokens: [{ kind: 'text', value: source.slice(at, to) }], to }
}

function readMarkup(source: string, at: number): Step {
  if (source.startsWith('<!--', at)) return readComment(source, at)
  if (/^<[!?]/.test(source.slice(at, at + 2))) return readDeclaration(source, at)
  const name = /<(\/?)([a-zA-Z][^\s/>]*)/y
  name.lastIndex = at
  const match = name.exec(source)
  if (!match) return { tokens: [{ kind: 'text', value: '<' }], to: at + 1 }
  const [start, slash, written = ''] = match
  const tag = written.toLowerCase()
  const { attributes, to } = readAttributes(source, at + start.length)
  if (slash === '/') return { tokens: [{ kind: 'close', name: tag }], to }
  const open: HtmlToken = { kind: 'open', name: tag, attributes }
  return rawElements.includes(tag) ? readRaw(source, to, open) : { tokens: [open], to }
}

/* As browsers end it: `<!-->` and `<!--->` are over at once, and `--!>` closes too. What is taken for a
   comment here and not there would be sent uncleaned. */
const comment = /<!--(?:-?>|[\s\S]*?--!?>)/y

function readComment(source: string, at: number): Step {
  comment.lastIndex = at
  const value = comment.exec(source)?.[0]
  // A comment that is never closed would swallow our footer.
  if (value === undefined) return { tokens: [], to: source.length }
  return { tokens: [{ kind: 'raw', of: 'comment', value }], to: at + value.length }
}

function readDeclaration(source: string, at: number): Step {
  const end = source.indexOf('>', at)
  const to = end < 0 ? source.length : end + 1
  const value = source.slice(at, to)
  return {
    tokens: /^<!doctype[^<]*>$/i.test(value) ? [{ kind: 'raw', of: 'doctype', value }] : [],
    to,
  }
}

function readRaw(source: string, at: number, open: HtmlToken & { kind: 'open' }): Step {
  const close = new RegExp(`</${open.name}[\\s/>]`, 'gi')
  close.lastIndex = at
  const end = close.exec(source)?.index ?? source.length
  const content = source.slice(at, end)
  const inside: HtmlToken[] =
    open.name === 'style'
      ? [{ kind: 'raw', of: 'style', value: content }]
      : [{ kind: 'text', value: content }]
  return { tokens: content === '' ? [open] : [open, ...inside], to: end }
}

/* Never empty: a name, then perhaps a value in double, single or no quotes. A stray slash or quote is passed over. */
const attribute =
  /[\s/]*(?:([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?|["'=<`])/y

function readAttributes(source: string, from: number): { attributes: Attribute[]; to: number } {
  const attributes: Attribute[] = []
  let at = from
  for (;;) {
    attribute.lastIndex = at
    const match = attribute.exec(source)
    if (!match) break
    const [whole, name, double, single, bare] = match
    if (name) attributes.push({ name: name.toLowerCase(), value: double ?? single ?? bare ?? '' })
    at += whole.length
  }
  const end = source.indexOf('>', at)
  return { attributes, to: end < 0 ? source.length : end + 1 }
}
