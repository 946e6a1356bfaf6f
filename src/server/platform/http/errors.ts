import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { AppError, type ErrorKind } from '#core/kernel/app-error.ts'
import type { Problem } from '#core/kernel/problem.ts'
import type { App, HttpEnv } from './app.ts'

const statusOf = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  'too-many': 429,
  unavailable: 503,
} as const satisfies Record<ErrorKind, number>

/** One place turns what was thrown into an answer, and logs what is ours to mend. */
export function handleErrors({ http, log }: App): void {
  http.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse()
    if (error instanceof AppError) return refuse(c, error)
    if (isDatabaseAway(error)) {
      log.error({ err: error }, 'database away')
      return refuse(
        c,
        new AppError(
          'unavailable',
          'http/database-away',
          'The database does not answer; try again shortly.',
        ),
      )
    }
    const refusal = refusals[databaseCode(error)]
    if (refusal) return refuse(c, refusal)
    const id = c.get('requestId').slice(0, 8)
    log.error({ err: error, id, path: c.req.path }, 'request failed')
    const problem: Problem = {
      code: 'http/internal',
      message: `Something went wrong (${id}).`,
      details: { id },
    }
    return c.json(problem, 500)
  })
}

function refuse(c: Context<HttpEnv>, { kind, code, message, details }: AppError): Response {
  const problem: Problem = { code, message, details }
  return c.json(problem, statusOf[kind])
}

/** Connection failures of the driver and PostgreSQL's own class 57P (shutting down, crashed). */
function isDatabaseAway(error: Error): boolean {
  const code = databaseCode(error)
  return (
    ['ECONNREFUSED', 'ECONNRESET', '57P01', '57P02', '57P03', '53300'].includes(code) ||
    /Connection terminated|timeout exceeded when trying to connect/.test(error.message)
  )
}

const databaseCode = (error: Error): string => ('code' in error ? String(error.code) : '')

const unstorable = (fields: string, message: string) =>
  new AppError('invalid', 'http/invalid-input', message, { details: { fields } })

const beyond = unstorable('2^31', 'A number or a date is beyond what can be kept.')

/** What PostgreSQL refuses by SQLSTATE and no contract can say beforehand. */
const refusals: Record<string, AppError> = {
  '22003': beyond,
  '22008': beyond,
  '23503': new AppError(
    'conflict',
    'http/reference-gone',
    'It refers to something that does not exist, or was deleted meanwhile.',
  ),
}
