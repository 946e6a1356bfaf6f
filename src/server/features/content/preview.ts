/** A message as one recipient would get it. */
import type { Preview } from '#core/content/api.ts'
import { inspectContent } from '#core/content/compile.ts'
import type { ContentBody, FileContent } from '#core/content/content.ts'
import { compileEmail, type EmailFrame, type MessageLinks } from '#core/content/email.ts'
import { compileSms, withStop } from '#core/content/sms.ts'
import { countSms } from '#core/content/sms-parts.ts'
import type { MergeValues } from '#core/content/template.ts'
import type { Database } from '#platform/db/database.ts'
import { contentFrame, fileHeadings, loadMergeValues } from './service.ts'

type Asked = {
  body: ContentBody
  partyId: number | null
  stepId: number | null
  now: Date
  links: MessageLinks
  stopText: string
}

export async function preview(
  db: Database,
  { body, partyId, links, stopText, ...moment }: Asked,
): Promise<Preview> {
  const frame = await contentFrame(db)
  const { problems, notices, uses } = inspectContent(body, frame)
  const fields = body.channel === 'file' ? body.columns : [...new Set(uses.map((use) => use.field))]
  const loaded = partyId === null ? undefined : await loadMergeValues(db, [partyId], fields, moment)
  const values = loaded?.get(partyId ?? 0) ?? {}
  const isMissing = ({ field }: { field: string }) =>
    field !== 'unsubscribeUrl' && !values[field]?.trim()
  return {
    problems: [...problems],
    notices: [...notices],
    missing: loaded ? unique(uses.filter(isMissing)) : [],
    email: body.channel === 'email' ? emailOf({ body, frame, values, links }) : null,
    sms: body.channel === 'sms' ? smsOf({ body, frame, values, links }, stopText) : null,
    file: body.channel === 'file' ? await fileOf(db, body, values) : null,
    stopText,
  }
}

const unique = (uses: readonly { field: string; fallback: string }[]) => [
  ...new Map(uses.map(({ field, fallback }) => [field, { field, fallback }])).values(),
]

type Filling<Channel> = {
  body: ContentBody & { channel: Channel }
  frame: EmailFrame
  values: MergeValues
  links: MessageLinks
}

function emailOf({ body, frame, values, links }: Filling<'email'>): Preview['email'] {
  const { compiled } = compileEmail(body, frame)
  if (!compiled) return null
  const filled = compiled.fill(values, links)
  return { ...filled, bytes: Buffer.byteLength(filled.html) }
}

function smsOf({ body, frame, values, links }: Filling<'sms'>, stopText: string): Preview['sms'] {
  const { compiled } = compileSms(body, frame.lookup)
  if (!compiled) return null
  const text = withStop(compiled.fill(values, links), stopText)
  return { text, ...countSms(text) }
}

async function fileOf(db: Database, body: FileContent, values: MergeValues) {
  return {
    headings: await fileHeadings(db, body),
    rows: [body.columns.map((column) => values[column] ?? '')],
  }
}
