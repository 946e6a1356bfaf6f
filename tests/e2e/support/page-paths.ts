import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '#platform/db/database.ts'

const router = join(import.meta.dirname, '../../../src/web/router.tsx')

/** The table whose first row stands for the `$id` of an address. */
const rows = {
  '/imports': 'imports',
  '/customers': 'parties',
  '/mailings': 'campaigns',
  '/operations': 'campaigns',
  '/segments': 'segments',
  '/settings/questionnaires': 'questionnaires',
} as const

/**
 * Every address of the router, read from its source so that no page is forgotten. One with `$id` shows the first
 * row there is and is left out when there is none.
 */
export async function pagePaths(db: Database): Promise<string[]> {
  const paths: string[] = []
  for (const path of routes()) {
    if (!path.endsWith('/$id')) paths.push(path)
    else {
      const list = path.slice(0, -'/$id'.length)
      const id = await firstId(db, list)
      if (id !== undefined) paths.push(`${list}/${id}`)
    }
  }
  return paths
}

function routes(): string[] {
  const found = readFileSync(router, 'utf8').matchAll(
    /const (\w+) = createRoute\(\{\s+getParentRoute: \(\) => (\w+),\s+path: '([^']+)'/g,
  )
  const full = new Map([['root', '']])
  for (const [, name = '', parent = '', path = ''] of found) {
    full.set(name, `${full.get(parent) ?? ''}${path}`)
  }
  full.delete('root')
  return [...full.values()]
}

async function firstId(db: Database, list: string): Promise<number | undefined> {
  if (list === '/calls') return firstPhoningStep(db)
  if (!(list in rows)) throw new Error(`say in page-paths.ts which table ${list}/$id shows`)
  const table = rows[list as keyof typeof rows]
  if (table === 'campaigns')
    return firstCampaign(db, list === '/mailings' ? 'mailing' : 'operation')
  const row = await db.selectFrom(table).select('id').orderBy('id').executeTakeFirst()
  return row?.id
}

async function firstCampaign(db: Database, form: string): Promise<number | undefined> {
  const found = db.selectFrom('campaigns').select('id').where('form', '=', form)
  return (await found.orderBy('id').executeTakeFirst())?.id
}

async function firstPhoningStep(db: Database): Promise<number | undefined> {
  const row = await db
    .selectFrom('steps')
    .innerJoin('stepTypes', 'stepTypes.code', 'steps.typeCode')
    .where('stepTypes.channel', 'in', ['phoning', 'phoning-contact'])
    .select('steps.id')
    .orderBy('steps.id')
    .executeTakeFirst()
  return row?.id
}
