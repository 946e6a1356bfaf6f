/** The text of an e-mail as the editor keeps it: a closed set of blocks and marks, nothing else is accepted. */
import { z } from 'zod'

/** A web address, a mail address or a phone; merge fields may stand in it. */
const Href = z
  .string()
  .max(2_000)
  .regex(/^(?:https?:\/\/|mailto:|tel:|\{\{|\[\[)/i)

export const Mark = z.discriminatedUnion('type', [
  z.object({ type: z.literal('bold') }),
  z.object({ type: z.literal('italic') }),
  z.object({ type: z.literal('underline') }),
  z.object({ type: z.literal('link'), attrs: z.object({ href: Href }) }),
])
export type Mark = z.infer<typeof Mark>

const Marks = z.array(Mark).max(4).optional()

const Inline = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string().min(1), marks: Marks }),
  z.object({ type: z.literal('hardBreak'), marks: Marks }),
  z.object({
    type: z.literal('mergeField'),
    attrs: z.object({ field: z.string().max(80), fallback: z.string().max(200).default('') }),
    marks: Marks,
  }),
])
export type Inline = z.infer<typeof Inline>

const inlines = z.array(Inline).max(5_000).optional()

const Paragraph = z.object({ type: z.literal('paragraph'), content: inlines })
const Heading = z.object({
  type: z.literal('heading'),
  attrs: z.object({ level: z.union([z.literal(1), z.literal(2), z.literal(3)]) }),
  content: inlines,
})
const Rule = z.object({ type: z.literal('horizontalRule') })
const Button = z.object({
  type: z.literal('button'),
  attrs: z.object({ label: z.string().max(120), href: z.union([Href, z.literal('')]) }),
})
const Image = z.object({
  type: z.literal('image'),
  attrs: z.object({
    src: z
      .string()
      .max(2_000)
      .regex(/^https?:\/\//i),
    alt: z.string().max(300).default(''),
  }),
})

type List = {
  type: 'bulletList' | 'orderedList'
  content: { type: 'listItem'; content: (z.infer<typeof Paragraph> | List)[] }[]
}

/* TipTap writes attributes that we have no use for (a list's start); they are dropped, not refused. */
const List: z.ZodType<List> = z.lazy(() =>
  z.object({
    type: z.enum(['bulletList', 'orderedList']),
    content: z
      .array(
        z.object({
          type: z.literal('listItem'),
          content: z.array(z.union([Paragraph, List])).max(100),
        }),
      )
      .max(500),
  }),
)

export const Block = z.union([Paragraph, Heading, Rule, Button, Image, List])
export type Block = z.infer<typeof Block>

export const EmailDocument = z.object({
  type: z.literal('doc'),
  content: z.array(Block).max(500).default([]),
})
export type EmailDocument = z.infer<typeof EmailDocument>

export const emptyDocument: EmailDocument = { type: 'doc', content: [] }
