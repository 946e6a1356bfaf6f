import { expect, it } from 'vitest'
import * as api from '#core/imports/api.ts'
import { ImportView } from '#core/imports/import.ts'
import { type TestApp, testApp } from '#tests/support/test-app.ts'

/** Uploads and imports by the guess, which knows the headings. */
async function run(app: TestApp, body: string): Promise<ImportView> {
  const response = await app.http.request('/api/imports?name=clients.csv', {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body,
  })
  const { id } = ImportView.parse(await response.json())
  await app.call(api.startImport, { id })
  await app.runJobs()
  return app.call(api.getImport, { id })
}

const cards = (app: TestApp) =>
  app.db.selectFrom('parties').select('opensConsent').orderBy('code').execute()

it('customers of a file say whether openings are measured, line by line in the ledger, and lift no refusal of that', async () => {
  const app = await testApp()
  const file = (...words: string[]) =>
    `code;nom;mesure des ouvertures\n${words.map((word, at) => `${at};N${at};${word}\n`).join('')}`
  const words = async () => (await cards(app)).map(({ opensConsent }) => opensConsent)
  await run(app, file('oui', 'non', ''))
  expect(await words()).toEqual([true, false, null])
  const second = await run(app, file('oui', 'oui', 'oui'))
  expect(second.counts).toMatchObject({ updated: 1, unchanged: 2 })
  expect(await words()).toEqual([true, false, true])
  await run(app, file('non', '', ''))
  expect(await words()).toEqual([false, false, true])
  await app.call(api.undoImport, { id: second.id })
  await app.runJobs()
  const lines = await app.db
    .selectFrom('consents')
    .innerJoin('parties', 'parties.id', 'consents.partyId')
    .orderBy('consents.id')
    .select(['code', 'purpose', 'state', 'source', 'proof'])
    .execute()
  expect(lines.map(({ code, state, source }) => `${code} ${state} ${source}`)).toEqual([
    '0 granted import',
    '1 withdrawn import',
    '2 granted import',
    '0 withdrawn import',
    '2 withdrawn import-undo',
  ])
  expect(lines[2]).toMatchObject({
    purpose: 'measurement',
    proof: { importId: second.id, line: 4 },
  })
  expect(await words()).toEqual([false, false, false])
})
