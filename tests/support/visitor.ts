import type { z } from 'zod'
import type { Endpoint } from '#core/kernel/endpoint.ts'
import type { App } from '#platform/http/app.ts'
import { requestFor } from './test-app.ts'

type Answer = { status: number; body: unknown; headers: Headers }

/** A browser before the server: keeps its cookies, or a program with its token. */
export function visitor(app: Pick<App, 'http'>, headers: Record<string, string> = {}) {
  const cookies = new Map<string, string>()

  async function ask(endpoint: Endpoint, input: unknown): Promise<Answer> {
    const { path, ...init } = requestFor(endpoint, input)
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await app.http.request(path, {
      ...init,
      headers: { ...init.headers, ...(cookie ? { cookie } : {}), ...headers },
    })
    for (const set of answer.headers.getSetCookie()) {
      const [pair = '', ...attributes] = set.split('; ')
      const at = pair.indexOf('=')
      const gone = attributes.some((attribute) => /^max-age=0$/i.test(attribute))
      if (gone) cookies.delete(pair.slice(0, at))
      else cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return { status: answer.status, body: await answer.json(), headers: answer.headers }
  }

  return {
    ask,
    /** The answer of a call that must succeed. */
    async call<In extends z.ZodType, Out extends z.ZodType>(
      endpoint: Endpoint<In, Out>,
      input: z.input<In>,
    ): Promise<z.output<Out>> {
      const { status, body } = await ask(endpoint, input)
      if (status !== 200) throw new Error(`${endpoint.path}: ${status} ${JSON.stringify(body)}`)
      return endpoint.output.parse(body)
    },
    /** `401 access/sign-in` of a call that must not. */
    async refusal(endpoint: Endpoint, input: unknown): Promise<string> {
      const { status, body } = await ask(endpoint, input)
      if (status === 200) throw new Error(`${endpoint.path} accepted ${JSON.stringify(input)}`)
      return `${status} ${(body as { code: string }).code}`
    },
  }
}

export type Visitor = ReturnType<typeof visitor>

/** What comes after `#` in a one-time link. */
export const tokenOf = (link: string | null | undefined) => String(link).split('#')[1] ?? ''
