import { expect, it } from 'vitest'
import { checkContent } from '#core/campaigns/api.ts'
import { listMergeFields } from '#core/content/api.ts'
import { listMerges, mergeParties, undoMerge } from '#core/duplicates/api.ts'
import { getTimeline } from '#core/history/api.ts'
import * as api from '#core/questionnaires/api.ts'
import type { QuestionDraft } from '#core/questionnaires/question.ts'
import type { ItemDraft } from '#core/questionnaires/questionnaire.ts'
import { email, mailing, people } from '#tests/support/mailing.ts'
import { type TestApp, testApp } from '#tests/support/test-app.ts'
import { loadMergeValues } from '../content/service.ts'
import { currentAnswers, saveAnswers } from './service.ts'

const day = new Date('2026-11-22T10:00:00Z')
const choices = [
  { code: 'jour', label: 'La journée' },
  { code: 'soir', label: 'Le soir' },
]

const ask = (app: TestApp, code: string, draft: Partial<QuestionDraft> = {}) =>
  app.call(api.createQuestion, { code, kind: 'yes-no', label: `${code} ?`, ...draft })

const item = (questionId: number, more: Partial<ItemDraft> = {}): ItemDraft => ({
  questionId,
  isRequired: false,
  showIf: null,
  ...more,
})

const evening = (questionId: number) => ({
  kind: 'group',
  join: 'all',
  not: false,
  of: [{ kind: 'answer', questionId, of: 'choice', test: { op: 'one-of', values: ['soir'] } }],
})

/** Catalogue wanted? Then: when may we call? And a remark. */
async function catalogue(app: TestApp) {
  const wanted = await ask(app, 'CATALOGUE')
  const when = await ask(app, 'MOMENT', { kind: 'choice', choices })
  const remark = await ask(app, 'REMARQUE', { kind: 'text' })
  const questionnaire = await app.call(api.createQuestionnaire, {
    code: 'PROSPECTION',
    label: 'Prospection',
    items: [
      item(wanted.id, { isRequired: true }),
      item(when.id, {
        isRequired: true,
        showIf: {
          join: 'all',
          of: [
            {
              kind: 'answer',
              questionId: wanted.id,
              of: 'yes-no',
              test: { op: 'is', value: true },
            },
          ],
        },
      }),
      item(remark.id),
    ],
  })
  return { wanted, when, remark, questionnaire }
}

it('asks by branching, names each problem, and keeps every answer with its history', async () => {
  const app = await testApp({ now: day })
  const { wanted, when, remark, questionnaire } = await catalogue(app)
  const [id = 0] = await people(app, [{}])
  const save = (answers: [number, boolean | string | null][], isComplete = false) =>
    app.call(api.saveAnswers, {
      id,
      questionnaireId: questionnaire.id,
      isComplete,
      answers: answers.map(([questionId, value]) => ({ questionId, value })),
    })
  expect(await save([[remark.id, 'Rappeler']], true)).toEqual({
    problems: [{ questionId: wanted.id, reason: 'required' }],
    saved: 0,
  })
  expect(await save([[wanted.id, true]], true)).toEqual({
    problems: [{ questionId: when.id, reason: 'required' }],
    saved: 0,
  })
  expect(
    (
      await save([
        [when.id, 'nuit'],
        [wanted.id, true],
      ])
    ).problems,
  ).toEqual([{ questionId: when.id, reason: 'no-such-choice' }])
  expect(
    await save(
      [
        [wanted.id, true],
        [when.id, 'soir'],
      ],
      true,
    ),
  ).toMatchObject({ saved: 2 })
  // What stands already is not written twice, and what branching hides is not written at all.
  expect(await save([[wanted.id, true]])).toEqual({ problems: [], saved: 0 })
  app.setNow(new Date('2026-11-23T10:00:00Z'))
  expect(
    await save(
      [
        [wanted.id, false],
        [when.id, 'jour'],
      ],
      true,
    ),
  ).toMatchObject({ saved: 1 })
  const current = await app.call(api.listAnswers, { id })
  expect(current.map(({ questionId, value, earlier }) => [questionId, value, earlier])).toEqual([
    [wanted.id, false, 1],
    [when.id, 'soir', 0],
  ])
  expect(await app.call(api.listAnswerHistory, { id, questionId: wanted.id })).toMatchObject([
    { value: false, answeredAt: '2026-11-23T10:00:00.000Z', actorName: 'Testeuse' },
    { value: true, answeredAt: '2026-11-22T10:00:00.000Z', questionnaireId: questionnaire.id },
  ])
  expect(await app.call(api.countAnswers, {})).toEqual({
    questions: { [wanted.id]: 1, [when.id]: 1 },
    questionnaires: { [questionnaire.id]: 1 },
  })
  expect(await save([[wanted.id, null]])).toMatchObject({ saved: 1 })
  expect(await app.call(api.listAnswers, { id })).toMatchObject([{ questionId: when.id }])
})

it('keeps what answers and conditions stand on', async () => {
  const app = await testApp({ now: day })
  const { wanted, when, remark, questionnaire } = await catalogue(app)
  const [id = 0] = await people(app, [{}])
  const colour = await ask(app, 'COULEUR', { kind: 'choices', choices })
  await app.call(api.saveAnswers, { id, answers: [{ questionId: colour.id, value: ['jour'] }] })
  await app.db
    .insertInto('segments')
    .values({ name: 'Le soir', criteria: JSON.stringify({ version: 1, root: evening(when.id) }) })
    .execute()
  const code = async (endpoint: Parameters<TestApp['refusal']>[0], input: unknown) =>
    (await app.refusal(endpoint, input)).code
  expect(await code(api.updateQuestion, { ...colour, kind: 'text', choices: [] })).toBe(
    'questionnaires/kind-answered',
  )
  expect(await code(api.updateQuestion, { ...colour, choices: choices.slice(1) })).toBe(
    'questionnaires/choice-in-use',
  )
  expect(await code(api.updateQuestion, { ...when, choices: choices.slice(0, 1) })).toBe(
    'questionnaires/choice-in-use',
  )
  expect(await code(api.updateQuestion, { ...wanted, kind: 'text' })).toBe(
    'questionnaires/kind-in-use',
  )
  expect(await code(api.deleteQuestion, { id: colour.id })).toBe('questionnaires/question-answered')
  expect(await app.refusal(api.deleteQuestion, { id: remark.id })).toMatchObject({
    code: 'questionnaires/question-in-use',
    details: { place: 'questionnaire', label: 'Prospection' },
  })
  expect(await code(api.createQuestion, { code: 'catalogue', kind: 'text', label: 'x' })).toBe(
    'questionnaires/code-taken',
  )
  const free = await app.call(api.updateQuestion, { ...when, choices: choices.slice(1) })
  expect(free.choices).toEqual(choices.slice(1))
  expect(await code(api.updateQuestion, when)).toBe('questionnaires/changed')
  // Retired: the answers stay and the question is asked no more, nor required.
  await app.call(api.updateQuestion, { ...colour, isActive: false })
  expect(
    await app.call(api.saveAnswers, { id, answers: [{ questionId: colour.id, value: ['soir'] }] }),
  ).toEqual({ problems: [{ questionId: colour.id, reason: 'retired' }], saved: 0 })
  await app.call(api.updateQuestion, { ...wanted, isActive: false })
  expect(
    await app.call(api.saveAnswers, {
      id,
      questionnaireId: questionnaire.id,
      isComplete: true,
      answers: [],
    }),
  ).toEqual({ problems: [], saved: 0 })
})

it('changes questionnaires for one person at a time, and copies them', async () => {
  const app = await testApp({ now: day })
  const { wanted, when, questionnaire } = await catalogue(app)
  const items = questionnaire.items.map(({ question, isRequired, showIf }) =>
    item(question.id, { isRequired, showIf }),
  )
  const backwards = { ...questionnaire, items: items.toReversed() }
  expect(await app.refusal(api.updateQuestionnaire, backwards)).toMatchObject({
    code: 'questionnaires/item-not-before',
    details: { question: 'MOMENT ?', position: 2 },
  })
  const saved = await app.call(api.updateQuestionnaire, {
    ...questionnaire,
    label: 'Prospection 2026',
    items: items.slice(0, 2),
  })
  expect(saved.items.map(({ question, position }) => [question.id, position])).toEqual([
    [wanted.id, 1],
    [when.id, 2],
  ])
  expect((await app.refusal(api.updateQuestionnaire, { ...questionnaire, items })).code).toBe(
    'questionnaires/changed',
  )
  const copy = await app.call(api.duplicateQuestionnaire, {
    id: saved.id,
    code: 'PROSP2',
    label: 'Copie',
  })
  expect(copy.items).toEqual(saved.items)
  expect(
    (await app.refusal(api.duplicateQuestionnaire, { id: saved.id, code: 'prosp2', label: 'x' }))
      .code,
  ).toBe('questionnaires/code-taken')
  const campaign = await app.db
    .insertInto('campaigns')
    .values({ label: 'Opération', form: 'operation' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await app.db
    .insertInto('steps')
    .values({ campaignId: campaign.id, questionnaireId: saved.id })
    .execute()
  expect(await app.refusal(api.deleteQuestionnaire, { id: saved.id })).toMatchObject({
    code: 'questionnaires/in-use',
    details: { label: 'Opération' },
  })
  await app.call(api.deleteQuestionnaire, { id: copy.id })
  expect(await app.call(api.listQuestionnaires, {})).toMatchObject([
    { label: 'Prospection 2026', questions: 2, steps: 1 },
  ])
})

it('shows an organisation what its contacts answered for it, and no step that a key hides', async () => {
  const app = await testApp({ now: day })
  const { wanted } = await catalogue(app)
  const [person = 0, organisation = 0] = await people(app, [{}, { lastName: 'Mairie' }])
  const key = await app.db
    .insertInto('confidentialityKeys')
    .values({ label: 'Direction' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const campaign = await app.db
    .insertInto('campaigns')
    .values({ label: 'Secrète', form: 'operation', keyId: key.id })
    .returning('id')
    .executeTakeFirstOrThrow()
  const step = await app.db
    .insertInto('steps')
    .values({ campaignId: campaign.id, label: 'Appel' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const actor = {
    ...{ id: 'tester', name: 'Testeuse', locale: 'fr' as const },
    rights: new Set([]),
    keys: [],
  }
  const saving = {
    partyId: person,
    organisationId: organisation,
    stepId: step.id,
    answers: [{ questionId: wanted.id, value: true }],
    now: day,
  }
  expect((await saveAnswers(app.db, actor, saving)).saved).toBe(1)
  const [hidden] = await app.call(api.listAnswers, { id: organisation })
  expect(hidden).toMatchObject({
    party: { id: person },
    step: null,
    organisation: { id: organisation },
  })
  app.giveKeys(key.id)
  const [shown] = await app.call(api.listAnswers, { id: organisation })
  expect(shown?.step).toMatchObject({ id: step.id, label: 'Appel', campaign: 'Secrète' })
  // The same answer in another step is news; in the same step it is not.
  expect((await saveAnswers(app.db, actor, saving)).saved).toBe(0)
})

it('tells answers in messages and in the timeline', async () => {
  const app = await testApp({ now: day })
  const { wanted, when } = await catalogue(app)
  const [id = 0, silent = 0] = await people(app, [
    { email: 'a@example.org' },
    { email: 'b@example.org' },
  ])
  await app.call(api.saveAnswers, {
    id,
    answers: [
      { questionId: wanted.id, value: true },
      { questionId: when.id, value: 'soir' },
    ],
  })
  const fields = ['answer.CATALOGUE', 'answer.MOMENT', 'answer.GONE']
  const values = await loadMergeValues(app.db, [id, silent], fields, { now: day, stepId: null })
  expect(values.get(id)).toEqual({
    'answer.CATALOGUE': 'oui',
    'answer.MOMENT': 'Le soir',
    'answer.GONE': null,
  })
  expect(values.get(silent)).toMatchObject({ 'answer.MOMENT': null })
  expect(await app.call(listMergeFields, {})).toContainEqual({
    key: 'answer.MOMENT',
    group: 'answers',
    labelFr: 'MOMENT ?',
    labelEn: 'MOMENT ?',
  })
  const stepId = await mailing(app, {
    contents: [{ body: email('Rappel : {{answer.MOMENT|demain}}') }],
  })
  const { id: contentId } = await app.db
    .selectFrom('contents')
    .select('id')
    .where('stepId', '=', stepId)
    .executeTakeFirstOrThrow()
  expect((await app.call(checkContent, { id: contentId })).missing).toContainEqual({
    field: 'answer.MOMENT',
    fallback: 'demain',
    count: 1,
  })
  expect((await app.refusal(api.deleteQuestion, { id: when.id })).code).toBe(
    'questionnaires/question-answered',
  )
  const { entries } = await app.call(getTimeline, { id })
  expect(entries.filter(({ kind }) => kind === 'answer')).toMatchObject([
    { question: { label: 'MOMENT ?' }, value: 'soir', actorName: 'Testeuse', person: null },
    { question: { label: 'CATALOGUE ?' }, value: true },
  ])
})

it('moves answers with a merge, the latest staying current, and forgets them with the card', async () => {
  const app = await testApp({ now: day })
  const { wanted, when } = await catalogue(app)
  const [kept = 0, lost = 0] = await people(app, [{}, {}])
  const answer = (id: number, questionId: number, value: boolean | string) =>
    app.call(api.saveAnswers, { id, answers: [{ questionId, value }] })
  await answer(lost, when.id, 'soir')
  await answer(lost, wanted.id, false)
  app.setNow(new Date('2026-11-23T10:00:00Z'))
  await answer(kept, wanted.id, true)
  app.setNow(new Date('2026-11-24T10:00:00Z'))
  await answer(lost, when.id, 'jour')
  await app.call(mergeParties, { id: kept, other: lost, values: {} })
  expect((await currentAnswers(app.db, [kept, lost])).get(kept)).toEqual(
    new Map<number, unknown>([
      [wanted.id, true],
      [when.id, 'jour'],
    ]),
  )
  expect(await app.call(api.listAnswerHistory, { id: kept, questionId: wanted.id })).toHaveLength(2)
  // Taken apart again, the latest of each card's own answers is its current one.
  await answer(kept, when.id, 'soir')
  const { merges } = await app.call(listMerges, {})
  await app.call(undoMerge, { id: merges[0]?.id ?? 0 })
  const apart = await currentAnswers(app.db, [kept, lost])
  expect(apart.get(kept)).toEqual(
    new Map<number, unknown>([
      [wanted.id, true],
      [when.id, 'soir'],
    ]),
  )
  expect(apart.get(lost)).toEqual(
    new Map<number, unknown>([
      [wanted.id, false],
      [when.id, 'jour'],
    ]),
  )
  await app.db.deleteFrom('parties').where('id', 'in', [kept, lost]).execute()
  expect(await app.db.selectFrom('answers').selectAll().execute()).toEqual([])
})
