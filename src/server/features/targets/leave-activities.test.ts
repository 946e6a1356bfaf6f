import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { listActivities } from '#core/activities/api.ts'
import * as operations from '#core/operations/api.ts'
import { getOperationTables } from '#core/operations/tables-api.ts'
import * as api from '#core/targets/api.ts'
import { undoSeconds } from '#core/targets/target.ts'
import { testApp } from '#tests/support/test-app.ts'
import { generateActivities } from '../activities/service.ts'

/** In the past, so that what waits for its time is due; two seconds into a span of five. */
const start = new Date('2026-11-23T10:00:02Z')

/** People of a step that makes an activity of everybody who goes on. */
async function aStep({ people = 3, typeCode = 'other' } = {}) {
  const app = await testApp({ now: start })
  const { rows } = await sql<{ id: number }>`insert into parties (code, last_name)
    select 'P' || n, 'Nom' from generate_series(1, ${people}) n returning id`.execute(app.db)
  const ids = rows.map(({ id }) => id)
  const [type] = (await app.call(getOperationTables, {})).activityTypes
  const { id } = await app.call(operations.createOperation, { label: 'Salon' })
  const { steps } = await app.call(operations.createStep, {
    id,
    label: 'Relance',
    typeCode,
    activityTypeId: type?.id ?? 0,
    activitySubject: 'Rappeler',
  })
  const stepId = steps[0]?.id ?? 0
  await sql`insert into targets (step_id, party_id) select ${stepId}, unnest(${ids}::bigint[])`.execute(
    app.db,
  )
  const give = (status: string, ...partyIds: number[]) =>
    app.call(api.setTargetStatus, { id: stepId, people: { partyIds }, status })
  /** Whom the activities there are about. */
  const about = async () => {
    const { rows: found } = await app.call(listActivities, { filter: { stepId } })
    return found.map(({ party }) => party?.id).sort()
  }
  return { app, stepId, ids: ids as [number, number, number], give, about }
}

describe('who is put at “OK, go on” by hand', () => {
  it('leaves the step’s activity once the status can no longer be taken back, and once only (D-79)', async () => {
    const { app, stepId, ids, give, about } = await aStep()
    const [a, b, c] = ids
    await give('ok-continue', a)
    await give('ok-stop', b)
    const due = await app.db
      .selectFrom('jobs')
      .select('runAt')
      .where('kind', '=', 'targets/activities')
      .executeTakeFirstOrThrow()
    expect(new Date(due.runAt).getTime() - start.getTime()).toBeGreaterThan(undoSeconds * 1_000)
    expect(await about()).toEqual([])
    await app.runJobs()
    expect(await about()).toEqual([a])
    const { rows } = await app.call(listActivities, { filter: { stepId } })
    expect(rows).toMatchObject([{ subject: 'Rappeler', owner: { label: 'Testeuse' } }])
    // The call desk, a launch or somebody else comes to the same person and to another one.
    const people = [a, c]
    await generateActivities(app.db, { stepId, people, now: app.now(), actor: { id: null } })
    expect(await about()).toEqual([a, c])
    app.setNow(new Date('2026-11-23T10:05:00Z'))
    await give('to-do', a, c)
    await give('ok-continue', a, c)
    await app.runJobs()
    expect(await about()).toEqual([a, c])
  })

  it('leaves nothing when the status is taken back or changed in time', async () => {
    const { app, stepId, ids, give, about } = await aStep()
    const [a, b, c] = ids
    const { before } = await give('ok-continue', a, b, c)
    const one = before.filter(({ partyId }) => partyId === a)
    app.setNow(new Date('2026-11-23T10:00:20Z'))
    await app.call(api.restoreTargetStatus, { id: stepId, status: 'ok-continue', before: one })
    await give('ok-stop', b)
    await app.runJobs()
    expect(await about()).toEqual([c])
  })

  it('and only him: others who stand there for other reasons get nothing', async () => {
    const { app, stepId, ids, give, about } = await aStep()
    const [a, b] = ids
    await sql`update targets set status = 'ok-continue', status_at = '2026-11-01' where step_id = ${stepId}
      and party_id = ${a}`.execute(app.db)
    await give('ok-continue', a, b)
    await app.runJobs()
    expect(await about()).toEqual([b])
  })

  it('leaves no activity in a step that sends messages: it comes with the sending', async () => {
    const { app, ids, give, about } = await aStep({ typeCode: 'email' })
    await give('ok-continue', ...ids)
    await app.runJobs()
    expect(await about()).toEqual([])
  })

  it('is followed for very many people, too', async () => {
    const { app, stepId } = await aStep({ people: 6_000 })
    const people = { filter: {}, except: [] }
    const set = { id: stepId, people, status: 'ok-continue' }
    expect((await app.call(api.setTargetStatus, set)).jobId).not.toBeNull()
    await app.runJobs()
    const { total } = await app.call(listActivities, { filter: { stepId } })
    expect(total).toBe(6_000)
  })
})
