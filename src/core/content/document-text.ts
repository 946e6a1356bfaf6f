/** The editor's document as the plain text part of an e-mail, as template text. */
import { assertNever } from '../kernel/assert-never.ts'
import type { Block, EmailDocument, Inline } from './document.ts'
import { printField } from './template.ts'

/** Its fields are still written `{{…}}`; whoever compiles the message has reported bad ones already. */
export const documentText = (document: EmailDocument): string =>
  document.content
    .map((block) => blockText(block))
    .join('\n\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

function blockText(block: Block): string {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return inlineText(block.content)
    case 'bulletList':
    case 'orderedList':
      return listText(block, '')
    case 'horizontalRule':
      return '-'.repeat(40)
    case 'button':
      return `${block.attrs.label} : ${block.attrs.href}`
    case 'image':
      return block.attrs.alt
    default:
      return assertNever(block)
  }
}

type List = Extract<Block, { type: 'bulletList' | 'orderedList' }>

function listText(list: List, indent: string): string {
  return list.content
    .map(({ content }, at) => {
      const sign = list.type === 'bulletList' ? '-' : `${at + 1}.`
      const lines = content.map((inner) =>
        inner.type === 'paragraph'
          ? inlineText(inner.content)
          : `\n${listText(inner, `${indent}  `)}`,
      )
      return `${indent}${sign} ${lines.join(' ').replaceAll(' \n', '\n')}`
    })
    .join('\n')
}

const inlineText = (content: readonly Inline[] | undefined): string =>
  (content ?? []).map((inline) => withLink(inline, bareText(inline))).join('')

function withLink({ marks }: Inline, text: string): string {
  const link = marks?.find((mark) => mark.type === 'link')
  return link && link.attrs.href !== text ? `${text} (${link.attrs.href})` : text
}

function bareText(inline: Inline): string {
  switch (inline.type) {
    case 'text':
      return inline.text
    case 'hardBreak':
      return '\n'
    case 'mergeField':
      return printField(inline.attrs)
    default:
      return assertNever(inline)
  }
}
