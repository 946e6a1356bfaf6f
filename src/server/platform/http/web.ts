import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import { sql } from 'kysely'
import type { App } from './app.ts'

const built = join(import.meta.dirname, '../../../../dist/web')

const mediaTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.png': 'image/png',
}

/** 200 once the database answers. */
export function serveHealth({ http, db }: App): void {
  http.get('/health', async (c) => {
    await sql`select 1`.execute(db)
    return c.json({ ok: true })
  })
}

/** The built web app: files under /assets for a year (their names hold a hash), the page for every other address. */
export function serveWeb({ http }: App): void {
  http.get('/api/*', (c) =>
    c.json({ code: 'http/not-found', message: 'No such address.', details: {} }, 404),
  )
  http.get('*', async (c) => {
    const path = normalize(c.req.path)
    const isFile = extname(path) !== '' && !path.includes('..') && existsSync(join(built, path))
    const file = isFile ? path : 'index.html'
    const headers = {
      'content-type': mediaTypes[extname(file)] ?? 'application/octet-stream',
      'cache-control': file.startsWith('/assets/')
        ? 'public, max-age=31536000, immutable'
        : 'no-cache',
    }
    return c.body(await readFile(join(built, file)), 200, headers)
  })
}
