import type { z } from 'zod'
import type { Endpoint } from '#core/kernel/endpoint.ts'
import { addressFor, CallError, readProblem } from './call.ts'

/** Sends the bytes of a file to an endpoint that takes them as its body. */
export async function upload<In extends z.ZodType, Out extends z.ZodType>(
  endpoint: Endpoint<In, Out>,
  input: z.input<In>,
  file: File,
): Promise<z.output<Out>> {
  const headers = { 'content-type': 'application/octet-stream' }
  const { method } = endpoint
  const response = await fetch(addressFor(endpoint, input), { method, headers, body: file })
  if (!response.ok) throw new CallError(response.status, await readProblem(response))
  return endpoint.output.parse(await response.json())
}
