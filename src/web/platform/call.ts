import type { z } from 'zod'
import type { Endpoint } from '#core/kernel/endpoint.ts'
import { Problem } from '#core/kernel/problem.ts'

/** A refusal of the server: `code` and `details` make the translated message, see `useProblemText`. */
export class CallError extends Error {
  override readonly name = 'CallError'
  readonly status: number
  readonly problem: Problem

  constructor(status: number, problem: Problem) {
    super(problem.message)
    this.status = status
    this.problem = problem
  }
}

const offline: Problem = {
  code: 'http/offline',
  message: 'The server cannot be reached.',
  details: {},
}

/** Calls an endpoint; the types of both sides come from its description in core. */
export async function call<In extends z.ZodType, Out extends z.ZodType>(
  endpoint: Endpoint<In, Out>,
  input: z.input<In>,
  signal?: AbortSignal,
): Promise<z.output<Out>> {
  const { address, rest } = addressOf(endpoint.path, input as Record<string, unknown>)
  const get = endpoint.method === 'GET'
  const response = await fetch(get ? `${address}${queryOf(rest)}` : address, {
    method: endpoint.method,
    ...(signal ? { signal } : {}),
    ...(get ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(rest) }),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error
    throw new CallError(0, offline)
  })
  if (!response.ok) throw new CallError(response.status, await readProblem(response))
  return endpoint.output.parse(await response.json())
}

/** The address of a GET endpoint, for links and downloads. */
export function addressFor<In extends z.ZodType>(
  endpoint: Endpoint<In>,
  input: z.input<In>,
): string {
  const { address, rest } = addressOf(endpoint.path, input as Record<string, unknown>)
  return `${address}${queryOf(rest)}`
}

function addressOf(path: string, input: Record<string, unknown>) {
  const rest = { ...input }
  const address = path.replace(/:(\w+)/g, (_, name: string) => {
    const value = String(rest[name])
    delete rest[name]
    return encodeURIComponent(value)
  })
  return { address, rest }
}

function queryOf(values: Record<string, unknown>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null)
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
  return query === '' ? '' : `?${query}`
}

export async function readProblem(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => undefined)
  const parsed = Problem.safeParse(body)
  if (parsed.success) return parsed.data
  return { code: 'http/internal', message: `HTTP ${response.status}`, details: {} }
}
