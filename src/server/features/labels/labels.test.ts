import { describe, expect, it } from 'vitest'
import { getJob } from '#core/jobs/api.ts'
import {
  checkLabels,
  createLabelFormat,
  deleteLabelFormat,
  downloadLabels,
  listLabelFormats,
  printLabels,
  updateLabelFormat,
} from '#core/labels/api.ts'
import type { PrintOrder } from '#core/labels/order.ts'
import { changeConsent, createParty } from '#core/parties/api.ts'
import type { PartyDraft } from '#core/parties/party.ts'
import { readPdf } from '#tests/support/pdf-text.ts'
import { requestFor, type TestApp, testApp } from '#tests/support/test-app.ts'

const now = new Date('2026-11-22T10:00:00Z')
const address = { address1: '12 rue Haute', postalCode: '69003', city: 'Lyon' }

async function appWith(...drafts: (Partial<PartyDraft> & { lastName: string })[]) {
  const app = await testApp({ now })
  const ids: number[] = []
  for (const draft of drafts) ids.push((await app.call(createParty, draft)).id)
  return { app, ids }
}

const everybody = { filter: { search: '' }, except: [] }
const addresses = {
  people: everybody,
  type: { kind: 'address' },
  format: 'a4-63.5x38.1',
} as const satisfies Partial<PrintOrder>

async function read(app: TestApp, fileId: string | null) {
  const { path, ...init } = requestFor(downloadLabels, { fileId })
  const response = await app.http.request(path, init)
  expect(response.headers.get('content-type')).toBe('application/pdf')
  return readPdf(new Uint8Array(await response.arrayBuffer()))
}

async function printed(app: TestApp, order: Parameters<typeof app.call>[1]) {
  const { fileId } = await app.call(printLabels, order as never)
  return read(app, fileId)
}

describe('address labels', () => {
  it('are printed by postal code, foreign ones last with the country in capitals', async () => {
    const { app } = await appWith(
      {
        lastName: 'Weber',
        firstName: 'Jörg',
        country: 'DE',
        address1: 'Hauptstraße 3',
        postalCode: '10115',
        city: 'Berlin',
      },
      { lastName: 'Lefèvre', firstName: 'Zoé', salutation: 'Madame', ...address },
      {
        lastName: 'Martin',
        firstName: 'Noël',
        address1: 'Le Clos',
        address2: '3, chemin des Œillets',
        postalCode: '01000',
        city: 'Bourg-en-Bresse',
      },
    )
    const [page, ...more] = await printed(app, addresses)
    expect(more).toEqual([])
    expect(page?.texts.map(({ text }) => text)).toEqual([
      ...['Noël Martin', 'LE CLOS', '3 CHEMIN DES ŒILLETS', '01000 BOURG-EN-BRESSE'],
      ...['Madame Zoé Lefèvre', '12 RUE HAUTE', '69003 LYON'],
      ...['Jörg Weber', 'HAUPTSTRASSE 3', '10115 BERLIN', 'ALLEMAGNE'],
    ])
    const lefts = new Set(page?.texts.map(({ x }) => Math.round((x * 25.4) / 72)))
    expect([...lefts]).toEqual([11, 77, 143])
  })

  it('tell who is left out and why, and never print them', async () => {
    const { app, ids } = await appWith(
      { lastName: 'Avec', ...address },
      { lastName: 'Sans' },
      { lastName: 'Sansrue', postalCode: '69003', city: 'Lyon' },
      { lastName: 'Sansville', address1: '3 rue Basse' },
      { lastName: 'Nepas', doNotContact: true, ...address },
      { lastName: 'Retrait', ...address },
    )
    await app.call(changeConsent, { id: ids[5] ?? 0, channel: 'post', state: 'withdrawn' })
    const check = await app.call(checkLabels, addresses)
    expect(check).toMatchObject({ total: 6, printed: 1, problems: [] })
    expect(Object.fromEntries(check.leftOut.map(({ reason, count }) => [reason, count]))).toEqual({
      ...{ 'do-not-contact': 2, 'no-address': 1, 'no-street': 1, 'no-town': 1 },
    })
    expect(check.sample?.map((item) => item.kind === 'text' && item.text)).toEqual([
      ...['Avec', '12 RUE HAUTE', '69003 LYON'],
    ])
    const everyone = { ...addresses, excludeDoNotContact: false }
    expect(await app.call(checkLabels, everyone)).toMatchObject({ printed: 3 })
    const [page] = await printed(app, addresses)
    expect(page?.texts.map(({ text }) => text)).toEqual(['Avec', '12 RUE HAUTE', '69003 LYON'])
    const nobody = { ...addresses, people: { ids: [ids[1] ?? 0] } }
    expect(await app.refusal(printLabels, nobody)).toMatchObject({ code: 'labels/nobody' })
  })

  it('begin at the first free label, so many copies of each', async () => {
    const { app, ids } = await appWith({ lastName: 'Un', ...address })
    const pages = await printed(app, {
      ...{ ...addresses, people: { ids }, copies: 3, firstFree: 20 },
    })
    expect(pages.map(({ texts }) => texts.length / 3)).toEqual([2, 1])
    expect(pages[0]?.texts[0]?.y).toBeGreaterThan(((15.15 + 6 * 38.1) * 72) / 25.4)
    expect(await app.refusal(printLabels, { ...addresses, firstFree: 22 })).toMatchObject({
      code: 'labels/no-such-place',
    })
  })

  it('in great number are a job with its file', async () => {
    const { app } = await appWith()
    await app.db
      .insertInto('parties')
      .values(
        Array.from({ length: 1_000 }, (_, at) => ({
          ...{ code: `C${at}`, lastName: `Nom${at}`, address1: '1 rue Haute', city: 'Lyon' },
          postalCode: String(69_000 + (at % 9)),
        })),
      )
      .execute()
    const { jobId, fileId, labels } = await app.call(printLabels, addresses)
    expect({ fileId, labels }).toEqual({ fileId: null, labels: 1_000 })
    await app.runJobs()
    const { state, result } = await app.call(getJob, { id: jobId ?? 0 })
    expect({ state, result }).toMatchObject({ state: 'done', result: { labels: 1_000 } })
    const pages = await read(app, String(result?.fileId))
    expect(pages).toHaveLength(48)
    const names = pages
      .flatMap(({ texts }) => texts.map(({ text }) => text))
      .filter((text) => text.startsWith('Nom'))
    expect(new Set(names).size).toBe(1_000)
  })
})

describe('other labels', () => {
  it('show the card number as a barcode; who has none, or one too long, is told', async () => {
    const { app } = await appWith(
      { lastName: 'Ean', cardNumber: '2990001000018' },
      { lastName: 'Code', cardNumber: 'FID-77' },
      { lastName: 'Aucune' },
      { lastName: 'Accent', cardNumber: 'É7' },
      { lastName: 'Long', cardNumber: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ-0123456789' },
    )
    const order = {
      people: everybody,
      type: { kind: 'card' },
      format: 'a4-38.1x21.2',
      sort: 'name',
    } as const
    const check = await app.call(checkLabels, order)
    expect(Object.fromEntries(check.leftOut.map(({ reason, count }) => [reason, count]))).toEqual({
      ...{ 'no-card': 1, 'card-unreadable': 1, 'card-too-long': 1 },
    })
    const [page] = await printed(app, order)
    expect(page?.texts.map(({ text }) => text)).toEqual([
      ...['Code', 'FID-77', 'Ean', '2990001000018'],
    ])
    // An EAN-13 has 30 bars; Code 128 three for each of its 8 characters and four for the stop.
    expect(page?.rects).toHaveLength(30 + 28)
  })

  it('say what their text says, with merge fields', async () => {
    const { app } = await appWith({ lastName: 'Petit', firstName: 'Zoé', ...address })
    const order = { people: everybody, format: 'roll-89x36' } as const
    const text = 'Cadeau pour {{firstName|vous}}\n{{company}}\nÀ retirer à {{city}}'
    const pages = await printed(app, { ...order, type: { kind: 'text', text } })
    expect(pages.map(({ texts }) => texts.map((one) => one.text))).toEqual([
      ['Cadeau pour Zoé', 'À retirer à Lyon'],
    ])
    const faulty = { ...order, type: { kind: 'text', text: 'Bonjour {{nope}}' } } as const
    expect((await app.call(checkLabels, faulty)).problems).toMatchObject([
      { code: 'unknown-field' },
    ])
    expect(await app.refusal(printLabels, faulty)).toMatchObject({ code: 'labels/faulty-text' })
  })
})

describe('label rights and formats', () => {
  it('lets who may view customers print one label, and only exporters many', async () => {
    const { app, ids } = await appWith(
      { lastName: 'Un', ...address },
      { lastName: 'Deux', ...address },
    )
    app.grant('customers.view')
    const one = { ...addresses, people: { ids: ids.slice(0, 1) } }
    expect(await printed(app, one)).toHaveLength(1)
    const many = await app.refusal(printLabels, addresses)
    expect(many).toMatchObject({ status: 403, details: { right: 'exports.run' } })
    app.grant('customers.view', 'exports.run')
    const mailing = { ...addresses, people: { stepId: 1 } }
    expect(await app.refusal(checkLabels, mailing)).toMatchObject({
      details: { right: 'mailings.view' },
    })
  })

  it('keeps formats of the shop, whose labels lie on the page', async () => {
    const { app, ids } = await appWith({ lastName: 'Un', ...address })
    const shape = {
      ...{ name: 'Étiquettes maison', pageWidth: 210, pageHeight: 297, columns: 2, rows: 5 },
      ...{
        labelWidth: 90,
        labelHeight: 50,
        marginLeft: 10,
        marginTop: 20,
        gapX: 5,
        gapY: 2,
        padding: 5,
      },
    }
    const made = await app.call(createLabelFormat, shape)
    expect(
      await app.refusal(createLabelFormat, { ...shape, name: 'etiquettes MAISON' }),
    ).toMatchObject({
      code: 'labels/name-taken',
    })
    expect(await app.refusal(createLabelFormat, { ...shape, name: 'x', columns: 3 })).toMatchObject(
      {
        status: 400,
      },
    )
    expect(await printed(app, { ...addresses, format: made.key })).toHaveLength(1)
    await app.call(updateLabelFormat, { ...shape, id: made.id ?? 0, rows: 4 })
    expect((await app.call(listLabelFormats, {})).at(-1)).toMatchObject({ rows: 4, key: made.key })
    await app.call(deleteLabelFormat, { id: made.id ?? 0 })
    const gone = { ...addresses, people: { ids }, format: made.key }
    expect(await app.refusal(printLabels, gone)).toMatchObject({ code: 'labels/no-such-format' })
  })
})
