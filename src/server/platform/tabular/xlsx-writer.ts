/** Writes an XLSX file of one sheet as a stream: rows go to the zip as they come, memory stays flat. */
import { Readable } from 'node:stream'
import yazl from 'yazl'
import { AppError } from '#core/kernel/app-error.ts'

/** Text is written as text and never as a formula. */
type XlsxCell = string | number | null

type Rows = AsyncIterable<readonly XlsxCell[]> | Iterable<readonly XlsxCell[]>

/** What a sheet can hold, by the format. */
const mostRows = 1_048_576
const longestCell = 32_767

/** The bytes of the file. The first row is the heading: bold and frozen. */
export function writeXlsx(rows: Rows, sheetName: string): Readable {
  const zip = new yazl.ZipFile()
  const add = (path: string, xml: string) => zip.addBuffer(Buffer.from(`${xmlHead}${xml}`), path)
  add('[Content_Types].xml', contentTypes)
  add('_rels/.rels', packageRelations)
  add('xl/workbook.xml', workbook(sheetName))
  add('xl/_rels/workbook.xml.rels', workbookRelations)
  add('xl/styles.xml', styles)
  const sheet = Readable.from(sheetXml(rows))
  const output = Readable.from(zip.outputStream)
  sheet.once('error', (error) => output.destroy(error))
  zip.addReadStream(sheet, 'xl/worksheets/sheet1.xml')
  zip.end()
  return output
}

async function* sheetXml(rows: Rows): AsyncGenerator<Buffer> {
  let chunk = `${xmlHead}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultColWidth="18" defaultRowHeight="15"/><sheetData>`
  let count = 0
  for await (const row of rows) {
    count += 1
    if (count > mostRows) throw tooManyRows()
    chunk += `<row>${row.map((cell) => cellXml(cell, count === 1)).join('')}</row>`
    if (chunk.length < 65_536) continue
    yield Buffer.from(chunk)
    chunk = ''
  }
  yield Buffer.from(`${chunk}</sheetData></worksheet>`)
}

const tooManyRows = () =>
  new AppError('invalid', 'files/too-many-rows', 'An XLSX sheet holds 1 048 576 rows at most.', {
    details: { most: mostRows },
  })

function cellXml(cell: XlsxCell, isHeading: boolean): string {
  if (cell === null || cell === '') return '<c/>'
  if (typeof cell === 'number') return Number.isFinite(cell) ? `<c><v>${cell}</v></c>` : '<c/>'
  const style = isHeading ? ' s="1"' : ''
  const text = escapeXml(cell.slice(0, longestCell))
  return `<c t="inlineStr"${style}><is><t xml:space="preserve">${text}</t></is></c>`
}

/* XML 1.0 has no way at all to write these. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the very characters to remove
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    .replace(unwritable, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const pack = 'http://schemas.openxmlformats.org/package/2006'
const media = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const contentTypes = `<Types xmlns="${pack}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${media}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${media}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${media}.styles+xml"/></Types>`
const packageRelations = `<Relationships xmlns="${pack}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`
const workbookRelations = `<Relationships xmlns="${pack}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`
const styles = `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs></styleSheet>`

/** A sheet's name is at most 31 characters, without those that formulas use. */
const workbook = (sheetName: string) =>
  `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${escapeXml(
    sheetName
      .replace(/[\\/?*[\]:']/g, ' ')
      .slice(0, 31)
      .trim() || 'Sheet1',
  )}" sheetId="1" r:id="rId1"/></sheets></workbook>`
