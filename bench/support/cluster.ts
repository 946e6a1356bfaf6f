/**
 * A database of the product's own kind and settings, thrown away afterwards; with BENCH_DIR set it is
 * kept in that folder, so that the next run finds it seeded.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../../src/server/platform/db/embedded.ts'
import { migrate } from '../../src/server/platform/db/migrate.ts'

export type Cluster = AsyncDisposable & { readonly url: string; readonly dataDir: string }

export async function startCluster(): Promise<Cluster> {
  const kept = process.env.BENCH_DIR
  if (kept) await mkdir(kept, { recursive: true })
  const dataDir = kept ?? (await mkdtemp(join(tmpdir(), 'malleposte-bench-')))
  const server = await startEmbedded(dataDir)
  await migrate(server.url)
  return {
    url: server.url,
    dataDir,
    [Symbol.asyncDispose]: async () => {
      await server.stop()
      if (!kept) await rm(dataDir, { recursive: true, force: true })
    },
  }
}
