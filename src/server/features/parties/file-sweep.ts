import { removeBytes } from '#platform/files.ts'
import type { Services } from '#platform/http/app.ts'
import { takeOrphans } from './file-queries.ts'

/** The bytes of files whose cards are gone, or that were removed. */
export async function sweepFiles({
  db,
  config,
  now,
}: Pick<Services, 'db' | 'config' | 'now'>): Promise<void> {
  const before = new Date(now().getTime() - 86_400_000)
  await removeBytes({ config }, await takeOrphans(db, before))
}
