/** /api/openapi.json and the pages to browse it at /api/docs: Swagger UI from its own package, no inline script. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { App } from './app.ts'
import { type Described, describeApi } from './openapi.ts'

const swagger = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))

const served: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
}

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Malleposte API</title>
    <link rel="stylesheet" href="/api/docs/swagger-ui.css" />
    <link rel="icon" href="/api/docs/favicon-32x32.png" type="image/png" />
  </head>
  <body>
    <div id="api"></div>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script src="/api/docs/start.js"></script>
  </body>
</html>
`

// Closed at first: drawing every endpoint at once takes seconds on a small machine.
const start = `SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'none',
})
`

export function serveDocs({ http, config }: App, endpoints: readonly Described[]): void {
  let description: string | undefined
  http.get('/api/openapi.json', (c) => {
    description ??= JSON.stringify(describeApi(endpoints, config.publicUrl))
    return c.body(description, 200, { 'content-type': 'application/json' })
  })
  http.get('/api/docs', (c) => c.html(page))
  http.get('/api/docs/start.js', (c) =>
    c.body(start, 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  )
  http.get('/api/docs/:file', async (c, next) => {
    const name = c.req.param('file')
    const type = served[name]
    if (!type) return next()
    const headers = { 'content-type': type, 'cache-control': 'public, max-age=86400' }
    return c.body(await readFile(join(swagger, name)), 200, headers)
  })
}
