import { describe, expect, it } from 'vitest'
import * as campaigns from '#core/campaigns/api.ts'
import * as api from '#core/segments/api.ts'
import { allOf, type CriteriaNode, type Criterion } from '#core/segments/criteria.ts'
import type { Selection } from '#core/segments/selection.ts'
import { type TestApp, testApp } from '#tests/support/test-app.ts'
import { refreshPurchases } from '../sales/service.ts'
import { freezeTargets } from './service.ts'

const today = new Date('2026-11-22T10:00:00Z')

/** Bea is the customer of X-4; each of the others misses one of its three conditions. */
async function shop(): Promise<{ app: TestApp; shirts: number; ids: Record<string, number> }> {
  const app = await testApp({ now: today })
  const { db } = app
  const store = await db
    .insertInto('stores')
    .values({ code: 'A', name: 'Lyon' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const [shirts = 0, games = 0] = (
    await db
      .insertInto('departments')
      .values([
        { code: 'CH', label: 'Chemises' },
        { code: 'JE', label: 'Jeux' },
      ])
      .returning('id')
      .execute()
  ).map(({ id }) => id)
  const rows = await db
    .insertInto('parties')
    .values([
      {
        code: 'bea',
        lastName: 'Béa',
        postalCode: '69001',
        email: 'bea@example.org',
        phone: '06 11',
        phoneNumber: '+33611223344',
      },
      { code: 'recent', lastName: 'Récent', postalCode: '69002', email: 'recent@example.org' },
      { code: 'small', lastName: 'Petit', postalCode: '75001', mobile: '0611' },
      { code: 'games', lastName: 'Joueur', postalCode: '69100', doNotContact: true },
      {
        code: 'never',
        lastName: 'Jamais',
        postalCode: '',
        email: 'never@example.org',
        emailState: 'bounced',
      },
    ])
    .returning(['id', 'code'])
    .execute()
  const ids = Object.fromEntries(rows.map(({ id, code }) => [code, id]))
  const line = (code: string, soldOn: string, amount: number, departmentId: number) => ({
    saleId: ids[code] ?? 0,
    lineNo: amount,
    partyId: ids[code] ?? 0,
    storeId: store.id,
    soldOn,
    currency: 'EUR',
    articleId: null,
    departmentId,
    quantity: 1_000,
    amount,
    margin: null,
    importId: null,
  })
  await db
    .insertInto('saleLines')
    .values([
      line('bea', '2026-09-21', 30_000, games),
      line('bea', '2026-09-21', 1, shirts),
      line('recent', '2026-09-22', 40_000, shirts),
      line('small', '2026-05-02', 30_000, shirts),
      line('games', '2026-05-02', 50_000, games),
    ])
    .execute()
  await db
    .insertInto('purchasesStale')
    .values(rows.map(({ id }) => ({ partyId: id })))
    .execute()
  await refreshPurchases(db)
  return { app, shirts, ids }
}

const notSeen: Criterion = {
  kind: 'visit',
  which: 'last',
  test: { op: 'older-than', n: 2, unit: 'months' },
}
const spent: Criterion = {
  kind: 'purchases',
  measure: 'revenue',
  currency: 'EUR',
  window: { kind: 'ever' },
  of: null,
  test: { op: 'more-than', value: 30_000 },
}
const boughtIn = (id: number): Criterion => ({
  kind: 'bought',
  op: 'any',
  what: 'department',
  ids: [id],
  window: { kind: 'ever' },
})
const postal = (value: string): Criterion => ({
  kind: 'text',
  field: 'postalCode',
  test: { op: 'starts-with', value },
})
const group = (join: 'all' | 'any', ...of: CriteriaNode[]): CriteriaNode => ({
  kind: 'group',
  join,
  not: false,
  of,
})
const add = (...of: CriteriaNode[]) => ({
  kind: 'add' as const,
  source: { kind: 'criteria' as const, criteria: allOf(...of) },
})
const remove = (...of: CriteriaNode[]) => ({ ...add(...of), kind: 'remove' as const })

describe('criteria', () => {
  it('find who has not been seen for two months, spent more than 300 € and bought shirts (X-4)', async () => {
    const { app, shirts } = await shop()
    const criteria = allOf(notSeen, spent, boughtIn(shirts))
    expect(await app.call(api.listCriteriaPeople, { criteria })).toMatchObject([
      { lastName: 'Béa' },
    ])
    expect(await app.call(api.countCriteria, { criteria })).toMatchObject({
      total: 5,
      selected: 1,
      withEmail: 1,
      withMobile: 1,
      leftOut: 0,
      sentence:
        'Clients dont le dernier achat remonte à plus de 2 mois et dont le chiffre d’affaires dépasse 300\u00a0€ et qui ont acheté dans le rayon «\u00a0Chemises\u00a0».',
    })
    const english = await app.call(api.countCriteria, { criteria, locale: 'en' })
    expect(english.sentence).toBe(
      'Customers whose last purchase was more than 2 months ago and whose revenue is more than €300 and who bought in the department “Chemises”.',
    )
  })

  it('tell how many are left after each criterion, to who may see either file', async () => {
    const { app, shirts } = await shop()
    app.grant('mailings.view')
    const criteria = allOf(notSeen, spent, boughtIn(shirts))
    expect(await app.call(api.countStages, { criteria })).toEqual({ left: [3, 2, 1] })
    app.grant('imports.run')
    expect(await app.refusal(api.countStages, { criteria })).toMatchObject({ status: 403 })
  })

  it('show each person’s own value beside the verdict', async () => {
    const { app, shirts, ids } = await shop()
    const criteria = allOf(notSeen, spent, boughtIn(shirts))
    const [small] = await app.call(api.explainPeople, { criteria, ids: [ids.small ?? 0] })
    expect(small).toMatchObject({
      isIn: false,
      verdicts: [
        { holds: false, join: 'all' },
        { holds: true, value: '2 mai 2026' },
        { holds: false, value: '300\u00a0€' },
        { holds: true, value: '«\u00a0Chemises\u00a0»' },
      ],
    })
    expect(await app.call(api.explainPeople, { criteria })).toMatchObject([{ isIn: true }])
  })

  it('are refused by name when something in them is not known', async () => {
    const { app } = await shop()
    const ask = (root: unknown) =>
      app.refusal(api.countCriteria, { criteria: { version: 1, root } })
    const inGroup = (node: unknown) => ask({ kind: 'group', join: 'all', not: false, of: [node] })
    expect(
      (await inGroup({ kind: 'text', field: 'surname', test: { op: 'is', value: 'x' } })).message,
    ).toContain('Unknown field “surname”')
    expect(
      (await inGroup({ ...postal('69'), test: { op: 'sounds-like', value: 'x' } })).message,
    ).toContain('Unknown operator “sounds-like”')
    expect((await inGroup({ kind: 'horoscope' })).message).toContain(
      'Unknown criterion “horoscope”',
    )
    expect((await ask({ kind: 'group', join: 'all', not: false, of: [] })).message).toContain(
      'at least one criterion',
    )
    expect(
      await inGroup({ kind: 'text', field: 'custom.gone', test: { op: 'is', value: 'x' } }),
    ).toMatchObject({
      status: 400,
      code: 'segments/unknown-field',
      details: { field: 'custom.gone' },
    })
    expect(await inGroup({ ...spent, currency: null })).toMatchObject({ status: 400 })
    const deep = Array.from({ length: 50 }).reduce<CriteriaNode>(
      (inner) => group('all', inner),
      postal('6'),
    )
    expect((await ask(deep)).message).toContain('nest')
  })

  it('take hostile text for text', async () => {
    const { app } = await shop()
    for (const value of ["' or 1=1 --", '%', '_', '\\', '{{x}}']) {
      expect(await app.call(api.countCriteria, { criteria: allOf(postal(value)) })).toMatchObject({
        selected: 0,
      })
    }
  })
})

describe('segments', () => {
  it('are saved, changed, told with their sentence and uses, and not deleted while used', async () => {
    const { app } = await shop()
    const lyon = await app.call(api.createSegment, { name: 'Lyon', criteria: allOf(postal('69')) })
    const within: Criterion = { kind: 'segment', segmentId: lyon.id, is: true }
    const both = await app.call(api.createSegment, {
      name: 'Lyon cher',
      criteria: allOf(within, spent),
    })
    expect(await app.call(api.countCriteria, { criteria: both.criteria })).toMatchObject({
      selected: 2,
      leftOut: 1,
    })
    expect(await app.call(api.listSegments, {})).toMatchObject([
      {
        name: 'Lyon',
        sentence: 'Clients dont le code postal commence par «\u00a069\u00a0».',
        usedBy: [{ kind: 'segment', label: 'Lyon cher' }],
      },
      { name: 'Lyon cher', usedBy: [] },
    ])
    expect(await app.refusal(api.deleteSegment, { id: lyon.id })).toMatchObject({
      status: 409,
      code: 'segments/in-use',
      details: { label: 'Lyon cher' },
    })
    expect(
      await app.refusal(api.createSegment, { name: 'Lyon', criteria: allOf(spent) }),
    ).toMatchObject({ code: 'segments/name-taken' })
    const circle = { ...lyon, criteria: allOf({ kind: 'segment', segmentId: both.id, is: true }) }
    expect(await app.refusal(api.updateSegment, circle)).toMatchObject({ code: 'segments/circle' })
    expect((await app.call(api.getSegment, { id: lyon.id })).criteria).toEqual(lyon.criteria)
    await app.call(api.updateSegment, { ...lyon, name: 'Grand Lyon' })
    expect(await app.refusal(api.updateSegment, { ...lyon, name: 'Lyon 2' })).toMatchObject({
      status: 409,
      code: 'segments/changed',
    })
    await app.call(api.deleteSegment, { id: both.id })
    await app.call(api.deleteSegment, { id: lyon.id })
  })
})

describe('what names a mailing that its editor may not see', () => {
  it('is refused when it is saved, and stays as it was', async () => {
    const app = await testApp({ now: today })
    const { id: key } = await app.db
      .insertInto('confidentialityKeys')
      .values({ label: 'Direction' })
      .returning('id')
      .executeTakeFirstOrThrow()
    app.giveKeys(key)
    const hidden = await app.call(campaigns.createCampaign, { label: 'Rachat', keyId: key })
    const open = await app.call(campaigns.createCampaign, { label: 'Soldes' })
    const criteria = allOf({ kind: 'mailing', campaignId: hidden.id, op: 'targeted' })
    const segment = await app.call(api.createSegment, { name: 'Visés', criteria })
    app.giveKeys()
    const renamed = { ...segment, name: 'Visés par le rachat' }
    expect(await app.refusal(api.updateSegment, renamed)).toMatchObject({ code: 'segments/gone' })
    const [step] = open.steps
    const selection = {
      start: 'nobody',
      operations: [{ kind: 'add', source: { kind: 'criteria', criteria } }],
    }
    const saved = { id: step?.id, version: step?.version, selection }
    expect(await app.refusal(campaigns.saveSelection, saved)).toMatchObject({
      code: 'segments/gone',
    })
    app.giveKeys(key)
    expect(await app.call(api.getSegment, { id: segment.id })).toMatchObject({
      name: 'Visés',
      criteria,
    })
  })
})

describe('a selection', () => {
  const from = (start: Selection['start'], ...operations: Selection['operations']): Selection => ({
    version: 1,
    start,
    operations,
    excludeDoNotContact: true,
  })

  it('adds and removes in order and counts what each operation changes', async () => {
    const { app, ids } = await shop()
    const selection = from('nobody', add(postal('69')), remove(spent), {
      kind: 'add',
      source: { kind: 'people', partyIds: [ids.recent ?? 0, ids.games ?? 0] },
    })
    expect(await app.call(api.countSelection, { selection })).toMatchObject({
      total: 5,
      selected: 1,
      withEmail: 1,
      withMobile: 0,
      leftOut: 1,
      operations: [
        { named: 3, changed: 3 },
        { named: 3, changed: 3 },
        { named: 2, changed: 2 },
      ],
      sentence:
        'Les clients dont le code postal commence par «\u00a069\u00a0», moins les clients dont le chiffre d’affaires dépasse 300\u00a0€, plus 2 clients choisis à la main, sans ceux qui ne souhaitent pas être contactés.',
    })
    expect(await app.call(api.listSelectionPeople, { selection })).toMatchObject([
      { lastName: 'Récent' },
    ])
  })

  it('starts with everybody, who does not wish to be contacted aside', async () => {
    const { app } = await shop()
    const all = from('everybody')
    expect(await app.call(api.countSelection, { selection: all })).toMatchObject({
      selected: 4,
      leftOut: 1,
      withEmail: 2,
      withMobile: 2,
    })
    expect(
      await app.call(api.countSelection, { selection: { ...all, excludeDoNotContact: false } }),
    ).toMatchObject({ selected: 5, leftOut: 0 })
    const less = from('everybody', remove(postal('69')))
    expect(await app.call(api.countSelection, { selection: less })).toMatchObject({
      selected: 2,
      operations: [{ named: 3, changed: 3 }],
    })
    expect(await app.call(api.countSelection, { selection: from('nobody') })).toMatchObject({
      total: 5,
      selected: 0,
    })
  })

  it('freezes into targets with reasons and a control group that is always the same', async () => {
    const { app } = await shop()
    const { db } = app
    const campaign = await db
      .insertInto('campaigns')
      .values({ label: 'm' })
      .returning('id')
      .executeTakeFirstOrThrow()
    const step = await db
      .insertInto('steps')
      .values({ campaignId: campaign.id })
      .returning('id')
      .executeTakeFirstOrThrow()
    const options = { now: today, controlPercent: 50 }
    expect(await freezeTargets(db, step.id, from('everybody'), options)).toEqual({
      people: 5,
      control: 2,
      excluded: 1,
    })
    const control = () =>
      db
        .selectFrom('targets')
        .select('partyId')
        .where('isControl', '=', true)
        .orderBy('partyId')
        .execute()
    const drawn = await control()
    await db.deleteFrom('targets').execute()
    await freezeTargets(db, step.id, from('everybody'), options)
    expect(await control()).toEqual(drawn)
    expect(await freezeTargets(db, step.id, from('everybody'), options)).toMatchObject({
      people: 0,
    })
  })
})

it('lets the two rights of mailings write a selection, and nobody else see what there is', async () => {
  const { app } = await shop()
  app.grant('mailings.view', 'mailings.write')
  expect((await app.call(api.getDictionary, {})).departments).toHaveLength(2)
  await app.call(api.findArticles, {})
  app.grant('imports.run')
  const refused = { status: 403, code: 'access/right-missing' }
  expect(await app.refusal(api.getDictionary, {})).toMatchObject(refused)
  expect(await app.refusal(api.findArticles, {})).toMatchObject(refused)
})
