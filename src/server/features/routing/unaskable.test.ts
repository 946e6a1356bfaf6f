import { expect, it } from 'vitest'
import * as operations from '#core/operations/api.ts'
import * as routing from '#core/routing/api.ts'
import { createSegment } from '#core/segments/api.ts'
import { allOf } from '#core/segments/criteria.ts'
import { testApp } from '#tests/support/test-app.ts'
import { scheduleDistribution } from './jobs.ts'

it('a step whose conditions cannot be asked any more says so until they are mended', async () => {
  // Jobs are due by the clock of the database, which is ahead.
  const app = await testApp({ now: new Date(Date.now() - 3_600_000) })
  const { id } = await app.call(operations.createOperation, { label: 'Prospection' })
  const add = async (label: string, originId: number | null = null) => {
    const step = { id, label, typeCode: 'other', originId }
    const { steps } = await app.call(operations.createStep, step)
    return steps.find((one) => one.label === label)?.id ?? 0
  }
  const to = await add('Catalogue', await add('Appels'))
  const { id: segmentId } = await app.call(createSegment, {
    name: 'Lyonnais',
    criteria: allOf({ kind: 'text', field: 'city', test: { op: 'is', value: 'Lyon' } }),
  })
  const conditions = [{ code: 'C1', test: { kind: 'segment' as const, segmentId, is: true } }]
  const distribution = 'scheduled' as const
  await app.call(routing.saveConditions, { id: to, version: 1, conditions, distribution })
  await app.db.deleteFrom('segments').execute()

  await scheduleDistribution(app, app.now())
  await app.runJobs()
  const broken = await app.call(routing.getConditions, { id: to })
  expect(broken.distributionProblem?.code).toMatch(/^segments\//)
  const view = await app.call(operations.getOperation, { id })
  expect(view.steps.map(({ distributionProblem }) => distributionProblem?.code)).toEqual([
    undefined,
    broken.distributionProblem?.code,
  ])

  const { version } = broken
  const saved = await app.call(routing.saveConditions, { id: to, version, conditions: [] })
  expect(saved.distributionProblem).toBeNull()
})
