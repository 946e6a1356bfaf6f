import { once } from 'node:events'
import type { Server } from 'node:http'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import type { Config } from '../config.ts'
import { StartProblem } from '../start-problem.ts'
import type { App } from './app.ts'

type Place = Pick<Config, 'port' | 'host'>

/** Fails early, before a database is made, when the address cannot be had. */
export async function checkPort(place: Place): Promise<void> {
  const probe = createServer()
  await listening(probe.listen(place.port, place.host), place)
  probe.close()
  await once(probe, 'close')
}

/** Serves until stopped; stopping lets requests that run end, for two seconds at most. */
export async function listen(app: App, place: Place): Promise<{ stop: () => Promise<void> }> {
  const server = serve({ fetch: app.http.fetch, port: place.port, hostname: place.host }) as Server
  await listening(server, place)
  return {
    stop: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
      const patience = new AbortController()
      const late = sleep(2_000, undefined, { signal: patience.signal }).catch(() => {})
      await Promise.race([closed, late])
      patience.abort()
      server.closeAllConnections()
      await closed
    },
  }
}

async function listening(server: NodeJS.EventEmitter, { port, host }: Place): Promise<void> {
  try {
    await once(server, 'listening')
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') {
      throw new StartProblem(
        `Port ${port} is in use. Stop the program that has it, or choose another: PORT=8090 npm start`,
        { cause },
      )
    }
    throw new StartProblem(`Cannot listen on ${host}:${port}: ${message}`, { cause })
  }
}
