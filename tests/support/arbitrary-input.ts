import fc from 'fast-check'
import { z } from 'zod'
import type { Endpoint } from '#core/kernel/endpoint.ts'

type Schema = z.core.JSONSchema.BaseSchema

const texts = fc.constantFrom(
  '',
  '1',
  'fr',
  'email',
  '2026-02-28',
  '9999-12-31',
  '2026-01-01T00:00:00.000Z',
  '%_\\',
  "'; drop table parties; --",
  '<img src=x onerror=alert(1)>',
  '=HYPERLINK("http://x")',
  'a\r\nBcc: x@example.org',
  'a\u0000b',
  '🧵'.repeat(40),
  'x'.repeat(3_000),
)
const numbers = fc.constantFrom(0, 1, -1, 2, 0.5, 2 ** 31 - 1, 2 ** 31, 2 ** 53 - 1, -(2 ** 53 - 1))

/** What an attacker, or a program with a bug, may send: the shape is right, the values are at their extremes. */
export function arbitraryInput({ input }: Endpoint): fc.Arbitrary<Record<string, unknown>> {
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })
  return value(schema, schema, 4).filter(isRecord)
}

function value(schema: Schema, root: Schema, depth: number): fc.Arbitrary<unknown> {
  const found = resolve(schema, root)
  if (found.const !== undefined) return fc.constant(found.const)
  if (found.enum) return fc.constantFrom(...found.enum)
  const forms = found.anyOf ?? found.oneOf
  if (forms) return fc.oneof(...forms.map((form) => value(form, root, depth)))
  switch (found.type) {
    case 'object':
      return object(found, root, depth)
    case 'array':
      if (depth === 0) return fc.constant([])
      return fc.array(value((found.items ?? {}) as Schema, root, depth - 1), { maxLength: 3 })
    case 'integer':
    case 'number':
      return numbers
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      return texts
  }
}

function object(schema: Schema, root: Schema, depth: number): fc.Arbitrary<unknown> {
  const known = Object.entries(schema.properties ?? {}).map(
    ([name, own]) => [name, value(own as Schema, root, Math.max(depth - 1, 0))] as const,
  )
  return fc.record(Object.fromEntries(known), { requiredKeys: schema.required ?? [] })
}

function resolve(schema: Schema, root: Schema): Schema {
  if (!schema.$ref) return schema
  const name = schema.$ref.split('/').at(-1) ?? ''
  return (root.$defs?.[name] as Schema | undefined) ?? root
}

const isRecord = (found: unknown): found is Record<string, unknown> =>
  typeof found === 'object' && found !== null && !Array.isArray(found)
