import { z } from 'zod'
import { Done, endpoint } from '../kernel/endpoint.ts'
import { Id, Instant } from '../kernel/values.ts'
import { ContentBody } from './content.ts'
import { mergeFieldGroups } from './merge-fields.ts'
import { SenderIdentity } from './sender.ts'

const Problem = z.object({
  place: z.enum(['subject', 'preheader', 'body']),
  code: z.enum([
    'unknown-field',
    'open-field',
    'empty-field',
    'misplaced-field',
    'empty',
    'bad-link',
  ]),
  line: z.number().int(),
  column: z.number().int(),
  text: z.string(),
})

export const listMergeFields = endpoint('GET', '/api/merge-fields', {
  may: 'mailings.view',
  summary: 'What a message can say of its recipient, custom fields and questions with their labels',
  input: z.object({}),
  output: z.array(
    z.object({
      key: z.string(),
      group: z.enum(mergeFieldGroups),
      /** Of a custom field or a question; the others are in the catalogue. */
      labelFr: z.string().optional(),
      labelEn: z.string().optional(),
    }),
  ),
})

export const Preview = z.object({
  problems: z.array(Problem),
  /** What was taken out of an own HTML source. */
  notices: z.array(z.object({ code: z.literal('removed'), text: z.string() })),
  /** Fields without a value for this recipient, with what stands in their place. */
  missing: z.array(z.object({ field: z.string(), fallback: z.string() })),
  email: z
    .object({
      subject: z.string(),
      preheader: z.string(),
      html: z.string(),
      text: z.string(),
      /** Of the HTML in UTF-8: Gmail cuts what is longer than 102 kB. */
      bytes: z.number().int(),
    })
    .nullable(),
  sms: z
    .object({
      text: z.string(),
      encoding: z.enum(['gsm7', 'ucs2']),
      length: z.number().int(),
      parts: z.number().int(),
      room: z.number().int(),
    })
    .nullable(),
  file: z.object({ headings: z.array(z.string()), rows: z.array(z.array(z.string())) }).nullable(),
  /** What the gateway for SMS adds to a text that does not speak of STOP; `sms` holds it already. */
  stopText: z.string(),
})
export type Preview = z.infer<typeof Preview>

export const previewContent = endpoint('POST', '/api/contents/preview', {
  may: 'mailings.view',
  summary: 'A message as a given recipient would get it, by the renderer that sends',
  input: z.object({
    body: ContentBody,
    /** Without one every field shows its fallback. */
    partyId: Id.nullable().default(null),
    /** The step that it is a message of: for which organisation the person is there, and what comes from its operation. */
    stepId: Id.nullable().default(null),
  }),
  output: Preview,
  asks: true,
})

export const getSender = endpoint('GET', '/api/sender', {
  may: 'mailings.view',
  summary: 'Name and postal address in the footer of e-mails',
  input: z.object({}),
  output: SenderIdentity,
})

export const saveSender = endpoint('PUT', '/api/sender', {
  may: 'settings.manage',
  summary: 'Change name and postal address in the footer of e-mails',
  input: SenderIdentity,
  output: SenderIdentity,
})

/** A message kept under a name, to start others from. */
export const MessageTemplate = z.object({
  id: Id,
  name: z.string(),
  body: ContentBody,
  createdByName: z.string(),
  createdAt: Instant,
})
export type MessageTemplate = z.infer<typeof MessageTemplate>

const TemplateName = z.string().trim().min(1).max(120)

export const listTemplates = endpoint('GET', '/api/message-templates', {
  may: 'mailings.view',
  summary: 'The message templates by name',
  input: z.object({}),
  output: z.array(MessageTemplate),
})

export const createTemplate = endpoint('POST', '/api/message-templates', {
  may: 'mailings.write',
  summary: 'Keep a message as a template; one name once per channel',
  input: z.object({ name: TemplateName, body: ContentBody }),
  output: MessageTemplate,
})

export const renameTemplate = endpoint('PUT', '/api/message-templates/:id', {
  may: 'mailings.write',
  summary: 'Give a message template another name',
  input: z.object({ id: Id, name: TemplateName }),
  output: MessageTemplate,
})

export const deleteTemplate = endpoint('DELETE', '/api/message-templates/:id', {
  may: 'mailings.write',
  summary: 'Delete a message template; messages started from it stay',
  input: z.object({ id: Id }),
  output: Done,
})
