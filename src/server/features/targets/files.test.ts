import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import * as operations from '#core/operations/api.ts'
import * as api from '#core/targets/api.ts'
import { FileReport } from '#core/targets/file.ts'
import { writeXlsx } from '#platform/tabular/xlsx-writer.ts'
import { type TestApp, testApp } from '#tests/support/test-app.ts'

async function shop(step: object = {}) {
  const app = await testApp()
  const rows = await app.db
    .insertInto('parties')
    .values([
      { code: 'ACME', lastName: '', company: 'Acme', nature: 'company', kind: 'prospect' },
      { code: 'BETA', lastName: '', company: 'Beta', nature: 'company', kind: 'prospect' },
      { code: 'ZOE', lastName: 'Roux', firstName: 'Zoé', kind: 'customer' },
      { code: 'SUP', lastName: 'Fournil', kind: 'supplier' },
      { code: 'A1', lastName: 'Ana', firstName: 'Lia', kind: 'other' },
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
  const operation = await app.call(operations.createOperation, {
    label: 'Salon',
    kinds: ['prospect', 'customer'],
  })
  const made = await app.call(operations.createStep, { id: operation.id, label: 'Appels', ...step })
  return { app, stepId: made.steps[0]?.id ?? 0 }
}

async function bring(app: TestApp, stepId: number, bytes: string | Uint8Array) {
  const response = await app.http.request(`/api/steps/${stepId}/target-files?name=salon.csv`, {
    method: 'POST',
    body: bytes as string,
  })
  return { status: response.status, body: (await response.json()) as { code?: string } }
}

const check = async (app: TestApp, stepId: number, bytes: string | Uint8Array) =>
  FileReport.parse((await bring(app, stepId, bytes)).body)

const codes = async (app: TestApp, id: number, more: object = {}) =>
  (await app.call(api.listTargets, { id, ...more })).rows.map(({ code }) => code)

describe('a file of codes', () => {
  const text = `Liste du salon;;;
Éditée le 20/11/2026;;;
Nom;fiche;TIERS;Ville
Acme;PRO;ACME;Lyon
Acme;PRO;acme;Lyon
Roux;CLI;ZOE;
Roux;PRO;ZOE;
Fournil;FOU;SUP;
Perdu;CLI;NEANT;
Qui ?;XYZ;BETA;
;CLI;;
Beta;Prospect;BETA;
`
  it('is reported on line by line before anybody is added, then adds them, found by their batch (D-94 to D-100, L-11)', async () => {
    const { app, stepId } = await shop()
    const report = await check(app, stepId, text)
    expect(report).toMatchObject({
      headerLine: 3,
      rows: 9,
      ignored: ['Nom', 'Ville'],
      proposal: { added: 3, already: 0, wrongKinds: [{ kind: 'supplier', people: 1 }] },
    })
    expect(report.problems.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      '5 duplicate',
      '7 other-fiche',
      '8 wrong-kind',
      '9 unknown-code',
      '10 unknown-fiche',
      '11 code-missing',
    ])
    expect(await codes(app, stepId)).toEqual([])
    const file = await app.http.request(
      `/api/steps/${stepId}/target-files/${report.fileId}/report?locale=fr`,
    )
    expect(await file.text()).toContain('9;CLI;NEANT;;Code inconnu')
    const source = { kind: 'file', fileId: report.fileId } as const
    const { added, batch } = await app.call(api.addTargets, { id: stepId, source })
    expect(added).toBe(3)
    expect(await codes(app, stepId, { batch })).toEqual(['ACME', 'BETA', 'ZOE'])
    expect(await app.refusal(api.addTargets, { id: stepId, source })).toMatchObject({ status: 404 })
    const again = await check(app, stepId, text)
    expect(again.reasons).toMatchObject({ already: 3, duplicate: 1 })
  })

  it('brings contacts, by code or by name, with their organisation (D-99); as a workbook too', async () => {
    const { app, stepId } = await shop({ audience: 'contacts' })
    const rows = [
      ['TIERS', 'CONTACT', 'FICHE'],
      ['ACME', 'Ana Lia', 'PRO'],
      ['ACME', 'Personne', 'PRO'],
      ['BETA', '', 'PRO'],
    ]
    const report = await check(app, stepId, await buffer(writeXlsx(rows, 'Liste')))
    expect(report.reasons).toEqual({ 'unknown-contact': 1 })
    await app.call(api.addTargets, { id: stepId, source: { kind: 'file', fileId: report.fileId } })
    expect(await codes(app, stepId)).toEqual(['ACME', 'A1', 'BETA'])
  })

  it('may be of contacts alone (A-S5)', async () => {
    const { app, stepId } = await shop({ audience: 'contacts' })
    const report = await check(app, stepId, 'Contact\tRemarque\nA2\tà voir\nZOE\t\nA9\t\n')
    expect([report.ignored, report.reasons]).toEqual([['Remarque'], { 'unknown-contact': 1 }])
    await app.call(api.addTargets, { id: stepId, source: { kind: 'file', fileId: report.fileId } })
    expect(await codes(app, stepId)).toEqual(['ACME', 'A2', 'ZOE'])
  })

  it('is refused by name when a mandatory column is missing, or when it is no table', async () => {
    const { app, stepId } = await shop()
    expect(await bring(app, stepId, 'TIERS;Nom\nACME;Acme\n')).toMatchObject({
      status: 400,
      body: { code: 'targets/columns-missing', details: { columns: 'FICHE' } },
    })
    expect(await bring(app, stepId, '')).toMatchObject({ body: { code: 'imports/empty' } })
    expect(await app.db.selectFrom('targetFileRows').selectAll().execute()).toEqual([])
    expect(await app.db.selectFrom('files').selectAll().execute()).toEqual([])
  })
})
