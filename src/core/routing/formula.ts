/**
 * The formula of a step: codes of conditions combined by et / ou / non or and / or / not, with parentheses
 * (D-116). Written in either language, even both at once, in any capitals. Empty means all of them (D-117).
 */
import { nearest } from './nearest.ts'

export type Formula =
  | { kind: 'code'; code: string }
  | { kind: 'not'; of: Formula }
  | { kind: 'all' | 'any'; of: Formula[] }

/** What is wrong and where: `at` is the first character of it, from 0; `hint` what may have been meant. */
export type FormulaProblem = {
  reason:
    | 'unexpected-character'
    | 'code-expected'
    | 'operator-expected'
    | 'unclosed'
    | 'unopened'
    | 'unknown-code'
    | 'too-deep'
  at: number
  length: number
  text: string
  hint: string
}

type Token = { kind: 'code' | 'and' | 'or' | 'not' | '(' | ')' | 'end'; text: string; at: number }

const words: Readonly<Record<string, Token['kind']>> = {
  et: 'and',
  and: 'and',
  ou: 'or',
  or: 'or',
  non: 'not',
  not: 'not',
}

/** A code cannot be one of the words of a formula. */
export const isReserved = (code: string): boolean => code.toLowerCase() in words
export const codePattern = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,39}$/u

const pattern = /\s+|([()])|([\p{L}\p{N}_][\p{L}\p{N}_.-]*)|(.)/gsu
const deepest = 50

class Refusal extends Error {
  readonly problem: FormulaProblem
  constructor(problem: FormulaProblem) {
    super(problem.reason)
    this.problem = problem
  }
}

function refuse(reason: FormulaProblem['reason'], token: Token, hint = ''): never {
  const { at, text } = token
  throw new Refusal({ reason, at, length: Math.max(1, text.length), text, hint })
}

function tokensOf(source: string): Token[] {
  const tokens: Token[] = []
  for (const match of source.matchAll(pattern)) {
    const [text, parenthesis, word, other] = match
    const at = match.index
    if (other !== undefined) refuse('unexpected-character', { kind: 'end', text, at })
    if (parenthesis) tokens.push({ kind: parenthesis as '(' | ')', text, at })
    if (word) tokens.push({ kind: words[word.toLowerCase()] ?? 'code', text: word, at })
  }
  tokens.push({ kind: 'end', text: '', at: source.length })
  return tokens
}

export type Parsed = { formula: Formula } | { problem: FormulaProblem }

/** The formula over these codes, in their own capitals; of an empty text all of them. */
export function parseFormula(source: string, codes: readonly string[]): Parsed {
  try {
    return { formula: read(source, codes) }
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.problem }
    throw error
  }
}

function read(source: string, codes: readonly string[]): Formula {
  const tokens = tokensOf(source)
  if (tokens.length === 1) return { kind: 'all', of: codes.map((code) => ({ kind: 'code', code })) }
  const known = new Map(codes.map((code) => [code.toLowerCase(), code]))
  let at = 0
  let depth = 0
  const now = () => tokens[at] ?? { kind: 'end' as const, text: '', at: source.length }

  function several(kind: 'all' | 'any', joint: Token['kind'], part: () => Formula): Formula {
    const parts = [part()]
    while (now().kind === joint) {
      at += 1
      parts.push(part())
    }
    const [only] = parts
    return only && parts.length === 1 ? only : { kind, of: parts }
  }
  const either = (): Formula => several('any', 'or', both)
  const both = (): Formula => several('all', 'and', single)

  function single(): Formula {
    const token = now()
    at += 1
    if (token.kind === 'not') return { kind: 'not', of: deeper(token, single) }
    if (token.kind === '(') return inParentheses(token)
    if (token.kind !== 'code') return refuse('code-expected', token)
    const code = known.get(token.text.toLowerCase())
    if (code === undefined) return refuse('unknown-code', token, nearest(token.text, codes))
    return { kind: 'code', code }
  }
  function inParentheses(open: Token): Formula {
    const inner = deeper(open, either)
    if (now().kind !== ')')
      refuse(
        now().kind === 'end' ? 'unclosed' : 'operator-expected',
        now().kind === 'end' ? open : now(),
      )
    at += 1
    return inner
  }
  function deeper(token: Token, part: () => Formula): Formula {
    depth += 1
    if (depth > deepest) refuse('too-deep', token)
    const inner = part()
    depth -= 1
    return inner
  }

  const whole = either()
  const rest = now()
  if (rest.kind === ')') refuse('unopened', rest)
  if (rest.kind !== 'end') refuse('operator-expected', rest)
  return whole
}

/** What the formula says of someone for whom each condition holds or not. */
export function evaluate(formula: Formula, holds: (code: string) => boolean): boolean {
  switch (formula.kind) {
    case 'code':
      return holds(formula.code)
    case 'not':
      return !evaluate(formula.of, holds)
    case 'all':
      return formula.of.every((part) => evaluate(part, holds))
    default:
      return formula.of.some((part) => evaluate(part, holds))
  }
}

/** In words: each code by its own sentence, with the joints of a language. */
export type Joints = { and: string; or: string; not: string; all: string }

export function describeFormula(
  formula: Formula,
  sentenceOf: (code: string) => string,
  joints: Joints,
): string {
  const say = (part: Formula, within: Formula['kind'] | null): string => {
    if (part.kind === 'code') return sentenceOf(part.code)
    if (part.kind === 'not') return `${joints.not} (${say(part.of, null)})`
    if (part.of.length === 0) return joints.all
    const joint = part.kind === 'all' ? joints.and : joints.or
    const text = part.of.map((each) => say(each, part.kind)).join(` ${joint} `)
    return within === null || within === part.kind || part.of.length === 1 ? text : `(${text})`
  }
  return say(formula, null)
}

/** The formula written again from its parts; reading that gives the same. */
export function writeFormula(formula: Formula): string {
  if (formula.kind === 'code') return formula.code
  if (formula.kind === 'not') return `non (${writeFormula(formula.of)})`
  const joint = formula.kind === 'all' ? 'et' : 'ou'
  return `(${formula.of.map(writeFormula).join(` ${joint} `)})`
}
