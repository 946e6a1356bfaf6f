import { describe, expect, it } from 'vitest'
import { addContent } from '#core/campaigns/api.ts'
import { largestStepFile } from '#core/campaigns/attachment.ts'
import * as api from '#core/operations/api.ts'
import { OperationDraft, type OperationView } from '#core/operations/operation.ts'
import { StepParameters } from '#core/operations/step.ts'
import * as templates from '#core/operations/template-api.ts'
import { type TestApp, testApp } from '#tests/support/test-app.ts'

const stepNamed = ({ steps }: OperationView, label: string) => {
  const step = steps.find((each) => each.label === label)
  if (!step) throw new Error(`no step ${label}`)
  return step
}

async function aTemplate(app: TestApp) {
  const { id } = await app.call(api.createOperation, {
    label: 'Salon modèle',
    objective: 'Trente rendez-vous',
    place: 'Lyon',
    isTemplate: true,
    startsAt: '2026-01-10T08:00:00.000Z',
    endsAt: '2026-01-20T18:00:00.000Z',
  })
  const mails = stepNamed(
    await app.call(api.createStep, { id, label: 'E-mails', isTemplate: true, delayMinutes: 60 }),
    'E-mails',
  )
  await app.call(addContent, { id: mails.id, channel: 'email' })
  const made = await app.call(api.createStep, {
    id,
    label: 'Appels',
    typeCode: 'phoning',
    originId: mails.id,
    startsAt: '2026-01-12T08:00:00.000Z',
    script: 'Bonjour',
  })
  return made
}

describe('steps', () => {
  it('are added after another, between two, and duplicated with their messages', async () => {
    const app = await testApp()
    const template = await aTemplate(app)
    const [mails, calls] = [stepNamed(template, 'E-mails'), stepNamed(template, 'Appels')]
    const between = await app.call(api.createStep, {
      id: template.id,
      label: 'SMS',
      typeCode: 'sms',
      originId: mails.id,
      beforeId: calls.id,
      feedsId: calls.id,
    })
    expect(between.steps.map(({ label }) => label)).toEqual(['E-mails', 'SMS', 'Appels'])
    expect(stepNamed(between, 'Appels').originId).toBe(stepNamed(between, 'SMS').id)
    expect(stepNamed(between, 'SMS').originId).toBe(mails.id)
    const label = 'E-mails (copie)'
    const copied = await app.call(api.duplicateStep, { id: mails.id, label })
    expect(copied.steps.map((step) => step.label)).toEqual(['E-mails', label, 'SMS', 'Appels'])
    expect(stepNamed(copied, label)).toMatchObject({ contents: 1, state: 'preparing' })
    const title = await app.call(api.createStep, { id: template.id, label: 'T', isFinal: false })
    const wrong = { id: template.id, label: 'x', feedsId: stepNamed(title, 'T').id }
    expect(await app.refusal(api.createStep, wrong)).toMatchObject({
      code: 'operations/step-circle',
    })
  })

  it('say what they lack before they can be launched, and are saved all the same', async () => {
    const app = await testApp()
    const template = await aTemplate(app)
    expect(stepNamed(template, 'E-mails').problems).toEqual([])
    expect(stepNamed(template, 'Appels').problems).toEqual([
      { reason: 'mandatory', field: 'questionnaire' },
    ])
    const { id } = template
    const bare = await app.call(api.createStep, { id, label: 'SMS', typeCode: 'sms' })
    expect(stepNamed(bare, 'SMS').problems).toEqual([{ reason: 'no-message', field: null }])
  })

  it('keep a document, of a bearable size, for who may see mailings', async () => {
    const app = await testApp()
    const template = await aTemplate(app)
    const [step, calls] = [stepNamed(template, 'E-mails'), stepNamed(template, 'Appels')]
    const send = (id: number, body: string | Uint8Array<ArrayBuffer>, name = 'lettre.pdf') =>
      app.http.request(`/api/steps/${id}/document?name=${name}`, { method: 'POST', body })
    await send(step.id, 'letter')
    await send(step.id, 'a better letter', 'lettre2.pdf')
    const operation = await app.call(api.getOperation, { id: 1 })
    expect(stepNamed(operation, 'E-mails').document).toMatchObject({
      name: 'lettre2.pdf',
      size: 15,
    })
    const answer = await app.http.request(`/api/steps/${step.id}/document`)
    expect(await answer.text()).toBe('a better letter')
    expect(answer.headers.get('content-disposition')).toContain('attachment')
    const large = await send(step.id, new Uint8Array(largestStepFile + 1))
    expect([large.status, await large.json()]).toMatchObject([413, { code: 'files/too-large' }])
    const unused = await send(calls.id, 'x')
    expect(await unused.json()).toMatchObject({ code: 'operations/field-unused' })
    expect((await app.http.request(`/api/steps/${calls.id}/document`)).status).toBe(404)
    const left = await app.call(templates.removeDocument, { id: step.id })
    expect(stepNamed(left, 'E-mails').document).toBeNull()
    expect(await app.db.selectFrom('files').select('name').execute()).toEqual([])
    const foreign = '0198c0de-0000-7000-8000-000000000000'
    await app.db
      .insertInto('files')
      .values({ id: foreign, name: 'x', mediaType: 'x', size: 1, needs: 'imports.run' })
      .execute()
    const now = stepNamed(left, 'E-mails')
    const stolen = {
      ...StepParameters.parse(now),
      id: now.id,
      version: now.version,
      documentId: foreign,
    }
    expect(await app.refusal(api.updateStep, stolen)).toMatchObject({ status: 404 })
  })
})

describe('templates (D-123 to D-128, L-14)', () => {
  it('are listed by operation and by step', async () => {
    const app = await testApp()
    const { id } = await aTemplate(app)
    await app.call(api.createOperation, { label: 'Ordinaire' })
    expect(await app.call(templates.listTemplates, {})).toMatchObject({
      operations: [{ id, label: 'Salon modèle', objective: 'Trente rendez-vous', steps: 2 }],
      steps: [{ label: 'E-mails', operationId: id, operationLabel: 'Salon modèle' }],
    })
  })

  it('start a new operation, with dates moved to where it begins', async () => {
    const app = await testApp()
    const template = await aTemplate(app)
    const { startsAt: _s, endsAt: _e, ...header } = OperationDraft.parse(template)
    const made = await app.call(api.createOperation, {
      ...header,
      label: 'Salon de mars',
      isTemplate: false,
      copyOf: template.id,
      shiftDays: 60,
    })
    expect(stepNamed(made, 'Appels').startsAt).toBe('2026-03-13T08:00:00.000Z')
    expect(stepNamed(made, 'Appels').originId).toBe(stepNamed(made, 'E-mails').id)
  })

  it('change the chosen fields of an operation and add the chosen steps, unless somebody was there first', async () => {
    const app = await testApp()
    const template = await aTemplate(app)
    const own = await app.call(api.createOperation, { label: 'Salon', place: 'Paris' })
    const { id } = await app.call(api.createStep, { id: own.id, label: 'Accueil' })
    const load = {
      id,
      version: own.version,
      campaignId: template.id,
      fields: ['objective' as const],
      stepIds: template.steps.map((step) => step.id),
    }
    const loaded = await app.call(templates.loadIntoOperation, load)
    expect(loaded).toMatchObject({
      objective: 'Trente rendez-vous',
      place: 'Paris',
      label: 'Salon',
    })
    expect(loaded.steps.map(({ label }) => label)).toEqual(['Accueil', 'E-mails', 'Appels'])
    expect(stepNamed(loaded, 'Appels').originId).toBe(stepNamed(loaded, 'E-mails').id)
    expect(await app.refusal(templates.loadIntoOperation, load)).toMatchObject({
      code: 'operations/changed-meanwhile',
    })
    expect((await app.call(api.getOperation, { id })).steps).toHaveLength(3)
    const stranger = { ...load, version: loaded.version, stepIds: [loaded.steps[0]?.id ?? 0] }
    expect(await app.refusal(templates.loadIntoOperation, stranger)).toMatchObject({ status: 404 })
    const entry = await app.db
      .selectFrom('auditEvents')
      .select(['action', 'subject'])
      .where('action', '=', 'operations/load-template')
      .execute()
    expect(entry).toEqual([{ action: 'operations/load-template', subject: 'Salon' }])
  })

  it('change the chosen fields of a step, dropping what its new type does not use', async () => {
    const app = await testApp()
    const template = await aTemplate(app)
    const own = await app.call(api.createOperation, { label: 'Salon' })
    const made = await app.call(api.createStep, { id: own.id, label: 'Relance', typeCode: 'other' })
    const step = stepNamed(made, 'Relance')
    const templateStepId = stepNamed(template, 'E-mails').id
    const load = { id: step.id, version: step.version, templateStepId }
    const loaded = await app.call(templates.loadIntoStep, {
      ...load,
      fields: ['typeCode', 'delayMinutes'],
      contents: true,
    })
    expect(stepNamed(loaded, 'Relance')).toMatchObject({
      typeCode: 'email',
      delayMinutes: 60,
      contents: 1,
      isTemplate: false,
    })
    const late = { ...load, fields: ['label' as const] }
    expect(await app.refusal(templates.loadIntoStep, late)).toMatchObject({ status: 409 })
  })
})
