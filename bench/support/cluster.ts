/** A database of the product's own kind and settings, thrown away afterwards. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../../src/server/platform/db/embedded.ts'
import { migrate } from '../../src/server/platform/db/migrate.ts'

export type Cluster = AsyncDisposable & { readonly url: string; readonly dataDir: string }

export async function startCluster(): Promise<Cluster> {
  const dataDir = await mkdtemp(join(tmpdir(), 'malleposte-bench-'))
  const server = await startEmbedded(dataDir)
  await migrate(server.url)
  return {
    url: server.url,
    dataDir,
    [Symbol.asyncDispose]: async () => {
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
