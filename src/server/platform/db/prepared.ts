/**
 * Prepared statements for what is asked many times a second with the same text: PostgreSQL then parses it once per
 * connection and keeps the plan when that is as good as one made anew. Not for statements whose text or best plan
 * depends on what somebody typed.
 */
import { createHash } from 'node:crypto'
import {
  type KyselyPlugin,
  RawNode,
  type RootOperationNode,
  SelectModifierNode,
  type UnknownRow,
} from 'kysely'
import pg from 'pg'
import type { Database } from './database.ts'

const mark = '/* prepared */'

/** Each takes memory in every connection; beyond so many the rest is planned each time. */
const mostNames = 300
const names = new Map<string, string>()

function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= mostNames) return known
  const name = `m${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`
  names.set(text, name)
  return name
}

/** A connection that gives marked statements a name, which makes the driver prepare them. */
export class PreparingClient extends pg.Client {
  // The driver's own overloads are many; those that are not a marked text go through as they are.
  override query(...all: never[]): never {
    const [text, values] = all as unknown[]
    const name = typeof text === 'string' && text.includes(mark) ? nameOf(text) : undefined
    const query = super.query as (...all: unknown[]) => never
    return name === undefined
      ? query.apply(this, all)
      : query.call(this, { name, text, values }, ...all.slice(2))
  }
}

const marking: KyselyPlugin = {
  transformQuery: ({ node }) => marked(node),
  transformResult: async ({ result }): Promise<{ rows: UnknownRow[] }> => result,
}

function marked(node: RootOperationNode): RootOperationNode {
  switch (node.kind) {
    case 'SelectQueryNode':
      return { ...node, endModifiers: [...(node.endModifiers ?? []), selectNote] }
    case 'InsertQueryNode':
    case 'UpdateQueryNode':
    case 'DeleteQueryNode':
      return { ...node, endModifiers: [...(node.endModifiers ?? []), note] }
    case 'RawNode': {
      const last = node.sqlFragments.at(-1) ?? ''
      return { ...node, sqlFragments: [...node.sqlFragments.slice(0, -1), `${last} ${mark}`] }
    }
    default:
      return node
  }
}
const note = RawNode.createWithSql(mark)
const selectNote = SelectModifierNode.createWithExpression(note)

/** The same database, or transaction, through which statements are prepared. */
export const preparing = (db: Database): Database => db.withPlugin(marking)
