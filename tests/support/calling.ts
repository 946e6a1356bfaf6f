/** A phoning step with people to call, on a Monday morning. */
import { randomUUID } from 'node:crypto'
import { instantAt } from '#core/kernel/zone.ts'
import * as operations from '#core/operations/api.ts'
import * as questionnaires from '#core/questionnaires/api.ts'
import { type TestApp, testApp } from './test-app.ts'

export const monday = instantAt('2026-11-23', '10:30', 'Europe/Paris')
export const minutes = (count: number) => new Date(monday.getTime() + count * 60_000)
export const key = () => randomUUID()

async function aQuestionnaire(app: TestApp) {
  const { id: questionId } = await app.call(questionnaires.createQuestion, {
    code: 'catalogue',
    kind: 'yes-no',
    label: 'Souhaite le catalogue ?',
  })
  const { id } = await app.call(questionnaires.createQuestionnaire, {
    code: 'Q1',
    label: 'Prospection',
    items: [{ questionId, isRequired: true }],
  })
  return { questionnaireId: id, questionId }
}

/** A phoning step with people who agreed to be called. */
export async function calling(options: { people?: number; consent?: boolean; step?: object } = {}) {
  const app = await testApp({ now: monday })
  const asked = await aQuestionnaire(app)
  const operation = await app.call(operations.createOperation, { label: 'Portes ouvertes' })
  const made = await app.call(operations.createStep, {
    id: operation.id,
    label: 'Appels',
    typeCode: 'phoning',
    questionnaireId: asked.questionnaireId,
    ...options.step,
  })
  const stepId = made.steps[0]?.id ?? 0
  const people = await app.db
    .insertInto('parties')
    .values(
      Array.from({ length: options.people ?? 3 }, (_, n) => ({
        code: `P${n}`,
        lastName: `Roux${n}`,
        firstName: 'Zoé',
        mobile: '0612345678',
        mobileNumber: `+336${String(12345678 + n)}`,
      })),
    )
    .returning('id')
    .execute()
  const ids = people.map(({ id }) => id)
  if (options.consent !== false) await consent(app, ids)
  await app.db
    .insertInto('targets')
    .values(
      ids.map((partyId) => ({ stepId, partyId, availableAt: minutes(-10_000).toISOString() })),
    )
    .execute()
  return { app, stepId, ids, campaignId: operation.id, ...asked }
}

export const consent = (app: TestApp, ids: readonly number[]) =>
  app.db
    .insertInto('consents')
    .values(
      ids.map((partyId) => ({
        partyId,
        channel: 'phone',
        state: 'granted',
        source: 'staff',
        proof: '{}',
      })),
    )
    .execute()

export const target = (app: TestApp, stepId: number, partyId: number) =>
  app.db
    .selectFrom('targets')
    .selectAll()
    .where('stepId', '=', stepId)
    .where('partyId', '=', partyId)
    .executeTakeFirstOrThrow()
