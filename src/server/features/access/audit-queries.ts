import type { Database } from '#platform/db/database.ts'

export type AuditLine = {
  actorId: string | null
  actorName: string
  action: string
  subject: string
  details: Record<string, unknown>
}

export async function insert(db: Database, { details, ...line }: AuditLine): Promise<void> {
  await db
    .insertInto('auditEvents')
    .values({ ...line, details: JSON.stringify(details) })
    .execute()
}
