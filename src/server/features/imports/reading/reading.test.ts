import { Buffer } from 'node:buffer'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import yazl from 'yazl'
import { testFolder } from '#tests/support/test-app.ts'
import { createCsvParser, csvCell } from './csv.ts'
import { inspect, readRows } from './rows.ts'
import { surveyFile } from './survey.ts'

async function rowsOf(bytes: Buffer | string) {
  const path = join(await testFolder(), 'file')
  await writeFile(path, bytes)
  const reading = await inspect(path, await surveyFile(path))
  const rows: string[][] = []
  const lines: number[] = []
  for await (const batch of readRows(path, reading)) {
    rows.push(...batch.rows)
    lines.push(...batch.lines)
  }
  return { reading, rows, lines }
}

const refusalOf = async (bytes: Buffer | string) =>
  rowsOf(bytes).then(
    () => 'taken',
    (error: { code: string }) => error.code,
  )

type Entry = { name: string; text: string }

async function zip(entries: readonly Entry[]): Promise<Buffer> {
  const file = new yazl.ZipFile()
  for (const { name, text } of entries) file.addBuffer(Buffer.from(text), name)
  file.end()
  const parts: Buffer[] = []
  for await (const part of file.outputStream) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

const workbook = (sheet: string): Entry[] => [
  {
    name: 'xl/workbook.xml',
    text: '<workbook xmlns:r="r"><sheets><sheet name="Clients" r:id="rId1"/></sheets></workbook>',
  },
  {
    name: 'xl/_rels/workbook.xml.rels',
    text: '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
  },
  {
    name: 'xl/sharedStrings.xml',
    text: '<sst><si><t>Nom</t></si><si><t>Dupont &amp; fils</t></si></sst>',
  },
  {
    name: 'xl/styles.xml',
    text: '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
  },
  {
    name: 'xl/worksheets/sheet1.xml',
    text: `<worksheet><sheetData>${sheet}</sheetData></worksheet>`,
  },
]

describe('CSV', () => {
  it('is read back as it was written, cut anywhere', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'é', '"', ';', '\n', '\r\n', ',', ' ', '€', "'"),
    })
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), {
      minLength: 1,
      maxLength: 6,
    })
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 7 }), (rows, piece) => {
        const text = rows.map((row) => row.map(quoted).join(';')).join('\n')
        const parser = createCsvParser(';')
        const read: string[][] = []
        for (let at = 0; at < text.length; at += piece) {
          read.push(...parser.push(text.slice(at, at + piece)).rows)
        }
        read.push(...parser.end().rows)
        expect(read).toEqual(rows)
      }),
    )
  })

  it.each([';', ',', '\t', '|'])('is read with the separator %j', async (separator) => {
    const { reading, rows } = await rowsOf(
      [
        ['Nom', 'Ville'],
        ['Dupont', 'Lyon'],
      ]
        .map((r) => r.join(separator))
        .join('\r\n'),
    )
    expect(reading.separator).toBe(separator)
    expect(rows).toEqual([['Dupont', 'Lyon']])
  })

  it('is read in every encoding of the trade', async () => {
    const text = 'Nom;Prénom\nLefèvre;Zoé €\n'
    const windows = Buffer.from(text.replace('€', '\u0080'), 'latin1')
    for (const bytes of [text, `\ufeff${text}`, windows, Buffer.from(`\ufeff${text}`, 'utf16le')]) {
      const { reading, rows } = await rowsOf(bytes)
      expect(reading.headers).toEqual(['Nom', 'Prénom'])
      expect(rows).toEqual([['Lefèvre', 'Zoé €']])
    }
  })

  it('keeps the line of each row, whatever stands above and between', async () => {
    const { reading, rows, lines } = await rowsOf(
      'Export;;\n\nCode;Nom;Ville\n1;"Du\npont";Lyon\n;;\n2;Petit;Nice',
    )
    expect(reading.headerLine).toBe(3)
    expect(rows).toEqual([
      ['1', 'Du\npont', 'Lyon'],
      ['2', 'Petit', 'Nice'],
    ])
    expect(lines).toEqual([4, 7])
  })

  it('is found behind blank lines, however many, and read past them, not as rows', async () => {
    const blank = '\n'.repeat(20 * 2 ** 20)
    const start = process.cpuUsage()
    const { rows, lines } = await rowsOf(`\n\n${blank}Nom;Ville\nDupont;Lyon\n${blank}Petit;Nice\n`)
    expect(rows).toEqual([
      ['Dupont', 'Lyon'],
      ['Petit', 'Nice'],
    ])
    expect(lines).toEqual([blank.length + 4, 2 * blank.length + 5])
    // A tenth of a second of the processor's, however busy the machine; as rows they took ten.
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(5)
  })

  it('written for a spreadsheet is never a formula', () => {
    expect(csvCell('=1+1')).toBe("'=1+1")
    expect(csvCell('@x;y')).toBe(`"'@x;y"`)
    expect(csvCell('-12,5')).toBe('"-12,5"')
  })
})

const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`

describe('XLSX', () => {
  it('is read with its dates, numbers and holes', async () => {
    const sheet =
      '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="inlineStr"><is><t>Né le</t></is></c></row>' +
      '<row r="4"><c r="A4" t="s"><v>1</v></c><c r="B4"><v>12923</v></c><c r="C4" s="1"><v>46348</v></c></row>'
    const { reading, rows, lines } = await rowsOf(await zip(workbook(sheet)))
    expect(reading).toMatchObject({
      format: 'xlsx',
      sheet: 'Clients',
      headers: ['Nom', 'B', 'Né le'],
    })
    expect(rows).toEqual([['Dupont & fils', '12923', '2026-11-22']])
    expect(lines).toEqual([4])
  })
})

describe('a file without a line of headers', () => {
  it('loses none of its lines', async () => {
    const people = [
      'Dupont;Jean;jean@example.org;06 12 34 56 78',
      'Martin;Ève;;',
      'Petit;Paul;paul@example.org;',
    ]
    const { reading, rows, lines } = await rowsOf(`${people.join('\n')}\n`)
    expect(reading).toMatchObject({ headerLine: 0, headers: ['A', 'B', 'C', 'D'] })
    expect(rows.map((row) => row.join(';'))).toEqual(people)
    expect(lines).toEqual([1, 2, 3])
  })

  it.each([
    ['addresses alone', 'a@example.org\nb@example.org\n', 0],
    ['amounts by day', '2026-11-22;12,50;C1\n2026-11-23;8,00;C2\n', 0],
    ['names nobody knows', 'Naam;Woonplaats\nDupont;Gent\n', 1],
    ['a known name above a date', 'Nom;01/02/2026\nDupont;12\n', 1],
  ])('is told by what stands in it: %s', async (_, text, headerLine) => {
    expect((await rowsOf(text)).reading.headerLine).toBe(headerLine)
  })
})

describe('a file that is no table', () => {
  it.each([
    ['empty', Buffer.alloc(0), 'imports/empty'],
    ['binary', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]), 'imports/binary'],
    ['full of zeros', Buffer.from('a;b\0\0\n1;2\n'), 'imports/binary'],
    ['old Excel', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'imports/old-excel'],
    [
      'encrypted',
      Buffer.concat([
        Buffer.from('d0cf11e0a1b11ae1', 'hex'),
        Buffer.from('EncryptedPackage', 'utf16le'),
      ]),
      'imports/encrypted',
    ],
    ['without rows', 'Nom;Ville\n', 'imports/no-rows'],
    [
      'of 2,000 columns',
      `${Array.from({ length: 2_000 }, (_, at) => `c${at}`).join(';')}\n${'1;'.repeat(1_999)}1\n`,
      'imports/too-many-columns',
    ],
    [
      'with a quote that never closes',
      `Nom;Ville\n"a;${'b;c\n'.repeat(400_000)}`,
      'imports/unclosed-quote',
    ],
    [
      'with a quote that a short file never closes',
      'Nom;Ville\n"a;b\nc;d\n',
      'imports/unclosed-quote',
    ],
    ['of one endless line', `Nom;Ville\n${'a;'.repeat(2 ** 20)}`, 'imports/line-too-long'],
    ['of blank lines', '\r\n'.repeat(2 ** 20), 'imports/no-rows'],
    [
      'a damaged workbook',
      Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(200, 7)]),
      'imports/broken',
    ],
  ])('is refused by name: %s', async (_, bytes, code) => {
    expect(await refusalOf(bytes)).toBe(code)
  })

  it('and neither is a zip that is no workbook, nor a bomb', async () => {
    expect(await refusalOf(await zip([{ name: 'readme.txt', text: 'hello' }]))).toBe(
      'imports/broken',
    )
    const bomb = workbook(`<row r="1"><c r="A1"><v>1</v></c></row>${' '.repeat(60 * 2 ** 20)}`)
    expect(await refusalOf(await zip(bomb))).toBe('imports/zip-bomb')
  })

  it('but 300 columns are read', async () => {
    const { reading } = await rowsOf(
      `${Array.from({ length: 300 }, (_, at) => `c${at}`).join(';')}\n${'1;'.repeat(299)}1\n`,
    )
    expect(reading.headers).toHaveLength(300)
  })
})
