/** Labels drawn into a PDF: text in an embedded font, barcodes as rectangles. */
import { fileURLToPath } from 'node:url'
import bwip from 'bwip-js/generic'
import PDFDocument from 'pdfkit'
import { type Measure, millimetresPerPoint } from '#core/labels/fit.ts'
import type { Box, LabelShape } from '#core/labels/format.ts'
import { type Bars, type Drawn, symbologyOf } from '#core/labels/layout.ts'

/* Narrow, so that 38 characters are legible on a small label; Latin, Greek and Cyrillic. */
const font = fileURLToPath(
  import.meta.resolve(
    '@expo-google-fonts/roboto-condensed/400Regular/RobotoCondensed_400Regular.ttf',
  ),
)

const points = (millimetres: number) => millimetres / millimetresPerPoint

type About = { title: string; language: string; now: Date }

/** A document that is read as a stream while it is drawn. */
export function openPdf({ title, language, now }: About) {
  const document = new PDFDocument({
    autoFirstPage: false,
    font,
    lang: language,
    info: { Title: title, CreationDate: now, Producer: 'Malleposte', Creator: 'Malleposte' },
  })
  const measure = measureWith(document)
  return {
    stream: document,
    measure,
    addPage: ({ pageWidth, pageHeight }: LabelShape) => {
      document.addPage({ size: [points(pageWidth), points(pageHeight)], margin: 0 })
    },
    /** What is drawn on a label, at its place of the page. */
    draw: (items: readonly Drawn[], { x, y }: Box) => {
      for (const item of items) {
        if (item.kind === 'bar') {
          document.rect(
            points(x + item.x),
            points(y + item.y),
            points(item.width),
            points(item.height),
          )
        } else {
          document
            .fontSize(item.size)
            .text(item.text, points(x + item.x), points(y + item.y), textOptions)
        }
      }
      if (items.some(({ kind }) => kind === 'bar')) document.fill('black')
    },
  }
}

const textOptions = { lineBreak: false, baseline: 'alphabetic' } as const

function measureWith(document: PDFKit.PDFDocument): Measure {
  const widths = new Map<string, number>()
  return (text) => {
    const known = widths.get(text)
    if (known !== undefined) return known
    const width = document.fontSize(1).widthOfString(text) * millimetresPerPoint
    // Towns and salutations come again and again; a million names need not be kept.
    if (widths.size > 20_000) widths.clear()
    widths.set(text, width)
    return width
  }
}

/** Measures without drawing, for the sample of the dialog. */
export const createMeasure = (): Measure =>
  measureWith(new PDFDocument({ autoFirstPage: false, font }))

/** The bars of a card number; it holds only what Code 128 can write. */
export function barsOf(number: string): Bars {
  // Not the export named `raw`: that is an encoder of the same name.
  const [drawn] = bwip.raw({ bcid: symbologyOf(number), text: number })
  if (!drawn || !('sbs' in drawn)) throw new Error('a linear barcode has bars')
  return drawn.sbs
}
