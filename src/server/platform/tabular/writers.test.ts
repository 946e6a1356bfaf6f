import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import yauzl from 'yauzl'
import { csvCell, csvLine, guardFormula, writeCsv } from './csv-writer.ts'
import { writeXlsx } from './xlsx-writer.ts'

/** Reads RFC 4180 the slow and certain way. */
function readCsv(text: string, separator: string): string[][] {
  const rows: string[][] = []
  const cell = /(?:"((?:[^"]|"")*)"|([^"\r\n]*?))(?=SEP|\r\n)(SEP|\r\n)/y
  const pattern = new RegExp(cell.source.replaceAll('SEP', separator), 'y')
  let row: string[] = []
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
    if (match[3] === '\r\n') {
      rows.push(row)
      row = []
    }
  }
  return rows
}

const cells = fc.array(
  fc.oneof(fc.string(), fc.constantFrom('a;b', 'a"b', 'a\r\nb', ' x ', '=1+1', '-3', '')),
  { minLength: 1, maxLength: 6 },
)

it('CSV gives every cell back, but for the apostrophe before what would be run', () => {
  fc.assert(
    fc.property(fc.array(cells, { maxLength: 6 }), fc.constantFrom(';', ',', '\t'), (rows, sep) => {
      const text = rows.map((row) => csvLine(row, sep)).join('')
      expect(readCsv(text, sep)).toEqual(rows.map((row) => row.map(guardFormula)))
    }),
  )
})

it.each([
  ['=HYPERLINK("http://x")', "'=HYPERLINK"],
  ['@SUM(A1)', "'@SUM"],
  ['+cmd|calc', "'+cmd"],
  ['-2+3', "'-2+3"],
  [' =1', "' =1"],
  ['\t=1', "'\t=1"],
  ['-12,50', '-12,50'],
  ['+33 6 12 34 56 78', '+33 6 12 34 56 78'],
  ['Élise', 'Élise'],
])('CSV writes %j as %j', (value, start) => {
  expect(csvCell(value, ';').replace(/^"/, '')).toMatch(
    new RegExp(`^${start.replace(/[+()$*]/g, '\\$&')}`),
  )
})

it('CSV comes in the encoding asked for', async () => {
  const one = (encoding: 'utf-8' | 'windows-1252') =>
    buffer(writeCsv([['Été', '5 €']], { separator: ';', encoding }))
  expect((await one('utf-8')).toString('utf8')).toBe('\ufeffÉté;5 €\r\n')
  expect((await one('windows-1252')).toString('latin1')).toBe('\xc9t\xe9;5 \x80\r\n')
})

it('XLSX is a zip whose sheet holds text as text, numbers as numbers, and nothing that XML forbids', async () => {
  const bytes = await buffer(
    writeXlsx(
      [
        ['Nom', 'CA'],
        ['=1+1 <&>"\u0000\ud800', 12.5],
        ['', null],
      ],
      'A/B',
    ),
  )
  const files = await unzip(bytes)
  expect(Object.keys(files)).toContain('[Content_Types].xml')
  expect(files['xl/workbook.xml']).toContain('<sheet name="A B"')
  expect(files['xl/worksheets/sheet1.xml']).toContain(
    '<row><c t="inlineStr"><is><t xml:space="preserve">=1+1 &lt;&amp;&gt;&quot;\ufffd</t></is></c><c><v>12.5</v></c></row><row><c/><c/></row>',
  )
})

it('XLSX fails as a whole when its rows fail', async () => {
  async function* broken() {
    yield ['a']
    throw new Error('lost connection')
  }
  await expect(buffer(writeXlsx(broken(), 'x'))).rejects.toThrow('lost connection')
})

async function unzip(bytes: Buffer): Promise<Record<string, string>> {
  const zip = await yauzl.fromBufferPromise(bytes)
  const files: Record<string, string> = {}
  for await (const entry of zip.eachEntry()) {
    const stream = await zip.openReadStreamPromise(entry)
    files[entry.fileName] = (await buffer(stream)).toString('utf8')
  }
  return files
}
