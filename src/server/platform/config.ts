import { resolve } from 'node:path'
import { z } from 'zod'
import { StartProblem } from './start-problem.ts'

const Environment = z.object({
  /** Where the web app and the API listen. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  HOST: z.string().default('127.0.0.1'),
  /** The address that links in messages start with; needed as soon as people outside read them. */
  PUBLIC_URL: z.url().optional(),
  /** Everything the embedded database and the files live in. */
  DATA_DIR: z.string().default('./data'),
  /** Any PostgreSQL 15 or later; without it the embedded one is started. */
  DATABASE_URL: z.string().startsWith('postgres').optional(),
  /** 32 bytes as 64 hex digits; made and kept in DATA_DIR when not given. */
  SECRET: z
    .string()
    .regex(/^[0-9a-f]{64}$/i)
    .optional(),
  /** `yes` fills an empty database with a demo shop, `no` does not. */
  DEMO: z.enum(['yes', 'no']).default('yes'),
  /** How many reverse proxies stand in front: that many entries of X-Forwarded-For are believed. */
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  /** `yes` lets SMS gateways be addresses inside this network; a gateway on the internet needs no such thing. */
  PRIVATE_GATEWAYS: z.enum(['yes', 'no']).default('no'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export type Config = {
  port: number
  host: string
  publicUrl: string
  dataDir: string
  databaseUrl: string | undefined
  secret: string | undefined
  demo: boolean
  privateGateways: boolean
  trustedProxies: number
  logLevel: z.infer<typeof Environment>['LOG_LEVEL']
  role: 'web' | 'worker' | 'all'
}

/** Reads the environment and the command line once. Throws one message that lists every bad value. */
export function readConfig(env: NodeJS.ProcessEnv, args: readonly string[] = []): Config {
  const parsed = Environment.safeParse(env)
  if (!parsed.success) throw new StartProblem(`Configuration:\n${z.prettifyError(parsed.error)}`)
  const { PRIVATE_GATEWAYS } = parsed.data
  const { PORT, HOST, PUBLIC_URL, DATA_DIR, DATABASE_URL, SECRET, DEMO, TRUST_PROXY, LOG_LEVEL } =
    parsed.data
  return {
    port: PORT,
    host: HOST,
    publicUrl: PUBLIC_URL ?? `http://localhost:${PORT}`,
    dataDir: resolve(DATA_DIR),
    databaseUrl: DATABASE_URL,
    secret: SECRET,
    demo: DEMO === 'yes',
    privateGateways: PRIVATE_GATEWAYS === 'yes',
    trustedProxies: TRUST_PROXY,
    logLevel: LOG_LEVEL,
    role: readRole(args),
  }
}

function readRole(args: readonly string[]): Config['role'] {
  const role = args.find((arg) => arg.startsWith('--role='))?.slice('--role='.length) ?? 'all'
  if (role === 'web' || role === 'worker' || role === 'all') return role
  throw new StartProblem(`--role is web, worker or all, not ${role}`)
}
