import { describe, expect, it } from 'vitest'
import { listActivities } from '#core/activities/api.ts'
import * as phoning from '#core/phoning/api.ts'
import { calling, key, minutes, monday } from '#tests/support/calling.ts'
import { loadMergeValues } from '../content/service.ts'

const thursday = { startsAt: '2026-12-03T13:30:00.000Z', place: 'Boutique de Lyon' }

async function onThePhone() {
  const { app, stepId, ids, questionId } = await calling()
  const on = { id: stepId, partyId: ids[0] ?? 0 }
  const answers = [{ questionId, value: true }]
  await app.call(phoning.nextPerson, { id: stepId })
  await app.call(phoning.openCall, on)
  const end = (ending: object) =>
    app.call(phoning.finishCall, {
      ...on,
      status: 'ok-continue',
      answers,
      appointment: thursday,
      key: key(),
      ...ending,
    })
  const appointments = async () =>
    (await app.call(listActivities, { filter: { kinds: ['appointment'] }, offset: 0, limit: 50 }))
      .rows
  return { app, on, ids, end, appointments, answers }
}

describe('an appointment agreed upon on the phone', () => {
  it('is an activity of the person and the operation, and a file for a calendar', async () => {
    const { app, on, end, appointments } = await onThePhone()
    expect((await app.call(phoning.getCallStep, { id: on.id })).takesAppointments).toBe(true)
    await end({})
    const [made, ...others] = await appointments()
    expect(others).toEqual([])
    expect(made).toMatchObject({
      ...thursday,
      state: 'open',
      subject: 'Rendez-vous · Portes ouvertes',
      party: { id: on.partyId },
      owner: { id: 'tester' },
      campaign: { label: 'Portes ouvertes' },
      step: { id: on.id },
    })
    const file = await app.http.request(`/api/activities/${made?.id}/calendar`)
    expect(await file.text()).toContain('DTSTART:20261203T133000Z')
  })

  it('is moved when another is agreed upon, and taken back with the result', async () => {
    const { app, on, end, appointments } = await onThePhone()
    await end({})
    const again = await app.call(phoning.takePerson, on)
    expect(again.appointment).toEqual({ ...thursday, startsAt: '2026-12-03T13:30:00Z' })
    app.setNow(minutes(5))
    const friday = { startsAt: '2026-12-04T09:00:00.000Z', place: '' }
    await app.call(phoning.openCall, on)
    await end({ appointment: friday })
    expect(await appointments()).toMatchObject([friday])
    await app.call(phoning.undoCall, on)
    expect(await appointments()).toMatchObject([thursday])
  })

  it('goes with the result that made it', async () => {
    const { app, on, end, appointments } = await onThePhone()
    await end({})
    await app.call(phoning.undoCall, on)
    expect(await appointments()).toEqual([])
  })

  it('lies ahead, and is with somebody who was reached', async () => {
    const { app, on, answers } = await onThePhone()
    const wrong = async (ending: object) =>
      (
        await app.refusal(phoning.finishCall, {
          ...on,
          status: 'ok-continue',
          answers,
          appointment: thursday,
          key: key(),
          ...ending,
        })
      ).code
    const past = { startsAt: new Date(monday.getTime() - 90_000_000).toISOString(), place: '' }
    expect(await wrong({ appointment: past })).toBe('phoning/appointment-past')
    expect(await wrong({ status: 'to-do' })).toBe('phoning/appointment-of-unreached')
    await app.db.updateTable('activityTypes').set({ isActive: false }).execute()
    expect(await wrong({})).toBe('phoning/no-appointments')
  })

  it('is named by messages of its operation, in the language of the person', async () => {
    const { app, on, ids, end } = await onThePhone()
    await end({})
    const fields = ['appointment.when', 'appointment.place']
    const ask = async (stepId: number | null) => [
      ...(await loadMergeValues(app.db, ids.slice(0, 2), fields, { now: monday, stepId })).values(),
    ]
    const none = { 'appointment.when': null, 'appointment.place': null }
    expect(await ask(on.id)).toEqual([
      {
        'appointment.when': 'jeudi 3 décembre 2026 à 14:30',
        'appointment.place': 'Boutique de Lyon',
      },
      none,
    ])
    expect(await ask(null)).toEqual([none, none])
    await app.db.updateTable('parties').set({ language: 'en' }).execute()
    expect((await ask(on.id))[0]).toMatchObject({
      'appointment.when': 'Thursday, 3 December 2026 at 14:30',
    })
    await app.db.updateTable('activities').set({ state: 'cancelled' }).execute()
    expect(await ask(on.id)).toEqual([none, none])
  })
})
