import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject, onTestFinished } from 'vitest'
import { createDatabase, createPool, type Database } from '#platform/db/database.ts'

/** The address of a database of the caller's own: a clone of the migrated template. */
export async function freshDatabaseUrl(): Promise<string> {
  const root = inject('postgresUrl')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const admin = new pg.Client({ connectionString: `${root}/postgres` })
  await admin.connect()
  await admin.query(`create database ${name} template template_app`)
  await admin.end()
  return `${root}/${name}`
}

/** A database for one test, closed when it ends. */
export async function testDatabase(): Promise<Database> {
  const db = createDatabase(createPool(await freshDatabaseUrl(), 5))
  onTestFinished(() => db.destroy())
  return db
}
