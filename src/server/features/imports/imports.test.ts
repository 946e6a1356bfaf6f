import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { saveTimeZone } from '#core/company/api.ts'
import { listPurchases } from '#core/history/api.ts'
import * as api from '#core/imports/api.ts'
import { ImportView } from '#core/imports/import.ts'
import { ColumnPlan, type ImportKind, Plan, Rules } from '#core/imports/plan.ts'
import { type TestApp, testApp } from '#tests/support/test-app.ts'

type Bytes = string | Uint8Array

async function send(app: TestApp, bytes: Bytes, name = 'clients.csv') {
  const response = await app.http.request(`/api/imports?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: bytes as string,
  })
  return { status: response.status, body: (await response.json()) as unknown }
}

async function upload(app: TestApp, bytes: Bytes, name?: string): Promise<ImportView> {
  const { status, body } = await send(app, bytes, name)
  if (status !== 200) throw new Error(JSON.stringify(body))
  return ImportView.parse(body)
}

const plan = (kind: ImportKind, targets: readonly string[], rules: Partial<Rules> = {}): Plan =>
  Plan.parse({
    kind,
    columns: targets.flatMap((target, column) =>
      target ? [ColumnPlan.parse({ column, target })] : [],
    ),
    rules: Rules.parse(rules),
  })

/** Uploads, starts with the plan or the guess, runs the job and tells what became of it. */
async function run(app: TestApp, bytes: Bytes, given?: Plan, name?: string) {
  const { id } = await upload(app, bytes, name)
  await app.call(api.startImport, { id, plan: given })
  await app.runJobs()
  return app.call(api.getImport, { id })
}

const rejectsOf = async (app: TestApp, id: number) =>
  (await app.call(api.listRejects, { id })).rejects

const cards = (app: TestApp) => app.db.selectFrom('parties').selectAll().orderBy('code').execute()

const customers = `Code client;Nom;Prénom;CP;Ville;Tél. portable;E-mail;Date de naissance;Souhaite recevoir;Magasin;Étiquettes
0012;Dupont;Zoé;75011;Paris;06 12 34 56 78;zoe@example.org;17/05/1980;oui;Bastille;VIP, Été
13;Martin;Paul;69001;Lyon;;paul@example.org;;non;Bellecour;
`

describe('customers', () => {
  it('come in from a French file with nothing to choose', async () => {
    const app = await testApp()
    const done = await run(app, customers)
    expect(done).toMatchObject({ state: 'done', kind: 'customers' })
    expect(done.counts).toEqual({ rows: 2, created: 2, updated: 0, unchanged: 0, rejected: 0 })
    const [zoe, paul] = await cards(app)
    expect(zoe).toMatchObject({
      code: '0012',
      lastName: 'Dupont',
      mobile: '06 12 34 56 78',
      mobileNumber: '+33612345678',
      birthYear: 1980,
      birthMonth: 5,
      doNotContact: false,
    })
    expect(paul).toMatchObject({ doNotContact: true, hasEmail: true })
    const tags = await app.db.selectFrom('tags').select('label').orderBy('label').execute()
    expect(tags.map((tag) => tag.label)).toEqual(['VIP', 'Été'])
  })

  it('are unchanged when the same file comes twice, and the file is recognised', async () => {
    const app = await testApp()
    await run(app, customers)
    const again = await upload(app, customers, 'autre nom.csv')
    const { earlier, guess } = await app.call(api.guessImport, { id: again.id })
    expect(earlier).toMatchObject([{ fileName: 'clients.csv', state: 'done' }])
    expect(guess.from).toBe('profile')
    await app.call(api.startImport, { id: again.id })
    await app.runJobs()
    const { counts } = await app.call(api.getImport, { id: again.id })
    expect(counts).toEqual({ rows: 2, created: 0, updated: 0, unchanged: 2, rejected: 0 })
  })

  it('touch mapped columns only, and keep or clear by empty cells as chosen', async () => {
    const app = await testApp()
    await run(app, customers)
    const file = 'code;ville;tel\n0012;;0145678901\n'
    const kept = await run(app, file, plan('customers', ['code', 'city', 'phone']))
    expect(kept.counts).toMatchObject({ updated: 1 })
    expect((await cards(app))[0]).toMatchObject({ city: 'Paris', phoneNumber: '+33145678901' })
    await run(app, file, plan('customers', ['code', 'city'], { emptyCells: 'clear' }))
    expect((await cards(app))[0]).toMatchObject({ city: '', lastName: 'Dupont' })
  })

  it('do not lift a refusal that is on the card', async () => {
    const app = await testApp()
    await run(app, customers)
    await run(app, 'code;mailing\n13;oui\n', plan('customers', ['code', 'wish']))
    expect((await cards(app))[1]).toMatchObject({ doNotContact: true })
  })

  it('name line, column, value and reason of each row not taken', async () => {
    const app = await testApp()
    const file = `code;nom;mail;naissance\n1;Un;pas une adresse;\n2;Deux;;31/02/1980\n1;Encore;;\n;;;\n3;Trois;a@b.fr;\n`
    const { id } = await upload(app, file)
    const given = plan('customers', ['code', 'lastName', 'email', 'birthday'])
    await app.call(api.checkImport, { id, plan: given })
    await app.runJobs()
    const checked = await app.call(api.getImport, { id })
    expect(checked.checked).toEqual({ rows: 4, created: 2, updated: 0, unchanged: 0, rejected: 2 })
    expect(await cards(app)).toEqual([])
    expect(await rejectsOf(app, id)).toEqual([
      { line: 2, column: 'mail', value: 'pas une adresse', reason: 'not-an-email' },
      { line: 3, column: 'naissance', value: '31/02/1980', reason: 'not-a-date' },
    ])
    const csv = await app.http.request(`/api/imports/${id}/rejects.csv`)
    expect(await csv.text()).toContain('2;mail;pas une adresse;Ce n’est pas une adresse e-mail')
  })

  it('match by e-mail, and by name and postal code where there is none', async () => {
    const app = await testApp()
    const file = 'nom;prénom;cp;mail\nDupont;Zoé;75011;ZOE@example.org\nMartin;Paul;69001;\n'
    const first = await run(app, file)
    expect(first.plan?.rules.key).toBe('email')
    expect(first.counts).toMatchObject({ created: 2 })
    const second = await run(app, file)
    expect(second.counts).toMatchObject({ created: 0, unchanged: 2 })
  })

  it('bring their loyalty card, in the currency of the file, and lose it when taken back', async () => {
    const app = await testApp()
    await run(app, customers)
    const file =
      'code client;type de carte;points;total achats;cagnotte\n0012;Or;350;1 234,50;10\n13;or;0;;\n'
    const done = await run(app, file)
    expect(done.plan?.columns.map(({ target }) => target)).toEqual([
      'code',
      'cardType',
      'loyaltyPoints',
      'loyaltySales',
      'loyaltyGift',
    ])
    const [zoe, paul] = await cards(app)
    expect(zoe).toMatchObject({
      loyaltyPoints: 350,
      loyaltySales: 123_450,
      loyaltyGift: 1_000,
      loyaltyCurrency: 'EUR',
    })
    expect(paul).toMatchObject({
      cardTypeId: zoe?.cardTypeId,
      loyaltyPoints: 0,
      loyaltySales: null,
    })
    await app.call(api.undoImport, { id: done.id })
    await app.runJobs()
    expect((await cards(app))[0]).toMatchObject({ cardTypeId: null, loyaltyPoints: null })
    expect(await app.db.selectFrom('cardTypes').selectAll().execute()).toEqual([])
  })

  it('go again when the import is taken back, but not what was used or changed since', async () => {
    const app = await testApp()
    await run(app, customers)
    const second = await run(
      app,
      'code;nom;ville\n0012;Durand;Nantes\n13;Martin;Nice\n14;Neuf;Brest\n15;Garde;Brest\n',
      plan('customers', ['code', 'lastName', 'city']),
    )
    expect(second.counts).toMatchObject({ created: 2, updated: 2 })
    const all = await cards(app)
    const id = (code: string) => all.find((card) => card.code === code)?.id ?? 0
    await app.db.updateTable('parties').set({ city: 'Lille' }).where('code', '=', '13').execute()
    await app.db
      .insertInto('partyNotes')
      .values({ partyId: id('15'), text: 'Vu', authorName: 'T' })
      .execute()
    await app.call(api.undoImport, { id: second.id })
    await app.runJobs()
    const { state, undo } = await app.call(api.getImport, { id: second.id })
    expect({ state, undo }).toMatchObject({ state: 'undone', undo: { removed: 1, keptUsed: 1 } })
    const left = await cards(app)
    expect(left.map((card) => [card.code, card.lastName, card.city])).toEqual([
      ['0012', 'Dupont', 'Paris'],
      ['13', 'Martin', 'Lille'],
      ['15', 'Garde', 'Brest'],
    ])
  })
})

const sales = `Ticket;Ligne;Date;Client;Article;Rayon;Quantité;Montant;Marge;Magasin;Devise
T1;1;05/01/2026;0012;CH-01;Chemises;2;59,80;20,00;Bastille;EUR
T1;2;05/01/2026;0012;PA-07;Pantalons;1;1 049,00 €;30;Bastille;EUR
T2;1;06/01/2026;;CH-01;Chemises;-1;29,90;-10;Bastille;EUR
T3;1;07/01/2026;999;CH-01;Chemises;1;29,90;10;Bellecour;CHF
`

const purchases = (app: TestApp) =>
  app.db
    .selectFrom('partyPurchases as u')
    .innerJoin('parties as p', 'p.id', 'u.partyId')
    .select(['p.code', 'u.currency', 'u.revenue', 'u.margin', 'u.quantity', 'u.visits'])
    .orderBy('p.code')
    .execute()

describe('sales', () => {
  it('come in with stores, departments, articles and the purchase history of their customers', async () => {
    const app = await testApp()
    await run(app, customers)
    const done = await run(app, sales, undefined, 'ventes.csv')
    expect(done.kind).toBe('sales')
    expect(done.counts).toMatchObject({ rows: 4, created: 4, rejected: 0 })
    expect(await purchases(app)).toEqual([
      {
        code: '0012',
        currency: 'EUR',
        revenue: 110_880,
        margin: 5_000,
        quantity: 3_000,
        visits: 1,
      },
      { code: '999', currency: 'CHF', revenue: 2_990, margin: 1_000, quantity: 1_000, visits: 1 },
    ])
    const returned = await app.db
      .selectFrom('saleLines')
      .select('amount')
      .where('quantity', '<', 0)
      .execute()
    expect(returned).toEqual([{ amount: -2_990 }])
  })

  it('are dated as the file says, at its hour on the clock of the company', async () => {
    const app = await testApp()
    await run(app, customers)
    await app.call(saveTimeZone, { timeZone: 'America/Guadeloupe' })
    const file = `Ticket;Date;Client;Article;Quantité;Montant;Magasin;Devise
T1;05/01/2026 23:30;0012;CH-01;1;29,90;Bastille;EUR
T2;06/01/2026 18:00:00+01:00;0012;CH-01;1;29,90;Bastille;EUR
`
    await run(app, file, undefined, 'ventes.csv')
    const { id } = await app.db
      .selectFrom('parties')
      .select('id')
      .where('code', '=', '0012')
      .executeTakeFirstOrThrow()
    const { purchases: sold } = await app.call(listPurchases, { id })
    expect(sold.map(({ soldAt, soldOn }) => [soldOn, soldAt])).toEqual([
      ['2026-01-06', '2026-01-06T17:00:00.000Z'],
      ['2026-01-05', '2026-01-06T03:30:00.000Z'],
    ])
  })

  it('are unchanged twice, updated when they differ, and as before once taken back', async () => {
    const app = await testApp()
    await run(app, sales, undefined, 'ventes.csv')
    const before = await purchases(app)
    const again = await run(app, sales, undefined, 'ventes.csv')
    expect(again.counts).toMatchObject({ created: 0, updated: 0, unchanged: 4 })
    const changed = sales.replace('59,80', '49,80').replace('T3;1', 'T4;1')
    const third = await run(app, changed, undefined, 'ventes.csv')
    expect(third.counts).toMatchObject({ created: 1, updated: 1, unchanged: 2 })
    await app.call(api.undoImport, { id: third.id })
    await app.runJobs()
    expect((await app.call(api.getImport, { id: third.id })).undo).toMatchObject({
      removed: 1,
      restored: 1,
    })
    expect(await purchases(app)).toEqual(before)
  })

  it('leave unknown customers out, or anonymous, as chosen', async () => {
    const app = await testApp()
    const { id } = await upload(app, sales, 'ventes.csv')
    const { guess } = await app.call(api.guessImport, { id })
    const rejecting = {
      ...guess.plan,
      rules: { ...guess.plan.rules, unknownCustomer: 'reject' as const },
    }
    await app.call(api.startImport, { id, plan: rejecting })
    await app.runJobs()
    expect((await app.call(api.getImport, { id })).counts).toMatchObject({
      created: 1,
      rejected: 3,
    })
    expect(await rejectsOf(app, id)).toContainEqual({
      line: 5,
      column: 'Client',
      value: '999',
      reason: 'unknown-customer',
    })
  })

  it('take lines without numbers once, whatever file brings them, twins on a receipt included', async () => {
    const app = await testApp()
    const file =
      'Ticket;Date;Article;Quantité;Montant\nA;01/02/2026;X;1;5,00\nA;01/02/2026;X;1;5,00\nA;01/02/2026;Y;1;7,00\n'
    expect((await run(app, file)).counts).toMatchObject({ created: 3 })
    const more = `${file}B;02/02/2026;X;1;5,00\n`
    expect((await run(app, more)).counts).toMatchObject({ created: 1, unchanged: 3 })
  })

  it('tell receipts of one number apart by day and by till, and know each again', async () => {
    const app = await testApp()
    const file = `Caisse;Ticket;Ligne;Date;Montant
1;7;1;05/01/2025;10,00
2;7;1;05/01/2025;20,00
1;7;1;05/01/2026;40,00
1;7;2;05/01/2026;80,00
`
    const done = await run(app, file)
    expect(done.counts).toMatchObject({ created: 4, rejected: 0 })
    const receipts = await app.db
      .selectFrom('sales')
      .select(['till', 'receipt', 'soldOn'])
      .orderBy('id')
      .execute()
    expect(receipts).toEqual([
      { till: '1', receipt: '7', soldOn: '2025-01-05' },
      { till: '2', receipt: '7', soldOn: '2025-01-05' },
      { till: '1', receipt: '7', soldOn: '2026-01-05' },
    ])
    const again = await run(app, file.replace('80,00', '90,00'))
    expect(again.counts).toMatchObject({ created: 0, updated: 1, unchanged: 3 })
  })

  it('of a British web shop come in as people find them', async () => {
    const app = await testApp()
    const file = readFileSync(new URL('./fixtures/online-retail.csv', import.meta.url))
    const done = await run(app, file, undefined, 'online-retail.csv')
    expect(done).toMatchObject({ kind: 'sales', state: 'done' })
    expect(done.counts).toMatchObject({ rows: 30, rejected: 0, created: 30 })
    const keys = (await cards(app)).map((card) => card.code)
    expect(keys.every((code) => /^\d{5}$/.test(code))).toBe(true)
  })

  it.runIf(existsSync('../shared/data/online-retail-sample.csv'))(
    'of the whole sample come in as it is, and once only',
    async () => {
      const app = await testApp()
      const file = readFileSync('../shared/data/online-retail-sample.csv')
      const done = await run(app, file, undefined, 'sample.csv')
      expect(done.counts).toMatchObject({ rows: 30_000, rejected: 0, created: 30_000 })
      const again = await run(app, file, undefined, 'sample.csv')
      expect(again.counts).toMatchObject({ unchanged: 30_000 })
    },
  )
})

describe('lists', () => {
  it('of keys alone become a list of people', async () => {
    const app = await testApp()
    await run(app, customers)
    const done = await run(app, 'Contact\n0012\n13.0\nX\n', undefined, 'Analyse.csv')
    expect(done).toMatchObject({ kind: 'list', counts: { created: 2, rejected: 1 } })
    const lists = await app.db.selectFrom('partyLists').select('label').execute()
    expect(lists).toEqual([{ label: 'Analyse.csv' }])
    await app.call(api.undoImport, { id: done.id })
    await app.runJobs()
    expect(await app.db.selectFrom('partyLists').select('id').execute()).toEqual([])
  })
})

describe('legacy mailings', () => {
  it('keep their people and results, have no filter, and their people are counted anew', async () => {
    const app = await testApp()
    await run(app, customers)
    const file = `Libellé mailing;Date envoi;Date clôture;Client;Sélectionnés;Avec portable;Clients en retour;CA généré;Quantité vendue;Marge de sortie cumulée;Devise
Soldes;10/01/2020;31/01/2020;0012;250;80;12;1 234,50;42;400,00;EUR
Soldes;10/01/2020;31/01/2020;13;250;80;12;1 234,50;42;400,00;EUR
Soldes;10/01/2020;31/01/2020;777;250;80;12;1 234,50;42;400,00;EUR
Noël;01/12/2019;;;100;;;99,00;;;EUR
`
    const done = await run(app, file, undefined, 'mailings.csv')
    expect(done).toMatchObject({ kind: 'mailings', counts: { created: 3, rejected: 1 } })
    const rows = await app.db
      .selectFrom('campaigns')
      .selectAll()
      .orderBy('sendOn', 'desc')
      .execute()
    expect(rows).toMatchObject([
      {
        label: 'Soldes',
        isLegacy: true,
        state: 'finished',
        frozenResults: {
          counters: { selected: 2, withMobile: 80, returning: 12, withEmail: null },
          currencies: [{ currency: 'EUR', revenue: 123_450, quantity: 42_000, margin: 40_000 }],
        },
      },
      { label: 'Noël', frozenResults: { counters: { selected: 0 } } },
    ])
    const again = await run(app, file, undefined, 'mailings.csv')
    expect(again.counts).toMatchObject({ created: 0, unchanged: 3 })
    await app.call(api.undoImport, { id: done.id })
    await app.runJobs()
    expect(await app.db.selectFrom('campaigns').select('id').execute()).toEqual([])
  })
})

describe('a run', () => {
  it('goes on after the last committed chunk, and takes no row twice', async () => {
    const app = await testApp()
    await run(app, customers.split('\n').slice(0, 2).join('\n'))
    const { id } = await upload(app, customers)
    await app.call(api.startImport, { id })
    // What a process that died after the chunk with the first row left behind.
    const counts = { rows: 1, created: 1, updated: 0, unchanged: 0, rejected: 0 }
    await app.db
      .updateTable('imports')
      .set({ position: 1, counts: JSON.stringify(counts) })
      .where('id', '=', id)
      .execute()
    await app.runJobs()
    expect(await app.call(api.getImport, { id })).toMatchObject({
      state: 'done',
      counts: { rows: 2, created: 2, unchanged: 0 },
    })
    expect(await cards(app)).toHaveLength(2)
  })

  it('stops when asked, goes on when asked, and waits for another to end', async () => {
    const app = await testApp()
    const { id } = await upload(app, customers)
    await app.call(api.startImport, { id })
    const other = await upload(app, sales, 'ventes.csv')
    expect(await app.refusal(api.startImport, { id: other.id })).toMatchObject({
      status: 409,
      code: 'imports/busy',
    })
    expect(await app.call(api.stopImport, { id })).toMatchObject({ state: 'stopped' })
    await app.call(api.startImport, { id })
    await app.runJobs()
    expect((await app.call(api.getImport, { id })).counts).toMatchObject({ created: 2 })
  })

  it('refuses files that are no tables and plans that make no sense, and keeps nothing of them', async () => {
    const app = await testApp()
    expect(await send(app, '')).toMatchObject({ status: 400, body: { code: 'imports/empty' } })
    expect(await app.db.selectFrom('files').select('id').execute()).toEqual([])
    const { id } = await upload(app, customers)
    const senseless = plan('sales', ['receipt', 'soldAt'])
    expect(await app.refusal(api.startImport, { id, plan: senseless })).toMatchObject({
      code: 'imports/columns-missing',
    })
    const unknown = plan('customers', ['code', 'secret'])
    expect(await app.refusal(api.startImport, { id, plan: unknown })).toMatchObject({
      code: 'imports/unknown-field',
    })
  })
})
