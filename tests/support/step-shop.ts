import * as operations from '#core/operations/api.ts'
import * as api from '#core/targets/api.ts'
import type { TargetSource } from '#core/targets/source.ts'
import { type TestApp, testApp } from './test-app.ts'

/** Acme with two contacts, Beta without any, an individual, a supplier; an operation for prospects. */
export async function shop(step: object = {}, campaign: object = { kinds: ['prospect'] }) {
  const app = await testApp()
  const rows = await app.db
    .insertInto('parties')
    .values([
      { code: 'ACME', lastName: '', company: 'Acme', nature: 'company', kind: 'prospect' },
      { code: 'BETA', lastName: '', company: 'Beta', nature: 'company', kind: 'prospect' },
      { code: 'ZOE', lastName: 'Roux', kind: 'prospect', city: 'Lyon' },
      { code: 'SUP', lastName: 'Fournil', kind: 'supplier' },
      { code: 'A1', lastName: 'Ana', kind: 'other' },
      { code: 'A2', lastName: 'Aldo', kind: 'other' },
    ])
    .returning(['id', 'code'])
    .execute()
  const id = (code: string) => rows.find((row) => row.code === code)?.id ?? 0
  await app.db
    .insertInto('partyContacts')
    .values([
      { organisationId: id('ACME'), personId: id('A1'), function: 'Qualité' },
      { organisationId: id('ACME'), personId: id('A2'), function: 'Achats' },
    ])
    .execute()
  const operation = await app.call(operations.createOperation, { label: 'Salon', ...campaign })
  const addStep = async (more: object) =>
    (
      await app.call(operations.createStep, { id: operation.id, label: 'Appels', ...more })
    ).steps.at(-1)?.id ?? 0
  return { app, id, operationId: operation.id, stepId: await addStep(step), addStep }
}

type BySelection = Extract<TargetSource, { kind: 'selection' }>

export const everybody: BySelection = {
  kind: 'selection',
  who: 'parties',
  functions: [],
  selection: { version: 1, start: 'everybody', operations: [], excludeDoNotContact: true },
}
export const picked = (...partyIds: number[]): BySelection => ({
  ...everybody,
  selection: {
    version: 1,
    start: 'nobody',
    operations: [{ kind: 'add', source: { kind: 'people', partyIds } }],
    excludeDoNotContact: true,
  },
})
export const contactsWith = (...functions: string[]): BySelection => ({
  ...everybody,
  who: 'contacts',
  functions,
})

export async function codes(app: TestApp, id: number, page: object = {}) {
  const { rows } = await app.call(api.listTargets, { id, ...page })
  return rows.map(({ code }) => code)
}
