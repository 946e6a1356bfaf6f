/** What a message says, per channel: the shape of `contents.body`. */
import { z } from 'zod'
import { Locale } from '../kernel/values.ts'
import { EmailDocument, emptyDocument } from './document.ts'

export const channels = ['email', 'sms', 'file'] as const
export const Channel = z.enum(channels)
export type Channel = z.infer<typeof Channel>

export const EmailContent = z.object({
  channel: z.literal('email'),
  subject: z.string().max(300).default(''),
  /** What mail programs show behind the subject. */
  preheader: z.string().max(300).default(''),
  /** Of the footer, and told to screen readers. */
  language: Locale.default('fr'),
  /** Which of the two is sent; the other is kept, so that a look at the other mode loses nothing. */
  mode: z.enum(['text', 'html']).default('text'),
  document: EmailDocument.default(emptyDocument),
  html: z.string().max(500_000).default(''),
})
export type EmailContent = z.infer<typeof EmailContent>

export const SmsContent = z.object({
  channel: z.literal('sms'),
  text: z.string().max(2_000).default(''),
})
export type SmsContent = z.infer<typeof SmsContent>

export const fileSeparators = [';', ',', '\t'] as const
export const fileEncodings = ['utf-8', 'windows-1252'] as const

export const FileContent = z.object({
  channel: z.literal('file'),
  format: z.enum(['csv', 'xlsx']).default('csv'),
  /** Keys of the field dictionary, in order. */
  columns: z
    .array(z.string().max(80))
    .max(100)
    .default(['lastName', 'firstName', 'email', 'mobile', 'postalCode']),
  separator: z.enum(fileSeparators).default(';'),
  encoding: z.enum(fileEncodings).default('utf-8'),
  /** Of the column headings. */
  language: Locale.default('fr'),
})
export type FileContent = z.infer<typeof FileContent>

export const ContentBody = z.discriminatedUnion('channel', [EmailContent, SmsContent, FileContent])
export type ContentBody = z.infer<typeof ContentBody>

/** A message of its kind with nothing in it yet. */
export const emptyContent = (channel: Channel, language: Locale): ContentBody =>
  ContentBody.parse({ channel, language })
