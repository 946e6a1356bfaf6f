import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AnswerValue, answerText, readAnswer } from './answer.ts'
import type { AnswerTest } from './answer-test.ts'
import { type Question, questionKinds } from './question.ts'
import { checkAnswers, checkItems, type Item, type ItemDraft, shownItems } from './questionnaire.ts'

const today = '2026-11-22'
const choices = [
  { code: 'a', label: 'Le jour' },
  { code: 'b', label: 'Le soir' },
]

const question = (id: number, kind: Question['kind'], isActive = true): Question => ({
  id,
  code: `Q${id}`,
  kind,
  label: `Question ${id}`,
  help: '',
  choices: kind === 'choice' || kind === 'choices' ? choices : [],
  isActive,
  version: 1,
})

const yes = (questionId: number): AnswerTest => ({
  kind: 'answer',
  questionId,
  of: 'yes-no',
  test: { op: 'is', value: true },
})

const raw: fc.Arbitrary<AnswerValue | null> = fc.oneof(
  fc.constantFrom<AnswerValue | null>(null, '', true, false, 0, 7, 'a', 'b', 'z', '2026-01-15'),
  fc.subarray(['a', 'b', 'z']),
  fc.string({ maxLength: 8 }),
)

const test = (id: number, kind: Question['kind']): fc.Arbitrary<AnswerTest> => {
  const about = { kind: fc.constant('answer'), questionId: fc.constant(id), of: fc.constant(kind) }
  const presence = fc.record({ op: fc.constantFrom('empty', 'filled') })
  const own: Record<Question['kind'], fc.Arbitrary<unknown>> = {
    'yes-no': fc.record({ op: fc.constant('is'), value: fc.boolean() }),
    choice: fc.constant({ op: 'one-of', values: ['a'] }),
    choices: fc.constant({ op: 'none-of', values: ['b'] }),
    number: fc.constant({ op: 'at-least', value: 3 }),
    date: fc.constant({ op: 'before', day: today }),
    text: fc.constant({ op: 'is', value: 'a' }),
  }
  return fc.record({ ...about, test: fc.oneof(own[kind], presence) }) as fc.Arbitrary<AnswerTest>
}

/** Questionnaires of up to eight questions, each asked after tests of those before it. */
const items: fc.Arbitrary<Item[]> = fc
  .array(fc.tuple(fc.constantFrom(...questionKinds), fc.boolean(), fc.boolean()), { maxLength: 8 })
  .chain((shapes) =>
    fc.tuple(
      ...shapes.map(([kind, isRequired, isActive], at) => {
        const before = shapes.slice(0, at).map(([own], id) => test(id + 1, own))
        const showIf =
          before.length === 0
            ? fc.constant(null)
            : fc.option(
                fc.record({
                  join: fc.constantFrom('all' as const, 'any' as const),
                  of: fc.array(fc.oneof(...before), { minLength: 1, maxLength: 3 }),
                }),
              )
        return showIf.map((when) => ({
          question: question(at + 1, kind, isActive || at < 2),
          position: at + 1,
          isRequired,
          showIf: when,
        }))
      }),
    ),
  )

const answers = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 8 }), raw))
  .map((given) => new Map(given))

const asDrafts = (of: Item[]): ItemDraft[] =>
  of.map(({ question: { id }, isRequired, showIf }) => ({ questionId: id, isRequired, showIf }))

describe('branching', () => {
  it('never saves a hidden question, and never waits for one', () => {
    void fc.assert(
      fc.property(items, answers, fc.boolean(), (all, given, isComplete) => {
        const checked = checkAnswers(all, { given, known: new Map(), today, isComplete })
        const read = new Map([...given].map(([id, value]) => [id, valueFor(all, id, value)]))
        const shown = new Set(shownItems(all, read, today).map((item) => item.question.id))
        for (const { questionId } of [...checked.answers, ...checked.problems])
          expect(shown.has(questionId)).toBe(true)
      }),
    )
  })

  it('hides nothing by what was answered to a hidden question', () => {
    void fc.assert(
      fc.property(items, answers, (all, given) => {
        const shown = shownItems(all, given, today)
        const ids = new Set(shown.map((item) => item.question.id))
        const heard = new Map([...given].filter(([id]) => ids.has(id)))
        expect(shownItems(all, heard, today)).toEqual(shown)
      }),
    )
  })

  it('is refused when it looks ahead: circles cannot be written', () => {
    void fc.assert(
      fc.property(items, (all) => {
        const known = new Map(all.map((item) => [item.question.id, item.question]))
        expect(checkItems(asDrafts(all), known)).toEqual([])
        const backwards = checkItems(asDrafts(all).reverse(), known)
        expect(backwards.some(({ reason }) => reason === 'not-before')).toBe(
          all.some(({ showIf }) => showIf !== null),
        )
      }),
    )
  })

  it('asks what a given answer opens, over what was known before', () => {
    const all = [
      { question: question(1, 'yes-no'), position: 1, isRequired: true, showIf: null },
      {
        question: question(2, 'text'),
        position: 2,
        isRequired: true,
        showIf: { join: 'all' as const, of: [yes(1)] },
      },
    ]
    const check = (given: [number, AnswerValue | null][], known: [number, AnswerValue][] = []) =>
      checkAnswers(all, {
        given: new Map(given),
        known: new Map(known),
        today,
        isComplete: true,
      })
    expect(check([]).problems).toEqual([{ questionId: 1, reason: 'required' }])
    expect(check([[1, true]]).problems).toEqual([{ questionId: 2, reason: 'required' }])
    expect(check([[1, true]], [[2, 'Lyon']]).problems).toEqual([])
    expect(check([[2, 'Lyon']], [[1, false]])).toEqual({ answers: [], problems: [] })
  })

  it('tells items that are wrong apart', () => {
    const known = new Map([
      [1, question(1, 'choice')],
      [2, question(2, 'text')],
    ])
    const item = (questionId: number, of: AnswerTest[] = []): ItemDraft => ({
      questionId,
      isRequired: false,
      showIf: of.length > 0 ? { join: 'all', of } : null,
    })
    const picks = (code: string): AnswerTest => ({
      kind: 'answer',
      questionId: 1,
      of: 'choice',
      test: { op: 'one-of', values: [code] },
    })
    const reasons = (drafts: ItemDraft[]) => checkItems(drafts, known).map(({ reason }) => reason)
    expect(reasons([item(1), item(2, [picks('a')])])).toEqual([])
    expect(reasons([item(1), item(2, [picks('z')])])).toEqual(['unknown-choice'])
    expect(reasons([item(1), item(2, [yes(1)])])).toEqual(['other-kind'])
    expect(reasons([item(1), item(1), item(9)])).toEqual(['twice', 'unknown-question'])
    expect(reasons([item(2, [picks('a')]), item(1)])).toEqual(['not-before'])
  })
})

function valueFor(all: Item[], id: number, value: AnswerValue | null): AnswerValue | null {
  const asked = all.find((item) => item.question.id === id)
  if (!asked) return null
  const reading = readAnswer(asked.question, value)
  return 'value' in reading ? reading.value : null
}

describe('answers', () => {
  it('read again are the same', () => {
    void fc.assert(
      fc.property(fc.constantFrom(...questionKinds), raw, (kind, value) => {
        const asked = question(1, kind)
        const reading = readAnswer(asked, value)
        if ('value' in reading) expect(readAnswer(asked, reading.value)).toEqual(reading)
      }),
    )
  })

  it('say what is wrong by their kind', () => {
    const read = (kind: Question['kind'], value: AnswerValue) =>
      readAnswer(question(1, kind), value)
    expect(read('yes-no', 'oui')).toEqual({ problem: 'not-yes-no' })
    expect(read('choice', 'z')).toEqual({ problem: 'no-such-choice' })
    expect(read('choices', ['b', 'a', 'b'])).toEqual({ value: ['a', 'b'] })
    expect(read('choices', [])).toEqual({ value: null })
    expect(read('number', '12')).toEqual({ problem: 'not-a-number' })
    expect(read('date', '2026-02-30')).toEqual({ problem: 'not-a-day' })
    expect(read('text', ' Lyon ')).toEqual({ value: 'Lyon' })
    expect(read('text', 'x'.repeat(2_001))).toEqual({ problem: 'too-long' })
    expect(read('text', 'a\0b')).toEqual({ problem: 'not-a-text' })
  })

  it('are written as people say them', () => {
    const write = (kind: Question['kind'], value: AnswerValue) =>
      answerText(question(1, kind), value, 'fr')
    expect(write('yes-no', true)).toBe('oui')
    expect(write('choices', ['a', 'b'])).toBe('Le jour, Le soir')
    expect(write('choice', 'gone')).toBe('gone')
    expect(write('date', '2026-03-01')).toBe('1er mars 2026')
    expect(write('number', 1234.5)).toBe('1\u00a0234,5')
  })
})
