import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../../src/server/platform/db/embedded.ts'
import { migrate } from '../../src/server/platform/db/migrate.ts'

declare module 'vitest' {
  // biome-ignore lint/style/useConsistentTypeDefinitions: declaration merging needs an interface
  export interface ProvidedContext {
    postgresUrl: string
  }
}

const fast = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200']

/** Starts one PostgreSQL for the whole run and migrates the database that every test clones. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'malleposte-test-'))
  const server = await startEmbedded(folder, fast)
  const root = server.url.replace(/\/malleposte$/, '')
  const admin = new pg.Client({ connectionString: `${root}/postgres` })
  await admin.connect()
  await admin.query('create database template_app')
  await admin.end()
  await migrate(`${root}/template_app`)
  project.provide('postgresUrl', root)
  return async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
