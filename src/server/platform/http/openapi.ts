/** The API's description, made from the same endpoint list that the routes are bound to. */
import { z } from 'zod'
import { Bytes, type Endpoint, isRight } from '#core/kernel/endpoint.ts'
import { Problem } from '#core/kernel/problem.ts'

export type Described = { readonly feature: string; readonly name: string } & Endpoint

type Schema = z.core.JSONSchema.BaseSchema

/** OpenAPI 3.1; its schemas are JSON Schema 2020-12, which is what zod writes. */
export function describeApi(endpoints: readonly Described[], server: string) {
  const paths: Record<string, Record<string, object>> = {}
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: describe(endpoint) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Malleposte',
      version: '0.1.0',
      description:
        'Everything the web app does, for programs. Send `Authorization: Bearer <token>`; tokens are made in Settings › API tokens. Instants are ISO 8601 in UTC, days `YYYY-MM-DD`, money integer minor units with an ISO 4217 currency, quantities integer thousandths.',
      license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
    },
    servers: [{ url: server }],
    security: [{ token: [] }, { session: [] }],
    tags: [...new Set(endpoints.map(({ feature }) => feature))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'session_token' },
      },
      schemas: { Problem: schemaOf(Problem, 'output') },
    },
  }
}

function describe(endpoint: Described): object {
  const { feature, name, summary, may, output } = endpoint
  return {
    operationId: `${feature}.${name}`,
    tags: [feature],
    summary,
    ...(may === 'anyone' ? { security: [] } : {}),
    description: isRight(may) ? `Takes the right ${may}.` : `For ${may}.`,
    ...describeInput(endpoint),
    responses: {
      200: {
        description: 'Done',
        content:
          output === Bytes
            ? { 'application/octet-stream': {} }
            : { 'application/json': { schema: schemaOf(output, 'output') } },
      },
      default: {
        description: 'Refused; `code` says why',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

/** Names in the path are parameters there; the rest is the query of a GET and the JSON body of the others. */
function describeInput({ method, path, input }: Described): object {
  const schema = schemaOf(input, 'input')
  const properties = Object.entries(schema.properties ?? {})
  const inPath = new Set([...path.matchAll(/:(\w+)/g)].map(([, name]) => name))
  const required = new Set(schema.required ?? [])
  const parameter = (place: 'path' | 'query', [name, own]: [string, unknown]) => ({
    name,
    in: place,
    required: place === 'path' || required.has(name),
    schema: own,
  })
  const rest = properties.filter(([name]) => !inPath.has(name))
  const parameters = properties
    .filter(([name]) => inPath.has(name))
    .map((entry) => parameter('path', entry))
  if (method === 'GET') {
    return { parameters: [...parameters, ...rest.map((entry) => parameter('query', entry))] }
  }
  const body: Schema = {
    ...schema,
    ...(schema.properties ? { properties: Object.fromEntries(rest) } : {}),
    ...(schema.required ? { required: schema.required.filter((name) => !inPath.has(name)) } : {}),
  }
  return { parameters, requestBody: { content: { 'application/json': { schema: body } } } }
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Schema {
  // What JSON Schema cannot say (a refinement, a transform) is left open rather than refused.
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}
