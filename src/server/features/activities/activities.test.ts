import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import * as api from '#core/activities/api.ts'
import { getTimeline } from '#core/history/api.ts'
import { addDays } from '#core/kernel/days.ts'
import { dayOf } from '#core/kernel/zone.ts'
import { createParty, deleteParty, restoreParty } from '#core/parties/api.ts'
import { downloadExport } from '#core/parties/list-api.ts'
import { requestFor, type TestApp, testApp } from '#tests/support/test-app.ts'
import { calendarOf } from './calendar.ts'

const day = 86_400_000

async function aType(app: TestApp, more: object = {}): Promise<number> {
  const draft = {
    code: 'visite',
    labelFr: 'Visite',
    labelEn: 'Visit',
    kind: 'task' as const,
    ...more,
  }
  const { types } = await app.call(api.createActivityType, draft)
  return types.find(({ code }) => code === draft.code)?.id ?? 0
}

const anActivity = (app: TestApp, typeId: number, more: object = {}) =>
  app.call(api.createActivity, {
    typeId,
    subject: 'Passer voir',
    startsAt: app.now().toISOString(),
    ...more,
  })

const list = async (app: TestApp, filter: object = {}) =>
  (await app.call(api.listActivities, { filter })).rows

describe('types of activity', () => {
  it('decide which fields are mandatory, and who owns (A-S16, D-S10)', async () => {
    const app = await testApp()
    const size = { key: 'taille', labelFr: 'Taille', labelEn: 'Size', type: 'choice' as const }
    const options = [{ value: 'xl', labelFr: 'XL', labelEn: 'XL' }]
    const typeId = await aType(app, {
      fields: { place: 'mandatory', result: 'mandatory' },
      customFields: [{ ...size, options }],
      defaultOwnerId: 'tester',
    })
    const draft = { typeId, subject: 'Voir', startsAt: app.now().toISOString() }
    expect((await app.refusal(api.createActivity, draft)).details).toEqual({ field: 'place' })
    const unfit = { ...draft, place: 'Lyon', custom: { taille: 'xs' } }
    expect((await app.refusal(api.createActivity, unfit)).code).toBe('activities/field-unfit')
    const made = await anActivity(app, typeId, { place: 'Lyon', custom: { taille: 'xl' } })
    expect(made).toMatchObject({ owner: { id: 'tester' }, custom: { taille: 'xl' }, party: null })
    const done = { id: made.id, version: 1, state: 'done' as const }
    expect((await app.refusal(api.setActivityState, done)).details).toEqual({ field: 'result' })
    expect(await app.call(api.setActivityState, { ...done, result: 'Vendu' })).toMatchObject({
      state: 'done',
      result: 'Vendu',
      doneAt: app.now().toISOString(),
    })
  })

  it('are retired and not deleted once they are used; a name is taken once', async () => {
    const app = await testApp()
    const typeId = await aType(app)
    await anActivity(app, typeId)
    expect((await app.refusal(api.deleteActivityType, { id: typeId })).code).toBe(
      'activities/still-used',
    )
    const draft = { code: 'visite', labelFr: 'Visite', labelEn: 'Visit', kind: 'task' }
    expect((await app.refusal(api.createActivityType, draft)).code).toBe('activities/name-taken')
    await app.call(api.updateActivityType, { id: typeId, ...draft, kind: 'task', isActive: false })
    const another = { typeId, subject: 'x', startsAt: app.now().toISOString() }
    expect((await app.refusal(api.createActivity, another)).code).toBe('activities/type-retired')
    const kind = { id: typeId, ...draft, kind: 'note' }
    expect((await app.refusal(api.updateActivityType, kind)).code).toBe('activities/still-used')
  })
})

describe('an activity', () => {
  it('is changed by one at a time, cancelled and reopened (D-S4)', async () => {
    const app = await testApp()
    const made = await anActivity(app, await aType(app))
    const { id, typeId, startsAt } = made
    const change = { id, version: 1, typeId, subject: 'Autre', startsAt }
    expect(await app.call(api.updateActivity, change)).toMatchObject({
      subject: 'Autre',
      version: 2,
    })
    expect((await app.refusal(api.updateActivity, change)).code).toBe(
      'activities/changed-meanwhile',
    )
    await app.call(api.setActivityState, { id, version: 2, state: 'cancelled' })
    expect(await app.call(api.setActivityState, { id, version: 3, state: 'open' })).toMatchObject({
      state: 'open',
      doneAt: null,
    })
  })

  it('answers an earlier one, never itself in a circle (A-S18)', async () => {
    const app = await testApp()
    const typeId = await aType(app)
    const first = await anActivity(app, typeId)
    const second = await anActivity(app, typeId, { causeId: first.id, subject: 'Réponse' })
    const { responses } = await app.call(api.getActivity, { id: first.id })
    expect(responses).toMatchObject([{ id: second.id, label: 'Réponse', state: 'open' }])
    const circle = { id: first.id, version: 1, typeId, subject: 'x', startsAt: first.startsAt }
    const refused = await app.refusal(api.updateActivity, { ...circle, causeId: second.id })
    expect(refused.code).toBe('activities/no-such-cause')
  })

  it('has files, as large as they may be (D-S7)', async () => {
    const app = await testApp()
    const { id } = await anActivity(app, await aType(app))
    const upload = (bytes: string | Uint8Array<ArrayBuffer>) =>
      app.http.request(`/api/activities/${id}/files?name=plan.pdf`, { method: 'POST', body: bytes })
    const kept = api.attachFile.output.parse(await (await upload('Plan')).json())
    const fileId = kept.attachments[0]?.id ?? ''
    const fetched = await app.http.request(`/api/activities/${id}/files/${fileId}`)
    expect(await fetched.text()).toBe('Plan')
    expect(fetched.headers.get('content-disposition')).toContain('plan.pdf')
    expect((await upload(new Uint8Array(api.largestAttachment + 1))).status).toBe(413)
    const other = await anActivity(app, kept.typeId)
    expect((await app.http.request(`/api/activities/${other.id}/files/${fileId}`)).status).toBe(404)
    expect((await app.call(api.detachFile, { id, fileId })).attachments).toEqual([])
  })

  it('goes into other calendars, whatever is written in it', async () => {
    const app = await testApp()
    const made = await anActivity(app, await aType(app), { startsAt: '2026-11-22T09:30:00.000Z' })
    const answer = await app.http.request(`/api/activities/${made.id}/calendar`)
    const text = await answer.text()
    expect(answer.headers.get('content-type')).toContain('text/calendar')
    expect(text).toContain('DTSTART:20261122T093000Z')
    expect(text).toContain('DTEND:20261122T103000Z')
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (subject) => {
        const lines = calendarOf({ ...made, subject, place: subject }, 'x', new Date(0)).split(
          '\r\n',
        )
        const names = lines
          .filter((line) => !line.startsWith(' '))
          .map((line) => line.split(/[:;]/)[0])
        // Nothing that is written can become a line of its own.
        expect(names.filter((name) => name === 'SUMMARY' || name === 'BEGIN')).toHaveLength(3)
        expect(lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true)
      }),
      { numRuns: 100 },
    )
  })

  it('is on the card of its customer and of the contact, for those who may see activities', async () => {
    const app = await testApp()
    const party = await app.call(createParty, { company: 'Acme', nature: 'company' })
    const contact = await app.call(createParty, { lastName: 'Blanc' })
    const typeId = await aType(app)
    await anActivity(app, typeId, { partyId: party.id, contactId: contact.id })
    for (const { id } of [party, contact]) {
      const { entries } = await app.call(getTimeline, { id })
      expect(entries.map(({ kind }) => kind)).toContain('activity')
      expect(await list(app, { partyId: id })).toHaveLength(1)
    }
    app.grant('customers.view')
    const { entries } = await app.call(getTimeline, { id: party.id })
    expect(entries.map(({ kind }) => kind)).not.toContain('activity')
    expect((await app.refusal(api.listActivities, { filter: {} })).status).toBe(403)
  })
})

describe('the words of a search', () => {
  it('mean what an activity says and the people it is about, all of them together or each', async () => {
    const app = await testApp()
    const typeId = await aType(app)
    const party = await app.call(createParty, { company: 'Atelier du Pont', nature: 'company' })
    const contact = await app.call(createParty, { lastName: 'Blanc', firstName: 'Zoé' })
    const about = { partyId: party.id, contactId: contact.id }
    await anActivity(app, typeId, { ...about, subject: 'Étudier le devis', text: '50 % d’avance' })
    await anActivity(app, typeId, { subject: 'Ranger' })
    const found = async (search: string) => (await list(app, { search })).length
    const words = ['etudi', 'DEVIS zoe', '50 %', 'atelier du pont', 'blanc zoé', 'tudier']
    expect(await Promise.all(words.map(found))).toEqual(words.map(() => 1))
    expect([await found('devis dupont'), await found('ranger zoé'), await found('')]).toEqual([
      0, 0, 2,
    ])
  })

  it('do not find a contact whose card is in the bin, whom nothing names until it is back', async () => {
    const app = await testApp()
    const typeId = await aType(app)
    const party = await app.call(createParty, { company: 'Acme', nature: 'company' })
    const contact = await app.call(createParty, { lastName: 'Blanc' })
    const about = { partyId: party.id, contactId: contact.id }
    const { id, startsAt } = await anActivity(app, typeId, about)
    await app.call(deleteParty, { id: contact.id })
    expect(await list(app, {})).toMatchObject([{ party: { label: 'Acme' }, contact: null }])
    expect(await list(app, { search: 'blanc' })).toEqual([])
    const shown = await app.call(api.getActivity, { id })
    expect(shown.contact).toBeNull()
    const change = { id, version: 1, typeId, subject: 'Autre', startsAt, partyId: party.id }
    await app.call(api.updateActivity, change)
    await app.call(restoreParty, { id: contact.id })
    expect((await app.call(api.getActivity, { id })).contact?.label).toBe('Blanc')
  })
})

describe('many activities', () => {
  /** Six to do and two done, as the totals of a follow-up show them (A-S21). */
  async function eight(app: TestApp) {
    const typeId = await aType(app)
    for (let at = 0; at < 8; at += 1) {
      await anActivity(app, typeId, {
        subject: `Suivi ${at}`,
        state: at < 2 ? 'done' : 'open',
        result: at % 2 === 0 ? 'Intéressé' : '',
        startsAt: new Date(app.now().getTime() + (at - 4) * day).toISOString(),
        ownerId: at < 5 ? 'tester' : null,
      })
    }
    return typeId
  }

  it('are found by owner, day, delay and words, and counted by any field (A-S15, A-S18)', async () => {
    const app = await testApp()
    const typeId = await eight(app)
    expect(await list(app, { ownerId: 'me', states: ['open'] })).toHaveLength(3)
    expect(await list(app, { ownerId: 'nobody' })).toHaveLength(3)
    expect(await list(app, { overdue: true })).toHaveLength(2)
    expect(await list(app, { search: 'suivi 3' })).toHaveLength(1)
    const today = dayOf(app.now(), 'Europe/Paris')
    const [from, to] = [addDays(today, 1), addDays(today, 2)]
    expect(await list(app, { from, to })).toHaveLength(2)
    const totals = (by: string) => app.call(api.totalActivities, { filter: { typeId }, by })
    expect(await totals('type')).toEqual([
      { key: String(typeId), label: null, open: 6, done: 2, cancelled: 0, overdue: 2 },
    ])
    expect(await totals('owner')).toMatchObject([
      { key: 'tester', label: 'Testeuse', open: 3, done: 2 },
      { key: null, open: 3, done: 0 },
    ])
    expect((await totals('result')).map(({ key }) => key)).toEqual(['Intéressé', null])
    for (const by of [
      'family',
      'kind',
      'state',
      'step',
      'campaign',
      'source',
      'priority',
      'month',
      'custom.x',
    ])
      expect((await totals(by)).reduce((sum, { open, done }) => sum + open + done, 0)).toBe(8)
  })

  it('are reassigned, completed and moved at once, and that is taken back', async () => {
    const app = await testApp()
    await eight(app)
    const bulk = async (action: object, filter: object = {}) => {
      const selection = { filter, except: [] }
      const { jobId } = await app.call(api.bulkActivities, { selection, action } as never)
      await app.runJobs()
      return jobId
    }
    const before = await list(app)
    const completed = await bulk({ kind: 'state', state: 'done' }, { ownerId: 'me' })
    expect(await list(app, { states: ['done'] })).toHaveLength(5)
    await bulk({ kind: 'reassign', ownerId: 'tester' })
    expect(await list(app, { ownerId: 'nobody' })).toHaveLength(0)
    const moved = await bulk({ kind: 'move', days: 2 }, { search: 'suivi 7' })
    const [seventh] = await list(app, { search: 'suivi 7' })
    expect(Date.parse(seventh?.startsAt ?? '')).toBe(app.now().getTime() + 5 * day)
    // Changed again since: left as it is.
    const [fourth] = await list(app, { search: 'suivi 4' })
    const reopened = {
      id: fourth?.id ?? 0,
      version: fourth?.version ?? 0,
      state: 'cancelled' as const,
    }
    await app.call(api.setActivityState, reopened)
    for (const jobId of [moved, completed]) {
      await app.call(api.undoActivityBulk, { jobId })
      await app.runJobs()
    }
    expect((await list(app)).map(({ startsAt }) => startsAt)).toEqual(
      before.map(({ startsAt }) => startsAt),
    )
    // Completing also touched the two that were reassigned: only those untouched since come back.
    expect(await list(app, { states: ['cancelled'] })).toHaveLength(1)
    const again = await app.refusal(api.undoActivityBulk, { jobId: moved })
    expect(again.code).toBe('activities/already-undone')
  })

  it('are written to a file with what their types add', async () => {
    const app = await testApp()
    const flag = { key: 'urgent', labelFr: 'Urgent', labelEn: 'Urgent', type: 'boolean' as const }
    const typeId = await aType(app, { customFields: [flag], numberPrefix: 'V' })
    await anActivity(app, typeId, { custom: { urgent: true } })
    const columns = ['number', 'type', 'subject', 'state', 'custom.urgent'].map((field) => ({
      field,
      heading: field,
    }))
    const order = { selection: { filter: {} }, columns, locale: 'fr' as const }
    await app.call(api.exportActivities, { ...order, format: 'xlsx' })
    const { jobId } = await app.call(api.exportActivities, { ...order, format: 'csv' })
    await app.runJobs()
    const job = await app.db
      .selectFrom('jobs')
      .select('result')
      .where('id', '=', jobId)
      .executeTakeFirst()
    const { fileId = '' } = (job?.result ?? {}) as { fileId?: string }
    const { path } = requestFor(downloadExport, { fileId })
    const text = await (await app.http.request(path)).text()
    expect(text.split('\r\n')[1]).toBe('V1;Visite;Passer voir;à faire;oui')
    const unknown = { ...order, columns: [{ field: 'constructor', heading: 'x' }], format: 'csv' }
    expect((await app.refusal(api.exportActivities, unknown)).status).toBe(400)
    app.grant('exports.run')
    expect((await app.refusal(api.exportActivities, { ...order, format: 'csv' })).status).toBe(403)
  })
})

describe('what a key hides', () => {
  it('is in no list, count, total, export, card or calendar, by type and by family', async () => {
    const app = await testApp()
    const { rows } = await sql<{
      id: number
    }>`insert into confidentiality_keys (label) values ('Direction'), ('RH')
      returning id`.execute(app.db)
    const [one = 0, two = 0] = rows.map(({ id }) => id)
    app.giveKeys(one, two)
    const { families } = await app.call(api.createActivityFamily, { label: 'Secret', keyId: two })
    const byType = await aType(app, { keyId: one })
    const byFamily = await aType(app, { code: 'rh', activityFamilyId: families[0]?.id })
    const party = await app.call(createParty, { lastName: 'Roux' })
    const hidden = [
      await anActivity(app, byType, { partyId: party.id }),
      await anActivity(app, byFamily, { partyId: party.id }),
    ]
    expect(await list(app)).toHaveLength(2)
    app.giveKeys()
    expect(await app.call(api.listActivities, { filter: {} })).toEqual({ rows: [], total: 0 })
    expect(await app.call(api.totalActivities, { filter: {}, by: 'type' })).toEqual([])
    const { entries } = await app.call(getTimeline, { id: party.id })
    expect(entries.map(({ kind }) => kind)).not.toContain('activity')
    expect((await app.call(api.getActivityTables, {})).families).toEqual([])
    for (const { id, version } of hidden) {
      expect((await app.refusal(api.getActivity, { id })).status).toBe(404)
      expect((await app.refusal(api.setActivityState, { id, version, state: 'done' })).status).toBe(
        404,
      )
      expect((await app.http.request(`/api/activities/${id}/calendar`)).status).toBe(404)
      await app.call(api.bulkActivities, {
        selection: { activityIds: [id] },
        action: { kind: 'state', state: 'done' },
      })
    }
    await app.runJobs()
    const taken = { typeId: byType, subject: 'x', startsAt: app.now().toISOString() }
    expect((await app.refusal(api.createActivity, taken)).status).toBe(404)
    app.giveKeys(one, two)
    expect(await list(app, { states: ['open'] })).toHaveLength(2)
  })
})
