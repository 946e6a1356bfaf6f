import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { getJob, listJobs } from '#core/jobs/api.ts'
import * as api from '#core/targets/api.ts'
import { everybody, shop } from '#tests/support/step-shop.ts'

const many = 20_001

/** A step for everybody, and more people than a request takes. */
async function largeShop() {
  const made = await shop({}, {})
  const { app } = made
  const people = async () => {
    await sql`insert into parties (code, last_name)
      select 'N' || n, 'Nom' from generate_series(1, ${many}) n`.execute(app.db)
    await sql`analyze parties`.execute(app.db)
  }
  /** As after a process that died when its work was done, and before it could say so. */
  const again = async () => {
    const [{ id: jobId = 0 } = {}] = await app.call(listJobs, {})
    await app.db
      .updateTable('jobs')
      .set({ state: 'queued', finishedAt: null, result: null })
      .where('id', '=', jobId)
      .execute()
    await app.runJobs()
    return (await app.call(getJob, { id: jobId })).result
  }
  return { ...made, people, again }
}

describe('many people at once', () => {
  it('come in once by a job that runs twice, which says the same both times', async () => {
    const { app, stepId, people, again } = await largeShop()
    await people()
    await app.call(api.addTargets, { id: stepId, source: everybody })
    await app.runJobs()
    expect(await again()).toMatchObject({ added: many + 6 })
  })

  it('of a file are in after the second run, although the file is forgotten', async () => {
    const { app, stepId, people, again } = await largeShop()
    await people()
    const lines = Array.from({ length: many }, (_, at) => `CLI;N${at + 1}`)
    const response = await app.http.request(`/api/steps/${stepId}/target-files?name=salon.csv`, {
      method: 'POST',
      body: ['FICHE;TIERS', ...lines].join('\n'),
    })
    const { fileId } = api.checkTargetFile.output.parse(await response.json())
    await app.call(api.addTargets, { id: stepId, source: { kind: 'file', fileId } })
    await app.runJobs()
    expect(await again()).toMatchObject({ added: many })
  })

  it('are refreshed by a job, which counts who came and went', async () => {
    const { app, stepId, people, again } = await largeShop()
    await app.call(api.addTargets, { id: stepId, source: everybody })
    await people()
    const made = await app.call(api.refreshTargets, { id: stepId, enter: true, leave: true })
    expect([made.entered, made.left]).toEqual([null, null])
    await app.runJobs()
    const { result } = await app.call(getJob, { id: made.jobId ?? 0 })
    expect(result).toMatchObject({ added: many, removed: 0 })
    expect(await again()).toEqual(result)
    expect((await app.call(api.countTargets, { id: stepId, batch: made.batch })).rows).toBe(many)
  })
})
