/** The server without a socket, entered as somebody with every right. */
import type { z } from 'zod'
import type { Endpoint } from '#core/kernel/endpoint.ts'
import { rights } from '#core/kernel/right.ts'
import { readConfig } from '#platform/config.ts'
import type { Database } from '#platform/db/database.ts'
import type { Services } from '#platform/http/app.ts'
import { createLog } from '#platform/log.ts'
import { createSecrets } from '#platform/secrets.ts'
import { createApp } from '../../src/server/app.ts'

export function benchApp(db: Database, dataDir: string) {
  const services: Services = {
    db,
    config: readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent', DEMO: 'no' }),
    secrets: createSecrets('00'.repeat(32)),
    log: createLog('silent'),
    now: () => new Date(),
  }
  const actor = {
    id: 'bench',
    name: 'Bench',
    locale: 'fr' as const,
    rights: new Set(rights),
    keys: [],
  }
  const { http } = createApp(services, async () => actor)
  return {
    ...services,
    call: async <In extends z.ZodType, Out extends z.ZodType>(
      endpoint: Endpoint<In, Out>,
      input: z.input<In>,
    ): Promise<z.output<Out>> => {
      const rest = { ...(input as Record<string, unknown>) }
      const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => {
        const value = String(rest[name])
        delete rest[name]
        return value
      })
      const body = endpoint.method === 'GET' ? {} : { body: JSON.stringify(rest) }
      const headers = { 'content-type': 'application/json' }
      const response = await http.request(path, { method: endpoint.method, headers, ...body })
      const answer: unknown = await response.json()
      if (!response.ok) throw new Error(`${endpoint.path}: ${JSON.stringify(answer)}`)
      return endpoint.output.parse(answer)
    },
  }
}
