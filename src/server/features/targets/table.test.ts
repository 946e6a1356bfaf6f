import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import * as operations from '#core/operations/api.ts'
import { createSegment } from '#core/segments/api.ts'
import { allOf } from '#core/segments/criteria.ts'
import * as api from '#core/targets/api.ts'
import { codes, contactsWith, everybody, picked, shop } from '#tests/support/step-shop.ts'

describe('adding', () => {
  it('proposes first, then adds who is absent and of the right kind; the newest are found by their batch', async () => {
    const { app, id, stepId } = await shop()
    const proposal = await app.call(api.proposeTargets, { id: stepId, source: everybody })
    expect(proposal).toEqual({
      proposed: 6,
      added: 3,
      already: 0,
      contacted: 0,
      wrongKinds: [
        { kind: 'other', people: 2 },
        { kind: 'supplier', people: 1 },
      ],
    })
    const first = await app.call(api.addTargets, { id: stepId, source: picked(id('ZOE')) })
    const second = await app.call(api.addTargets, { id: stepId, source: everybody })
    expect([first.added, second.added]).toEqual([1, 2])
    expect(await codes(app, stepId)).toEqual(['ACME', 'BETA', 'ZOE'])
    expect(await codes(app, stepId, { batch: second.batch })).toEqual(['ACME', 'BETA'])
  })

  it('refuses the same selection a second time, and takes another one (A-S6)', async () => {
    const { app, id, stepId } = await shop()
    await app.call(api.addTargets, { id: stepId, source: picked(id('ZOE')) })
    const again = await app.refusal(api.addTargets, { id: stepId, source: picked(id('ZOE')) })
    expect(again).toMatchObject({ status: 409, code: 'targets/selection-added' })
    await app.call(api.addTargets, { id: stepId, source: picked(id('ACME')) })
    const kept = await app.call(api.listStepSelections, { id: stepId })
    expect(kept.map(({ sentence }) => sentence)).toHaveLength(2)
  })

  it('brings contacts with their organisation, by function (D-91, D-92)', async () => {
    const { app, stepId } = await shop({ audience: 'contacts' })
    await app.call(api.addTargets, { id: stepId, source: contactsWith('Achats') })
    const { rows } = await app.call(api.listTargets, { id: stepId })
    expect(rows.map((row) => [row.code, row.organisation?.code, row.function])).toEqual([
      ['ACME', undefined, ''],
      ['A2', 'ACME', 'Achats'],
    ])
    expect(await app.call(api.listContactFunctions, {})).toEqual([
      { label: 'Achats', people: 1 },
      { label: 'Qualité', people: 1 },
    ])
  })

  it('copies another step literally, only the processed when asked (D-93), never a hidden one', async () => {
    const { app, id, stepId, addStep } = await shop()
    await app.call(api.addTargets, { id: stepId, source: everybody })
    await app.call(api.setTargetStatus, {
      id: stepId,
      people: { partyIds: [id('ZOE')] },
      status: 'not-done-continue',
    })
    const target = await addStep({})
    const from = { kind: 'step' as const, stepId }
    const all = await app.call(api.proposeTargets, { id: target, source: from })
    expect(all.added).toBe(3)
    await app.call(api.addTargets, { id: target, source: { ...from, onlyProcessed: true } })
    expect(await codes(app, target)).toEqual(['ZOE'])
    const key = await app.db
      .insertInto('confidentialityKeys')
      .values({ label: 'Direction' })
      .returning('id')
      .executeTakeFirstOrThrow()
    const secret = await app.call(operations.createOperation, { label: 'Rachat' })
    const hidden = await app.call(operations.createStep, { id: secret.id, label: 'Secret' })
    await app.db
      .updateTable('campaigns')
      .set({ keyId: key.id })
      .where('id', '=', secret.id)
      .execute()
    const source = { kind: 'step', stepId: hidden.steps[0]?.id }
    expect(await app.refusal(api.proposeTargets, { id: target, source })).toMatchObject({
      status: 404,
    })
  })
})

describe('the table', () => {
  it('is sorted by any column, contacts below their organisation, and the order is kept (D-101, D-102)', async () => {
    const { app, operationId, stepId } = await shop({ audience: 'contacts' })
    await app.call(api.addTargets, { id: stepId, source: everybody })
    expect(await codes(app, stepId)).toEqual(['ACME', 'A1', 'A2', 'BETA', 'ZOE'])
    expect(await codes(app, stepId, { sort: 'name', direction: 'desc' })).toEqual([
      'ZOE',
      'BETA',
      'ACME',
      'A1',
      'A2',
    ])
    await app.call(api.keepTargetOrder, { id: operationId, sort: 'city', direction: 'desc' })
    const kept = await app.call(api.listTargets, { id: stepId, limit: 1 })
    expect([kept.rows[0]?.code, kept.sort, kept.direction]).toEqual(['ZOE', 'city', 'desc'])
    for (const sort of ['status', 'calls', 'callbackAt', 'origin', 'mobile', 'kind', 'linked'])
      expect(await codes(app, stepId, { sort })).toHaveLength(5)
  })

  it('reads a large step along the index in the same order', async () => {
    const { app, stepId } = await shop({ audience: 'contacts' })
    await app.call(api.addTargets, { id: stepId, source: everybody })
    const pages = async () => {
      const found: string[][] = []
      for (const sort of ['code', 'name', 'city'])
        for (const direction of ['asc', 'desc'])
          found.push(await codes(app, stepId, { sort, direction, offset: 1, limit: 3 }))
      return found
    }
    const sorted = await pages()
    // As if a hundred thousand more were there.
    await sql`insert into target_tallies values (${stepId}, 'to-do', 100000)`.execute(app.db)
    expect(await pages()).toEqual(sorted)
  })

  it('is searched and filtered, and counts what it shows', async () => {
    const { app, id, stepId } = await shop({ audience: 'contacts' })
    await app.call(api.addTargets, { id: stepId, source: everybody })
    expect(await codes(app, stepId, { search: 'acme' })).toEqual(['ACME', 'A1', 'A2'])
    await app.call(api.linkTargets, {
      id: stepId,
      people: { partyIds: [id('ACME')] },
      linked: false,
    })
    expect(await codes(app, stepId, { linked: 'no' })).toEqual(['ACME', 'A1', 'A2'])
    expect(await app.call(api.countTargets, { id: stepId, linked: 'yes' })).toEqual({
      rows: 2,
      people: 2,
      statuses: { 'to-do': 2 },
      unlinked: 3,
    })
  })
})

describe('changes', () => {
  it('give a status, take it back, and say when nobody is left to do (D-106)', async () => {
    const { app, id, stepId } = await shop({ audience: 'contacts' })
    await app.call(api.addTargets, { id: stepId, source: everybody })
    const some = { filter: { search: 'acme' }, except: [] }
    const one = await app.call(api.setTargetStatus, { id: stepId, people: some, status: 'ok-stop' })
    expect([one.changed, one.left]).toEqual([3, 2])
    const rest = { filter: {}, except: [id('ACME'), id('A1'), id('A2')] }
    const two = await app.call(api.setTargetStatus, { id: stepId, people: rest, status: 'ok-stop' })
    expect(two.left).toBe(0)
    const back = await app.call(api.restoreTargetStatus, {
      id: stepId,
      status: 'ok-stop',
      before: one.before,
    })
    expect([back.changed, back.left]).toEqual([3, 2])
    const bad = { id: stepId, people: some, status: 'gone' }
    expect(await app.refusal(api.setTargetStatus, bad)).toMatchObject({
      code: 'targets/unknown-status',
    })
  })

  it('remove only who was never reached', async () => {
    const { app, id, stepId } = await shop({ audience: 'contacts' })
    await app.call(api.addTargets, { id: stepId, source: everybody })
    await app.db
      .insertInto('callAttempts')
      .values({ stepId, partyId: id('A1') })
      .execute()
    const all = { filter: {}, except: [] }
    const gone = await app.call(api.removeTargets, { id: stepId, people: all })
    expect(gone.changed).toBe(3)
    expect(await codes(app, stepId)).toEqual(['ACME', 'A1'])
  })

  it('of very many people are a job that ends in the same', async () => {
    const { app, stepId } = await shop({}, {})
    await sql`insert into parties (code, last_name) select 'N' || n, 'Nom' from generate_series(1, 21000) n`.execute(
      app.db,
    )
    const added = await app.call(api.addTargets, { id: stepId, source: everybody })
    expect(added.added).toBe(null)
    await app.runJobs()
    const all = { filter: {}, except: [] }
    const set = await app.call(api.setTargetStatus, { id: stepId, people: all, status: 'ok-stop' })
    expect(set.jobId).not.toBe(null)
    await app.runJobs()
    const { statuses } = await app.call(api.countTargets, { id: stepId })
    expect(statuses).toEqual({ 'ok-stop': 21_006 })
  })
})

describe('a refresh', () => {
  it('shows and applies who would enter and leave; who was reached or came otherwise stays (L-18)', async () => {
    const { app, id, stepId, addStep } = await shop()
    const tag = await app.db
      .insertInto('tags')
      .values({ label: 'Salon' })
      .returning('id')
      .executeTakeFirstOrThrow()
    const wear = (...wearers: string[]) =>
      sql`with gone as (delete from party_tags) insert into party_tags (party_id, tag_id)
        select unnest(${wearers.map(id)}::bigint[]), ${tag.id} on conflict do nothing`.execute(
        app.db,
      )
    await sql`insert into party_tags (party_id, tag_id)
      select unnest(${[id('ACME'), id('ZOE')]}::bigint[]), ${tag.id}`.execute(app.db)
    const source = {
      ...everybody,
      selection: {
        ...everybody.selection,
        start: 'nobody' as const,
        operations: [{ kind: 'add' as const, source: { kind: 'tag' as const, tagId: tag.id } }],
      },
    }
    expect(await app.refusal(api.previewRefresh, { id: stepId })).toMatchObject({
      code: 'targets/no-selection',
    })
    await app.call(api.addTargets, { id: stepId, source })
    await app.call(api.setTargetStatus, {
      id: stepId,
      people: { partyIds: [id('ZOE')] },
      status: 'ok-stop',
    })
    await sql`delete from party_tags`.execute(app.db)
    await wear('BETA', 'SUP')
    expect(await app.call(api.previewRefresh, { id: stepId })).toEqual({
      enter: 1,
      leave: 1,
      stay: 1,
    })
    const side = async (name: api.RefreshSide) =>
      (await app.call(api.listRefresh, { id: stepId, side: name })).map(({ code }) => code)
    expect([await side('enter'), await side('leave'), await side('stay')]).toEqual([
      ['BETA'],
      ['ACME'],
      ['ZOE'],
    ])
    const made = await app.call(api.refreshTargets, { id: stepId, enter: true, leave: true })
    expect([made.entered, made.left]).toEqual([1, 1])
    expect(await codes(app, stepId, { batch: made.batch })).toEqual(['BETA'])
    expect(await codes(app, stepId)).toEqual(['BETA', 'ZOE'])
    expect(await addStep({})).toBeGreaterThan(stepId)
  })

  it('is possible again once a selection that names what is gone has been let go', async () => {
    const { app, id, stepId } = await shop()
    const segment = await app.call(createSegment, {
      name: 'Prospects',
      criteria: allOf({
        kind: 'text',
        field: 'lastName',
        test: { op: 'contains', value: 'oux' },
      }),
    })
    const gone = {
      ...everybody,
      selection: {
        ...everybody.selection,
        start: 'nobody' as const,
        operations: [
          { kind: 'add' as const, source: { kind: 'segment' as const, segmentId: segment.id } },
        ],
      },
    }
    await app.call(api.addTargets, { id: stepId, source: gone })
    await app.call(api.addTargets, { id: stepId, source: picked(id('ZOE')) })
    await app.db.deleteFrom('segments').execute()
    expect((await app.refusal(api.previewRefresh, { id: stepId })).code).toMatch(/^segments\//)
    const [first] = await app.call(api.listStepSelections, { id: stepId })
    const drop = { id: stepId, selectionId: first?.id ?? 0 }
    await app.call(api.dropStepSelection, drop)
    expect((await app.refusal(api.dropStepSelection, drop)).code).toBe('targets/selection-gone')
    expect(await app.call(api.previewRefresh, { id: stepId })).toEqual({
      enter: 0,
      leave: 0,
      stay: 0,
    })
    expect(await codes(app, stepId)).toEqual(['ZOE'])
  })
})
