import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { type Endpoint, isRight } from '#core/kernel/endpoint.ts'
import type { App, Context, HttpEnv } from './app.ts'
import { createRateLimiter } from './rate-limit.ts'

const largestJson = 4 * 2 ** 20

/* Wide enough for a mail provider that unsubscribes many people from one address; doors with a password
   have a limit of their own. */
const openDoors = { most: 600, seconds: 60 }

const nobody: Actor = { id: null, name: '', locale: 'fr', rights: new Set(), keys: [] }

/** Binds an endpoint to its implementation: who may, parse the input, run, send the output. */
export function route<In extends z.ZodType, Out extends z.ZodType>(
  app: App,
  endpoint: Endpoint<In, Out>,
  run: (input: z.output<In>, context: Context) => Promise<z.input<Out>>,
): void {
  bind(app, endpoint, async (c, context) => {
    const input = await take(app, endpoint, context, { ...(await readInput(c)), ...c.req.param() })
    const output = endpoint.asks
      ? await run(input, context)
      : await app.db.transaction().execute((db) => run(input, { ...context, db }))
    return c.json(output as object)
  })
}

/** Binds an endpoint whose input or output is bytes; `run` reads the request and answers itself, outside any transaction. */
export function file<In extends z.ZodType, Out extends z.ZodType>(
  app: App,
  endpoint: Endpoint<In, Out>,
  run: (input: z.output<In>, context: Context, request: Request) => Promise<Response>,
): void {
  bind(app, endpoint, async (c, context) => {
    const input = await take(app, endpoint, context, { ...c.req.query(), ...c.req.param() })
    return run(input, context, c.req.raw)
  })
}

/** Binds an endpoint with JSON input that answers itself, cookies included, outside any transaction. */
export function respond<In extends z.ZodType, Out extends z.ZodType>(
  app: App,
  endpoint: Endpoint<In, Out>,
  run: (input: z.output<In>, context: Context, request: Request) => Promise<Response>,
): void {
  bind(app, endpoint, async (c, context) => {
    const input = await take(app, endpoint, context, { ...(await readInput(c)), ...c.req.param() })
    return run(input, context, c.req.raw)
  })
}

function bind(
  app: App,
  endpoint: Endpoint,
  answer: (c: HonoContext<HttpEnv>, context: Context) => Promise<Response>,
): void {
  const limit = endpoint.may === 'anyone' ? createRateLimiter(openDoors) : () => 0
  app.http.on(endpoint.method, endpoint.path, async (c) => {
    const [now, address] = [app.now(), c.get('clientAddress')]
    refuseTooMany(limit(address, now))
    const actor = await admit(app, endpoint, c.req.raw)
    return answer(c, { ...app, actor, now, address })
  })
}

/** Refuses when there are seconds left to wait. */
export function refuseTooMany(seconds: number): void {
  if (seconds === 0) return
  throw new AppError('too-many', 'http/too-many', `Too many tries; wait ${seconds} s.`, {
    details: { seconds },
  })
}

async function admit(app: App, { may }: Endpoint, request: Request): Promise<Actor> {
  const actor = await app.authenticate(request)
  if (may === 'anyone') return actor ?? nobody
  if (!actor) throw new AppError('unauthenticated', 'access/sign-in', 'Sign in first.')
  if (may === 'in-person' && request.headers.has('authorization')) {
    throw new AppError('forbidden', 'access/in-person', 'Only the person can do this, not a token.')
  }
  if (isRight(may) && !actor.rights.has(may)) {
    throw new AppError('forbidden', 'access/right-missing', `This takes the right ${may}.`, {
      details: { right: may },
    })
  }
  return actor
}

/** The parsed input, as far as the actor may know what it names. */
async function take<In extends z.ZodType>(
  app: App,
  endpoint: Endpoint<In>,
  context: Context,
  raw: unknown,
): Promise<z.output<In>> {
  return app.veil({ path: endpoint.path, input: parse(endpoint, raw) }, context)
}

function parse<In extends z.ZodType>(endpoint: Endpoint<In>, raw: unknown): z.output<In> {
  const parsed = endpoint.input.safeParse(raw)
  if (!parsed.success) {
    throw new AppError('invalid', 'http/invalid-input', z.prettifyError(parsed.error), {
      details: { fields: parsed.error.issues.map((issue) => issue.path.join('.')).join(', ') },
    })
  }
  if (isText(parsed.data)) return parsed.data
  throw new AppError('invalid', 'http/invalid-input', 'A text has half a character or NUL in it.')
}

/** Whether PostgreSQL can keep it: JSON may spell halves of characters, and NUL. */
function isText(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0')
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([key, inner]) => isText(key) && isText(inner))
}

async function readInput(c: HonoContext): Promise<object> {
  if (c.req.method === 'GET') return c.req.query()
  const type = c.req.header('content-type') ?? ''
  const text = await readText(c.req.raw)
  if (text === '') return {}
  // Only JSON: a form from another site can never be taken for a call of ours.
  if (!type.startsWith('application/json')) {
    throw new AppError('invalid', 'http/not-json', 'The body must be application/json.')
  }
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body
  } catch (cause) {
    throw new AppError('invalid', 'http/not-json', 'The body is not valid JSON.', { cause })
  }
  throw new AppError('invalid', 'http/not-json', 'The body must be a JSON object.')
}

async function readText(request: Request): Promise<string> {
  const tooLarge = () => new AppError('too-large', 'http/too-large', 'The request is too large.')
  if (Number(request.headers.get('content-length') ?? 0) > largestJson) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.length
    if (size > largestJson) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
