import { pino } from 'pino'
import type { Config } from './config.ts'

export type Log = pino.Logger

/** One logger for the process. Secrets never get this far; the redaction is the second lock. */
export function createLog(level: Config['logLevel']): Log {
  return pino({
    level,
    base: null,
    redact: ['*.password', '*.token', '*.secret', '*.authorization', 'password', 'token'],
  })
}
