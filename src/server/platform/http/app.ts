import type { HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Actor } from '#core/kernel/actor.ts'
import type { Config } from '../config.ts'
import type { Database } from '../db/database.ts'
import type { Log } from '../log.ts'
import type { Secrets } from '../secrets.ts'

/** What every part of the server is given; made once in main.ts or by a test. */
export type Services = {
  readonly db: Database
  readonly config: Config
  readonly secrets: Secrets
  readonly log: Log
  readonly now: () => Date
}

/** What `secure` finds out about each request before any route runs. */
export type HttpEnv = {
  Bindings: Partial<HttpBindings>
  Variables: { requestId: string; clientAddress: string }
}

/** The door of the server: where routes are bound. */
export type App = Services & {
  readonly http: Hono<HttpEnv>
  /** Who sends a request, by session cookie or API token; nobody when neither is valid. */
  readonly authenticate: (request: Request) => Promise<Actor | undefined>
  /** The input of a call without what is hidden from the actor. */
  readonly veil: <Input>(call: { path: string; input: Input }, context: Context) => Promise<Input>
}

/** What one request's function is given. `db` is a transaction when the request may change something. */
export type Context = Omit<Services, 'now'> & {
  readonly actor: Actor
  readonly now: Date
  /** The IP address of the client, for limits and the list of sessions. */
  readonly address: string
}
