/** What a message of any channel needs, and what is wrong with it. */
import { assertNever } from '../kernel/assert-never.ts'
import type { ContentBody, FileContent } from './content.ts'
import { compileEmail, type EmailFrame } from './email.ts'
import type { FieldLookup } from './merge-fields.ts'
import type { ContentNotice, ContentProblem, FieldPiece } from './pieces.ts'
import { compileSms } from './sms.ts'

export type Inspection = {
  readonly problems: readonly ContentProblem[]
  readonly notices: readonly ContentNotice[]
  readonly uses: readonly FieldPiece[]
}

/** Compiles without keeping the result: what the editor, the checks and the pre-flight ask. */
export function inspectContent(body: ContentBody, frame: EmailFrame): Inspection {
  switch (body.channel) {
    case 'email': {
      const { compiled, problems } = compileEmail(body, frame)
      return {
        problems: problems ?? [],
        notices: compiled?.notices ?? [],
        uses: compiled?.uses ?? [],
      }
    }
    case 'sms': {
      const { compiled, problems } = compileSms(body, frame.lookup)
      return { problems: problems ?? [], notices: [], uses: compiled?.uses ?? [] }
    }
    case 'file':
      return { problems: fileProblems(body, frame.lookup), notices: [], uses: [] }
    default:
      return assertNever(body)
  }
}

function fileProblems({ columns }: FileContent, lookup: FieldLookup): ContentProblem[] {
  const problem = { place: 'body', line: 0, column: 0 } as const
  const unknown = columns.filter((column) => lookup(column) === undefined)
  if (columns.length === 0) return [{ ...problem, code: 'empty', text: '' }]
  return unknown.map((text) => ({ ...problem, code: 'unknown-field', text }))
}
