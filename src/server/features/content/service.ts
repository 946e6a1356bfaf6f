/** What messages say: their frame, the values of their recipients, and what is missing. */
import type { ContentBody, FileContent } from '#core/content/content.ts'
import { compileEmail, type EmailFrame, type MessageLinks } from '#core/content/email.ts'
import { fieldLabel } from '#core/content/field-labels.ts'
import { fieldLookup } from '#core/content/merge-fields.ts'
import { mergeValuesOf } from '#core/content/merge-values.ts'
import type { SenderIdentity } from '#core/content/sender.ts'
import { compileSms, withStop } from '#core/content/sms.ts'
import { countSms, type SmsCount } from '#core/content/sms-parts.ts'
import type { MergeValues } from '#core/content/template.ts'
import { dayOf } from '#core/kernel/zone.ts'
import type { Database } from '#platform/db/database.ts'
import { companyZone } from '../company/service.ts'
import * as frames from './frame-queries.ts'
import * as queries from './queries.ts'
import { findTemplate } from './templates.ts'

/** What a template says; refuses one that is not there. */
export const templateBody = async (db: Database, id: number): Promise<ContentBody> =>
  (await findTemplate(db, id)).body

export const listCustomFields = (db: Database) => frames.customFields(db)
export const listQuestions = (db: Database) => frames.questions(db)
export const getSender = (db: Database): Promise<SenderIdentity> => frames.sender(db)
export const saveSender = (db: Database, identity: SenderIdentity) =>
  frames.keepSender(db, identity)

/** What `compileEmail` and `compileSms` take beside the content: the sender's identity and the known fields. */
export async function contentFrame(db: Database): Promise<EmailFrame> {
  const [sender, custom] = [await frames.sender(db), await frames.customFields(db)]
  const codes = (await frames.questions(db)).map(({ code }) => code)
  const keys = custom.map(({ key }) => key)
  return { sender, lookup: fieldLookup(keys, codes) }
}

/** Which fields there are, for texts that are no message. */
export async function knownFields(db: Database): Promise<EmailFrame['lookup']> {
  const { keys, codes } = await frames.fieldNames(db)
  return fieldLookup(keys, codes)
}

/** When, and in which step people are written to: it knows for which organisation its contacts are there. */
type Moment = { now: Date; stepId?: number | null }

/**
 * The values of `fields` for each of the ids that exists, formatted in the party's language. `fields`
 * is what a compiled content names; a few statements, whatever the number of ids. `stepId` is the step that writes,
 * whose operation an appointment comes from.
 */
export async function loadMergeValues(
  db: Database,
  partyIds: readonly number[],
  fields: readonly string[],
  { now, stepId = null }: Moment,
): Promise<Map<number, MergeValues>> {
  const needsCustom = fields.some((field) => /^(organisation\.)?custom\./.test(field))
  const custom = needsCustom ? await frames.customFields(db) : []
  const needsAnswers = fields.some((field) => field.startsWith('answer.'))
  const questions = needsAnswers ? await frames.questions(db) : []
  const zone = await companyZone(db)
  const surroundings = {
    zone,
    today: dayOf(now, zone),
    custom: new Map(custom.map((field) => [field.key, field])),
    questions: new Map(questions.map((question) => [question.code, question])),
  }
  const sources = await queries.sources(db, partyIds, { fields, stepId })
  return new Map(sources.map((source) => [source.id, mergeValuesOf(source, fields, surroundings)]))
}

/** The first line of an exported file, in its language. */
export async function fileHeadings(
  db: Database,
  { columns, language }: FileContent,
): Promise<string[]> {
  const [custom, questions] = [await frames.customFields(db), await frames.questions(db)]
  const labels = new Map([
    ...custom.map((field) => [field.key, field] as const),
    ...questions.map(({ code, label }) => {
      return [`answer.${code}`, { labelFr: label, labelEn: label }] as const
    }),
  ])
  return columns.map((column) => fieldLabel(column, language, labels))
}

/** Of a step; a query of their ids. */
type Everybody = { audience: queries.Audience; stepId: number }

export type MissingField = { field: string; fallback: string; count: number }

/** For each field of a content, how many of those it reaches have no value, with the fallback they get. */
export async function countMissing(
  db: Database,
  { audience, stepId }: Everybody,
  body: ContentBody,
): Promise<{ recipients: number; missing: MissingField[] }> {
  const uses = usesOf(body, await contentFrame(db))
  const fields = [...new Set(uses.map(({ field }) => field))]
  const { recipients, blanks } = await queries.countBlanks(db, audience, {
    reach: body.channel,
    fields,
    stepId,
  })
  const missing = uses.flatMap(({ field, fallback }) => {
    const count = blanks[field] ?? 0
    return count > 0 ? [{ field, fallback, count }] : []
  })
  const seen = new Set<string>()
  const once = missing.filter(({ field, fallback }) => {
    const key = `${field}|${fallback}`
    return seen.has(key) ? false : Boolean(seen.add(key))
  })
  return { recipients, missing: once }
}

function usesOf(body: ContentBody, frame: EmailFrame) {
  if (body.channel === 'email') return compileEmail(body, frame).compiled?.uses ?? []
  if (body.channel === 'sms') return compileSms(body, frame.lookup).compiled?.uses ?? []
  return body.columns.map((field) => ({ field, fallback: '' }))
}

export type SmsWorst = SmsCount & {
  text: string
  /** Whose message is the longest; null when all are the same. */
  partyId: number | null
  /** How many recipients get how many parts. */
  recipientsByParts: Record<string, number>
}

/** A link of the length that real ones have. */
export const sampleLinks = (publicUrl: string): MessageLinks => ({
  unsubscribe: `${publicUrl}/u/${'x'.repeat(22)}`,
})

type Walk = Moment & { links: MessageLinks }

/** Renders a text message for everybody it reaches and tells the dearest; null while it does not compile. */
export async function countSmsParts(
  db: Database,
  { audience }: Pick<Everybody, 'audience'>,
  body: ContentBody & { channel: 'sms' },
  { links, stopText, ...moment }: Walk & { stopText: string },
): Promise<SmsWorst | null> {
  const { compiled } = compileSms(body, (await contentFrame(db)).lookup)
  if (!compiled) return null
  const fill = (values: MergeValues) => withStop(compiled.fill(values, links), stopText)
  const plain = fill({})
  const found: SmsWorst = { ...countSms(plain), text: plain, partyId: null, recipientsByParts: {} }
  const isSame = compiled.fields.every((field) => field === 'today' || field === 'unsubscribeUrl')
  if (isSame) return found
  let after = 0
  for (;;) {
    const ids = await queries.audiencePage(db, audience, { reach: 'sms', after, limit: 2_000 })
    const values = await loadMergeValues(db, ids, compiled.fields, moment)
    for (const [partyId, one] of values) keepWorst(found, fill(one), partyId)
    after = ids.at(-1) ?? after
    if (ids.length < 2_000) return found
  }
}

function keepWorst(found: SmsWorst, text: string, partyId: number): void {
  const count = countSms(text)
  found.recipientsByParts[count.parts] = (found.recipientsByParts[count.parts] ?? 0) + 1
  const isWorse =
    found.partyId === null ||
    count.parts > found.parts ||
    (count.parts === found.parts && count.room < found.room)
  if (isWorse) Object.assign(found, count, { text, partyId })
}
