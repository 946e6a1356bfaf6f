/** THE renderer of e-mails, for preview, test and sending alike: compiled once, filled per recipient. */
import type { EmailContent } from './content.ts'
import { documentHtml } from './document-html.ts'
import { documentText } from './document-text.ts'
import {
  canvasEnd,
  documentStart,
  footerHtml,
  footerText,
  paperEnd,
  paperStart,
  preheaderHtml,
  type Sender,
} from './email-layout.ts'
import { cleanTokens, markFields, tokenPieces, unmark } from './html-source.ts'
import { htmlText } from './html-text.ts'
import type { HtmlToken } from './html-tokens.ts'
import type { FieldLookup } from './merge-fields.ts'
import {
  type ContentNotice,
  type ContentProblem,
  type FieldPiece,
  type Findings,
  fieldsIn,
  fillPieces,
  join,
  newFindings,
  type Piece,
  piecesOf,
} from './pieces.ts'
import { escapeHtml, type MergeValues } from './template.ts'

/** Addresses of our own public pages for one recipient. */
export type MessageLinks = { readonly unsubscribe: string }

type RenderedEmail = {
  readonly subject: string
  readonly preheader: string
  readonly html: string
  readonly text: string
}

export type CompiledEmail = {
  /** The fields it names, as `loadMergeValues` takes them. */
  readonly fields: readonly string[]
  /** Every use of a field, for the report of missing values. */
  readonly uses: readonly FieldPiece[]
  readonly notices: readonly ContentNotice[]
  /** What `fill` joins: sending encodes the literal ones once for everybody. */
  readonly pieces: {
    readonly subject: readonly Piece[]
    readonly html: readonly Piece[]
    readonly text: readonly Piece[]
  }
  readonly fill: (values: MergeValues, links: MessageLinks) => RenderedEmail
}

export type Compiled<T> =
  | { readonly compiled: T; readonly problems?: never }
  | { readonly compiled?: never; readonly problems: readonly ContentProblem[] }

export type EmailFrame = { readonly sender: Sender; readonly lookup: FieldLookup }

type Parts = { subject: Piece[]; preheader: Piece[]; html: Piece[]; text: Piece[] }

export function compileEmail(content: EmailContent, frame: EmailFrame): Compiled<CompiledEmail> {
  const findings = newFindings(frame.lookup)
  const parts = {
    subject: piecesOf(content.subject, { place: 'subject', target: 'header' }, findings),
    preheader: piecesOf(content.preheader, { place: 'preheader', target: 'text' }, findings),
    ...(content.mode === 'html'
      ? sourceParts(content, frame.sender, findings)
      : documentParts(content, frame.sender, findings)),
  }
  if (content.subject.trim() === '') findings.problems.push(empty('subject'))
  if (findings.problems.length > 0) return { problems: findings.problems }
  return { compiled: compiledOf(parts, findings) }
}

const empty = (place: ContentProblem['place']): ContentProblem => ({
  place,
  code: 'empty',
  line: 0,
  column: 0,
  text: '',
})

function compiledOf(parts: Parts, { notices }: Findings): CompiledEmail {
  const subject = join(parts.subject)
  const preheader = join(parts.preheader)
  const html = join(parts.html)
  const text = join(parts.text)
  const uses = [...subject, ...preheader, ...html, ...text].filter((p) => typeof p !== 'string')
  return {
    fields: [...new Set(uses.map(({ field }) => field))],
    uses: fieldsIn([...subject, ...preheader, ...html]),
    notices,
    pieces: { subject, html, text },
    fill: (values, { unsubscribe }) => {
      const all = { ...values, unsubscribeUrl: unsubscribe }
      return {
        subject: fillPieces(subject, all),
        preheader: fillPieces(preheader, all),
        html: fillPieces(html, all),
        text: fillPieces(text, all),
      }
    },
  }
}

/** A line of a mail head shown in the page: the same text, escaped for HTML. */
const asHtml = (text: string, findings: Findings) =>
  piecesOf(
    text,
    { place: 'preheader', target: 'html', literal: escapeHtml },
    { ...findings, problems: [] },
  )

function documentParts(content: EmailContent, sender: Sender, findings: Findings) {
  const body = documentHtml(content.document, findings)
  const text = documentText(content.document)
  if (text === '') findings.problems.push(empty('body'))
  return {
    html: [
      ...documentStart(content.language, asHtml(content.subject, findings)),
      '<body class="mp-canvas" style="margin:0;padding:0;background-color:#f3f5f8">\n',
      ...preheaderHtml(asHtml(content.preheader, findings)),
      paperStart,
      ...body,
      paperEnd,
      ...footerHtml(sender, content.language, findings),
      canvasEnd,
      '</body>\n</html>\n',
    ],
    text: textPieces(text, { sender, content, withFooter: true }, findings),
  }
}

type TextFrame = { sender: Sender; content: EmailContent; withFooter: boolean }

/** Bad fields have been told where they stand in the body; here they would be told twice. */
function textPieces(text: string, frame: TextFrame, findings: Findings): Piece[] {
  const source = frame.withFooter
    ? `${text}\n\n${footerText(frame.sender, frame.content.language)}{{unsubscribeUrl}}\n`
    : `${text}\n`
  return piecesOf(source, { place: 'body', target: 'text' }, { ...findings, problems: [] })
}

function sourceParts(content: EmailContent, sender: Sender, findings: Findings) {
  const { marked, fields } = markFields(content.html, findings)
  const tokens = cleanTokens(marked, findings)
  const text = unmark(htmlText(tokens), fields, 'text')
  if (content.html.trim() === '') findings.problems.push(empty('body'))
  const withFooter = !fields.some(({ field }) => field === 'unsubscribeUrl')
  const { head, inside, tail } = cutAtBody(tokens)
  return {
    html: [
      ...(head
        ? tokenPieces(head, fields, findings)
        : [...documentStart(content.language, asHtml(content.subject, findings)), '<body>\n']),
      ...preheaderHtml(asHtml(content.preheader, findings)),
      ...tokenPieces(inside, fields, findings),
      ...(withFooter ? footerHtml(sender, content.language, findings) : []),
      ...(tail ? tokenPieces(tail, fields, findings) : ['</body>\n</html>\n']),
    ],
    text: [...text, ...textPieces('', { sender, content, withFooter }, findings)],
  }
}

/** A fragment has neither head nor tail and is given ours. */
function cutAtBody(tokens: readonly HtmlToken[]) {
  const open = tokens.findIndex((token) => isTag(token, 'open', 'body'))
  const close = tokens.findLastIndex((token) => isTag(token, 'close', 'body'))
  const end = close > open ? close : tokens.length
  return {
    head: open < 0 ? undefined : tokens.slice(0, open + 1),
    inside: tokens.slice(open + 1, end),
    tail: close > open ? tokens.slice(end) : undefined,
  }
}

const isTag = (token: HtmlToken, kind: 'open' | 'close', name: string) =>
  token.kind === kind && token.name === name
