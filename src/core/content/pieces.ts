/** A message cut at its merge fields, each with the place its value goes to: filling it is joining strings. */
import type { FieldLookup } from './merge-fields.ts'
import {
  escapes,
  type MergePart,
  type MergeValues,
  mergeValue,
  parseTemplate,
  type Target,
  type TemplateProblem,
} from './template.ts'

export type FieldPiece = MergePart & { readonly target: Target }
export type Piece = string | FieldPiece

type Place = 'subject' | 'preheader' | 'body'

export type ContentProblem = {
  readonly place: Place
  readonly code: TemplateProblem['code'] | 'misplaced-field' | 'empty' | 'bad-link'
  /** Both 0 when it concerns the whole. */
  readonly line: number
  readonly column: number
  readonly text: string
}

/** What was taken out of an HTML source because mail programs refuse it or it is unsafe. */
export type ContentNotice = { readonly code: 'removed'; readonly text: string }

/** Collects what is wrong while a message is compiled, so that all of it can be told at once. */
export type Findings = {
  readonly lookup: FieldLookup
  readonly problems: ContentProblem[]
  readonly notices: ContentNotice[]
}

export const newFindings = (lookup: FieldLookup): Findings => ({
  lookup,
  problems: [],
  notices: [],
})

/** Pieces of a text whose fields all go to one target; its literal parts pass through `literal`. */
export function piecesOf(
  text: string,
  { place, target, literal = (part) => part }: PieceOptions,
  { lookup, problems }: Findings,
): Piece[] {
  const parsed = parseTemplate(text, lookup)
  if (parsed.problems) {
    problems.push(...parsed.problems.map((problem) => ({ place, ...problem })))
    return []
  }
  return parsed.template.map((part) =>
    typeof part === 'string' ? literal(part) : { ...part, target },
  )
}

type PieceOptions = { place: Place; target: Target; literal?: (part: string) => string }

/** A link: its beginning decides where it leads, so a field there must be a whole address. */
export function linkPieces(href: string, findings: Findings): Piece[] {
  const pieces = piecesOf(href, { place: 'body', target: 'url' }, findings)
  return atStartWhole(pieces)
}

export function atStartWhole(pieces: Piece[]): Piece[] {
  const [first, ...rest] = pieces
  return first === undefined || typeof first === 'string'
    ? pieces
    : [{ ...first, target: 'address' }, ...rest]
}

/** The same pieces with neighbouring literals joined and empty ones gone. */
export function join(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = []
  for (const piece of pieces) {
    const last = joined.at(-1)
    if (typeof piece === 'string' && typeof last === 'string')
      joined[joined.length - 1] = last + piece
    else if (piece !== '') joined.push(piece)
  }
  return joined
}

export function fillPieces(pieces: readonly Piece[], values: MergeValues): string {
  let out = ''
  for (const piece of pieces) {
    out += typeof piece === 'string' ? piece : escapes[piece.target](mergeValue(piece, values))
  }
  return out
}

export const fieldsIn = (pieces: readonly Piece[]): FieldPiece[] =>
  pieces.filter((piece) => typeof piece !== 'string')
