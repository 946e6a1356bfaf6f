import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { heightOf } from './fit.ts'
import { type Box, builtInFormats, insideOf, LabelShape, perPage, positionOf } from './format.ts'
import { type LabelContent, layLabel, longestCard, symbologyOf } from './layout.ts'
import { type Postal, postalLimits, postalLines } from './postal.ts'

/** Not a font, but as uneven as one. */
const measure = (text: string) =>
  [...text].reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) % 5) * 0.04 + 0.05, 0)

const size = (least: number, most: number) =>
  fc.integer({ min: least * 10, max: most * 10 }).map((tenths) => tenths / 10)

/** Any format that the administrator may save. */
const shape = fc
  .record({
    name: fc.constant('x'),
    pageWidth: size(15, 450),
    pageHeight: size(10, 650),
    columns: fc.integer({ min: 1, max: 6 }),
    rows: fc.integer({ min: 1, max: 14 }),
    labelWidth: size(15, 210),
    labelHeight: size(10, 150),
    marginLeft: size(0, 30),
    marginTop: size(0, 30),
    gapX: size(0, 10),
    gapY: size(0, 10),
    padding: size(0, 20),
  })
  .filter((input) => LabelShape.safeParse(input).success)

const within = (inner: Box, outer: Box) =>
  inner.x >= outer.x - 0.02 &&
  inner.y >= outer.y - 0.02 &&
  inner.x + inner.width <= outer.x + outer.width + 0.02 &&
  inner.y + inner.height <= outer.y + outer.height + 0.02

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width - 0.01 &&
  b.x < a.x + a.width - 0.01 &&
  a.y < b.y + b.height - 0.01 &&
  b.y < a.y + a.height - 0.01

describe('a sheet', () => {
  it.each(builtInFormats)('$name lies on its page', (format) => {
    expect(LabelShape.safeParse(format).error).toBeUndefined()
  })

  it('has labels that never overlap nor leave it, wherever one begins', () => {
    fc.assert(
      fc.property(
        fc.oneof(shape, fc.constantFrom(...builtInFormats)),
        fc.nat(60),
        fc.nat(1_000),
        (format, count, start) => {
          const firstFree = 1 + (start % perPage(format))
          const places = Array.from({ length: count }, (_, at) => positionOf(format, at, firstFree))
          const page = { x: 0, y: 0, width: format.pageWidth, height: format.pageHeight }
          for (const [at, one] of places.entries()) {
            expect(within(one.box, page)).toBe(true)
            const others = places.slice(at + 1).filter((other) => other.page === one.page)
            expect(others.some((other) => overlap(one.box, other.box))).toBe(false)
          }
        },
      ),
    )
  })
})

describe('a label', () => {
  const word = fc.string({ unit: 'grapheme', maxLength: 50 })
  const content: fc.Arbitrary<LabelContent> = fc.oneof(
    fc.record({
      kind: fc.constant('lines' as const),
      lines: fc.array(
        fc.array(word, { maxLength: 6 }).map((words) => words.join(' ')),
        {
          maxLength: 12,
        },
      ),
    }),
    fc.record({
      kind: fc.constant('card' as const),
      name: word,
      number: fc.string({ minLength: 1, maxLength: 20 }),
      bars: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 7, maxLength: 151 }),
    }),
  )

  it('draws nothing beyond its inside, whatever is written on it', () => {
    fc.assert(
      fc.property(fc.oneof(shape, fc.constantFrom(...builtInFormats)), content, (format, what) => {
        const inside = insideOf(format)
        for (const item of layLabel(format, what, measure)) {
          const box =
            item.kind === 'bar'
              ? item
              : { ...item, y: item.y - heightOf(item.size) * 0.8, height: heightOf(item.size) }
          expect(within(box, inside)).toBe(true)
          expect(box.height).toBeGreaterThan(0)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('shrinks a long line, then wraps it, then cuts it with a mark', () => {
    const [format] = builtInFormats
    if (!format) throw new Error('there are formats')
    const inside = insideOf(format).width
    const even = (text: string) => text.length * 0.17
    const draw = (line: string) =>
      layLabel(format, { kind: 'lines', lines: [line, 'LYON'] }, even).flatMap((item) =>
        item.kind === 'text' ? [item] : [],
      )
    expect(draw('Zoé').map(({ size: points }) => points)).toEqual([11, 11])
    const shrunk = draw('x'.repeat(Math.floor(inside / 0.17 / 8)))
    expect(shrunk).toHaveLength(2)
    expect(shrunk[0]?.size).toBeLessThan(9)
    const wrapped = draw('mot '.repeat(20).trim())
    expect(wrapped.length).toBeGreaterThan(2)
    expect(wrapped.at(-1)?.text).toBe('LYON')
    const cut = draw('mot '.repeat(200).trim())
    expect(cut.at(-1)?.text).toBe('LYON')
    expect(cut.at(-2)?.text).toMatch(/…$/)
  })

  it('takes a card number only when its bars can be read', () => {
    const [small, wide] = [builtInFormats[4], builtInFormats[3]]
    expect(small && longestCard(small)).toEqual({ any: 11, digits: 20 })
    expect(wide && longestCard(wide).any).toBeGreaterThan(30)
    expect(symbologyOf('2990001000018')).toBe('ean13')
    expect(symbologyOf('2990001000012')).toBe('code128')
    expect(symbologyOf('FID-77')).toBe('code128')
  })
})

describe('a postal address', () => {
  const nobody: Postal = {
    ...{ nature: 'person', salutation: '', firstName: '', lastName: '', company: '' },
    ...{ address1: '', address2: '', postalCode: '', city: '', country: 'FR' },
  }

  it.each<[string, Partial<Postal>, string[]]>([
    [
      'a person',
      {
        ...{ salutation: 'Madame', firstName: 'Zoé', lastName: 'Lefèvre' },
        ...{ address1: '12, rue de l’Église', postalCode: '13100', city: 'Aix-en-Provence' },
      },
      ['Madame Zoé Lefèvre', '12 RUE DE L’ÉGLISE', '13100 AIX-EN-PROVENCE'],
    ],
    [
      'a company, attention of somebody, with a post box under the street',
      {
        ...{ nature: 'company', company: 'Roux & Fils', lastName: 'Roux', firstName: 'Jean' },
        ...{ address1: '3 quai Nord', address2: 'BP 40123', postalCode: '69002', city: 'Lyon' },
      },
      ['Roux & Fils', 'Jean Roux', '3 QUAI NORD', 'BP 40123', '69002 LYON'],
    ],
    [
      'the street below what completes it, whichever field it is in',
      {
        ...{ lastName: 'Roy', address1: 'Bât. C, esc. 2' },
        ...{ address2: '5 bis av. Foch', postalCode: '75016', city: 'Paris' },
      },
      ['Roy', 'BÂT C ESC 2', '5 BIS AV FOCH', '75016 PARIS'],
    ],
    [
      'abroad, the country in capitals and in French',
      {
        ...{ lastName: 'Smith', address1: '10 High Street', postalCode: 'SW1A 2AA' },
        ...{ city: 'London', country: 'GB' },
      },
      ['Smith', '10 HIGH STREET', 'LONDON SW1A 2AA', 'ROYAUME-UNI'],
    ],
    [
      'a long street, abbreviated as far as needed and not more',
      {
        ...{ lastName: 'Roy', address1: '128 boulevard du Maréchal de Lattre de Tassigny' },
        ...{ postalCode: '76000', city: 'Rouen' },
      },
      ['Roy', '128 BD DU MAL DE LATTRE DE TASSIGNY', '76000 ROUEN'],
    ],
    [
      'what still is too long, wrapped',
      {
        ...{ lastName: 'Établissements Dupont et Compagnie des Grands Moulins de Paris' },
        ...{ address1: '1 rue A', postalCode: '75001', city: 'Paris' },
      },
      [
        'Établissements Dupont et Compagnie des',
        ...['Grands Moulins de Paris', '1 RUE A', '75001 PARIS'],
      ],
    ],
  ])('%s', (_, given, lines) => {
    expect(postalLines({ ...nobody, ...given }, 'FR')).toEqual(lines)
  })

  it('has at most six lines of 38 characters, and ends with town or country', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 90 })
    const address = fc.record({
      nature: fc.constantFrom('person', 'company'),
      salutation: text,
      firstName: text,
      lastName: text,
      company: text,
      address1: text,
      address2: text,
      postalCode: fc.string({ maxLength: 12 }),
      city: text,
      country: fc.constantFrom('FR', 'BE', 'GB', 'US', ''),
    })
    fc.assert(
      fc.property(address, (one) => {
        const lines = postalLines(one, 'FR')
        expect(lines.length).toBeLessThanOrEqual(postalLimits.lines)
        for (const line of lines) {
          expect([...line].length).toBeLessThanOrEqual(postalLimits.characters)
          // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
          expect(line).not.toMatch(/[\u0000-\u001f]/)
        }
        if (one.country === 'BE') expect(lines.at(-1)).toBe('BELGIQUE')
      }),
    )
  })
})
