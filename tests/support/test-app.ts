import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { z } from 'zod'
import type { Endpoint } from '#core/kernel/endpoint.ts'
import type { Problem } from '#core/kernel/problem.ts'
import { type Right, rights } from '#core/kernel/right.ts'
import { readConfig } from '#platform/config.ts'
import type { App, Services } from '#platform/http/app.ts'
import { runDueJobs } from '#platform/jobs/runner.ts'
import { createLog } from '#platform/log.ts'
import { createSecrets } from '#platform/secrets.ts'
import { createApp } from '../../src/server/app.ts'
import { jobs } from '../../src/server/worker.ts'
import { testDatabase } from './test-database.ts'

type Options = {
  rights?: readonly Right[]
  now?: Date
  userId?: string
  /** The real doors: nobody is there at first, callers enter as a `visitor` with cookie or token. */
  doors?: 'real'
  env?: Record<string, string>
}

/** The whole server on a database of its own, entered as a user with the given rights (all by default). */
export async function testApp(options: Options = {}) {
  const clock = { now: options.now ?? new Date() }
  const services: Services = {
    db: await testDatabase(),
    config: readConfig({
      DATA_DIR: await testFolder(),
      LOG_LEVEL: 'silent',
      DEMO: 'no',
      ...options.env,
    }),
    secrets: createSecrets('00'.repeat(32)),
    log: createLog('silent'),
    now: () => clock.now,
  }
  const user = { id: options.userId ?? 'tester', name: 'Testeuse', email: 'testeuse@example.org' }
  if (!options.doors) await services.db.insertInto('users').values(user).execute()
  const granted = { rights: new Set(options.rights ?? rights), keys: [] as readonly number[] }
  const actor = { id: user.id, name: user.name, locale: 'fr' as const }
  const asTester: App['authenticate'] = async (request) =>
    request.headers.has('x-anonymous') ? undefined : { ...actor, ...granted }
  const app = options.doors ? createApp(services) : createApp(services, asTester)

  /** The answer, parsed by the contract; a refusal is a failed test that shows it. */
  async function call<In extends z.ZodType, Out extends z.ZodType>(
    endpoint: Endpoint<In, Out>,
    input: z.input<In>,
  ): Promise<z.output<Out>> {
    const response = await request(endpoint, input)
    const body: unknown = await response.json()
    if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(body)}`)
    return endpoint.output.parse(body)
  }

  /** The refusal of a call that must not succeed. */
  async function refusal<In extends z.ZodType>(
    endpoint: Endpoint<In>,
    input: unknown,
  ): Promise<Problem & { status: number }> {
    const response = await request(endpoint, input)
    if (response.ok) throw new Error(`${endpoint.path} accepted ${JSON.stringify(input)}`)
    return { status: response.status, ...((await response.json()) as Problem) }
  }

  function request(endpoint: Endpoint, input: unknown): Promise<Response> {
    const { path, ...init } = requestFor(endpoint, input)
    return Promise.resolve(app.http.request(path, init))
  }
  return {
    ...services,
    http: app.http,
    services,
    call,
    refusal,
    /** Changes who the caller is from now on. */
    grant: (...given: Right[]) => {
      granted.rights = new Set(given)
    },
    /** The confidentiality keys that the caller holds from now on. */
    giveKeys: (...keys: number[]) => {
      granted.keys = keys
    },
    setNow: (now: Date) => {
      clock.now = now
    },
    /** Runs every job that is due, in this process. */
    runJobs: () => runDueJobs(services, jobs),
  }
}

export type TestApp = Awaited<ReturnType<typeof testApp>>

/** The request that calls an endpoint: path with its query, method, JSON body. */
export function requestFor(endpoint: Endpoint, input: unknown) {
  const rest = { ...(input as Record<string, unknown>) }
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = String(rest[name])
    delete rest[name]
    return encodeURIComponent(value)
  })
  const { method } = endpoint
  if (method !== 'GET') {
    return {
      path,
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(rest),
    }
  }
  const given = Object.entries(rest).filter(([, value]) => value !== undefined)
  const query = new URLSearchParams(
    given.map(([name, value]): [string, string] => [name, String(value)]),
  )
  return { path: `${path}?${query}`, method }
}

/** A folder of the test's own, removed when it ends. */
export async function testFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'malleposte-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}
