import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  describeFormula,
  evaluate,
  type Formula,
  isReserved,
  parseFormula,
  writeFormula,
} from './formula.ts'

const codes = ['C1', 'C2', 'C3', 'oui-Q1']
const parse = (source: string) => parseFormula(source, codes)
const holds =
  (...held: string[]) =>
  (code: string) =>
    held.includes(code)

function says(source: string, ...held: string[]): boolean {
  const parsed = parse(source)
  if ('problem' in parsed) throw new Error(JSON.stringify(parsed.problem))
  return evaluate(parsed.formula, holds(...held))
}

const problemOf = (source: string) => {
  const parsed = parse(source)
  return 'problem' in parsed ? parsed.problem : undefined
}

const aFormula = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(...codes).map((code): Formula => ({ kind: 'code', code })),
    tie('formula').map((of): Formula => ({ kind: 'not', of })),
    fc
      .tuple(
        fc.constantFrom('all' as const, 'any' as const),
        fc.array(tie('formula'), { minLength: 2, maxLength: 3 }),
      )
      .map(([kind, of]): Formula => ({ kind, of })),
  ),
})).formula

describe('a formula', () => {
  it('reads in French, in English and in any capitals', () => {
    for (const source of [
      'C1 et (C2 ou non C3)',
      'c1 AND (c2 Or Not c3)',
      'C1 and(C2 ou non(C3))',
    ]) {
      expect(says(source, 'C1', 'C3')).toBe(false)
      expect(says(source, 'C1')).toBe(true)
      expect(says(source, 'C1', 'C2', 'C3')).toBe(true)
    }
  })

  it('binds “and” closer than “or”, and means all of them when it is empty', () => {
    expect(says('C1 ou C2 et C3', 'C1')).toBe(true)
    expect(says('(C1 ou C2) et C3', 'C1')).toBe(false)
    expect(says('  ', ...codes)).toBe(true)
    expect(says('', 'C1', 'C2')).toBe(false)
  })

  it('says what is wrong, where, and what may have been meant', () => {
    expect(problemOf('C1 et C9')).toMatchObject({
      reason: 'unknown-code',
      at: 6,
      length: 2,
      text: 'C9',
    })
    expect(problemOf('oui-Q2')).toMatchObject({ reason: 'unknown-code', hint: 'oui-Q1' })
    expect(problemOf('C1 et')).toMatchObject({ reason: 'code-expected', at: 5 })
    expect(problemOf('C1 C2')).toMatchObject({ reason: 'operator-expected', at: 3 })
    expect(problemOf('(C1 ou C2')).toMatchObject({ reason: 'unclosed', at: 0 })
    expect(problemOf('C1)')).toMatchObject({ reason: 'unopened', at: 2 })
    expect(problemOf('C1 & C2')).toMatchObject({ reason: 'unexpected-character', at: 3, text: '&' })
    expect(problemOf('()')).toMatchObject({ reason: 'code-expected', at: 1 })
    expect(problemOf(`${'('.repeat(60)}C1`)).toMatchObject({ reason: 'too-deep' })
  })

  it('written again, reads as the same, whatever it is', () =>
    void fc.assert(
      fc.property(aFormula, fc.subarray(codes), (formula, held) => {
        const parsed = parse(writeFormula(formula))
        if ('problem' in parsed) throw new Error(JSON.stringify(parsed.problem))
        expect(evaluate(parsed.formula, holds(...held))).toBe(evaluate(formula, holds(...held)))
      }),
    ))

  it('of any text is read or refused at a place within it', () =>
    void fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('C1', ' ', 'et ', 'ou ', 'non ', '(', ')', '&', 'é') }),
        (source) => {
          const problem = problemOf(source)
          if (problem) expect(problem.at).toBeLessThanOrEqual(source.length)
        },
      ),
    ))

  it('reads as a sentence', () => {
    const parsed = parse('C1 et (C2 ou non C3)')
    if ('problem' in parsed) throw new Error(parsed.problem.reason)
    const joints = { and: 'et', or: 'ou', not: 'sauf si', all: 'tout le monde' }
    expect(describeFormula(parsed.formula, (code) => `« ${code} »`, joints)).toBe(
      '« C1 » et (« C2 » ou sauf si (« C3 »))',
    )
  })

  it('keeps its own words from being codes', () => {
    expect(['ET', 'not', 'C1'].map(isReserved)).toEqual([true, true, false])
  })
})
