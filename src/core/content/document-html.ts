/** The editor's document as e-mail HTML and as plain text, with the merge fields still in it. */
import { assertNever } from '../kernel/assert-never.ts'
import type { Block, EmailDocument, Inline, Mark } from './document.ts'
import { type Findings, linkPieces, type Piece, piecesOf } from './pieces.ts'
import { escapeHtml, printField } from './template.ts'

const place = 'body'

/** Inline styles, since many mail programs read no others; classes are for dark mode only. */
const styles = {
  paragraph: 'margin:0 0 16px;font-size:16px;line-height:1.55',
  heading: {
    1: 'margin:0 0 16px;font-size:28px;line-height:1.25;font-weight:700',
    2: 'margin:24px 0 12px;font-size:21px;line-height:1.3;font-weight:700',
    3: 'margin:20px 0 8px;font-size:17px;line-height:1.35;font-weight:700',
  },
  list: 'margin:0 0 16px;padding:0 0 0 24px',
  item: 'margin:0 0 6px;font-size:16px;line-height:1.55',
  rule: 'border:0;border-top:1px solid #d7dce4;margin:24px 0',
  image: 'display:block;max-width:100%;height:auto;border:0;border-radius:6px;margin:0 0 16px',
  link: 'color:#2f52b3;text-decoration:underline',
  buttonCell: 'border-radius:8px;background-color:#2f52b3',
  button:
    'display:inline-block;padding:13px 26px;font-size:16px;font-weight:600;line-height:1.2;color:#ffffff;text-decoration:none',
} as const

export const documentHtml = (document: EmailDocument, findings: Findings): Piece[] =>
  document.content.flatMap((block) => blockHtml(block, findings))

function blockHtml(block: Block, findings: Findings): Piece[] {
  switch (block.type) {
    case 'paragraph':
      return block.content === undefined || block.content.length === 0
        ? [`<p style="${styles.paragraph}">&nbsp;</p>`]
        : wrap('p', styles.paragraph, inlineHtml(block.content, findings))
    case 'heading': {
      const { level } = block.attrs
      return wrap(`h${level}`, styles.heading[level], inlineHtml(block.content, findings))
    }
    case 'bulletList':
    case 'orderedList':
      return listHtml(block, findings)
    case 'horizontalRule':
      return [`<hr class="mp-rule" style="${styles.rule}">`]
    case 'button':
      return buttonHtml(block, findings)
    case 'image':
      return [
        `<img src="${escapeHtml(block.attrs.src)}" alt="${escapeHtml(block.attrs.alt)}" style="${styles.image}">`,
      ]
    default:
      return assertNever(block)
  }
}

const wrap = (tag: string, style: string, inside: Piece[]): Piece[] => [
  `<${tag} style="${style}">`,
  ...inside,
  `</${tag}>`,
]

type List = Extract<Block, { type: 'bulletList' | 'orderedList' }>

function listHtml(list: List, findings: Findings): Piece[] {
  const items = list.content.flatMap(({ content }) =>
    wrap(
      'li',
      styles.item,
      content.flatMap((inner) =>
        inner.type === 'paragraph'
          ? inlineHtml(inner.content, findings)
          : blockHtml(inner, findings),
      ),
    ),
  )
  return wrap(list.type === 'bulletList' ? 'ul' : 'ol', styles.list, items)
}

/* A table cell carries the colour, since Outlook paints no background behind a padded link. */
function buttonHtml({ attrs }: Extract<Block, { type: 'button' }>, findings: Findings): Piece[] {
  checkLink(attrs, findings)
  return [
    `<table role="presentation" border="0" cellpadding="0" cellspacing="0" style="margin:8px 0 24px"><tr><td class="mp-button" style="${styles.buttonCell}"><a href="`,
    ...linkHtml(attrs.href, findings),
    `" style="${styles.button}">`,
    ...piecesOf(attrs.label, { place, target: 'html', literal: escapeHtml }, findings),
    '</a></td></tr></table>',
  ]
}

function checkLink({ href, label }: { href: string; label: string }, { problems }: Findings) {
  if (href !== '') return
  problems.push({ place, code: 'bad-link', line: 0, column: 0, text: label })
}

const linkHtml = (href: string, findings: Findings): Piece[] =>
  linkPieces(href, findings).map((piece) => (typeof piece === 'string' ? escapeHtml(piece) : piece))

const inlineHtml = (content: readonly Inline[] | undefined, findings: Findings): Piece[] =>
  (content ?? []).flatMap((inline) => marked(inline, inline.marks ?? [], findings))

function marked(inline: Inline, marks: readonly Mark[], findings: Findings): Piece[] {
  const [mark, ...rest] = marks
  if (!mark) return bareHtml(inline, findings)
  const inside = marked(inline, rest, findings)
  switch (mark.type) {
    case 'bold':
      return ['<strong>', ...inside, '</strong>']
    case 'italic':
      return ['<em>', ...inside, '</em>']
    case 'underline':
      return ['<u>', ...inside, '</u>']
    case 'link':
      return [
        '<a class="mp-link" href="',
        ...linkHtml(mark.attrs.href, findings),
        `" style="${styles.link}">`,
        ...inside,
        '</a>',
      ]
    default:
      return assertNever(mark)
  }
}

function bareHtml(inline: Inline, findings: Findings): Piece[] {
  switch (inline.type) {
    case 'text':
      return piecesOf(inline.text, { place, target: 'html', literal: escapeHtml }, findings)
    case 'hardBreak':
      return ['<br>']
    case 'mergeField':
      return piecesOf(printField(inline.attrs), { place, target: 'html' }, findings)
    default:
      return assertNever(inline)
  }
}
