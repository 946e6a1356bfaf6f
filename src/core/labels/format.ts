/** Sheets and rolls of labels: where each label lies. Millimetres throughout, from the top left corner. */
import { z } from 'zod'
import { Id } from '../kernel/values.ts'

const mm = (least: number, most: number) => z.number().min(least).max(most)

const Shape = z.object({
  name: z.string().trim().min(1).max(80),
  pageWidth: mm(15, 450),
  pageHeight: mm(10, 650),
  columns: z.int().min(1).max(20),
  rows: z.int().min(1).max(60),
  labelWidth: mm(15, 450),
  labelHeight: mm(10, 650),
  /** From the page's edge to the first label. */
  marginLeft: mm(0, 400),
  marginTop: mm(0, 600),
  /** Between neighbouring labels. */
  gapX: mm(0, 200),
  gapY: mm(0, 200),
  /** Left blank inside the label's edge. */
  padding: mm(0, 20),
})

/** What a hundredth of a millimetre cannot explain is a mistake and not rounding. */
const tolerance = 0.01

const smallestInside = { width: 15, height: 10 } as const

type Shape = z.infer<typeof Shape>

const span = (start: number, count: number, size: number, gap: number) =>
  start + count * size + (count - 1) * gap

export const LabelShape = Shape.superRefine((shape, context) => {
  const refuse = (path: keyof Shape, message: string) =>
    context.addIssue({ code: 'custom', path: [path], message })
  const { marginLeft, marginTop, columns, rows, labelWidth, labelHeight, padding } = shape
  if (span(marginLeft, columns, labelWidth, shape.gapX) > shape.pageWidth + tolerance)
    refuse('columns', 'wider-than-the-page')
  if (span(marginTop, rows, labelHeight, shape.gapY) > shape.pageHeight + tolerance)
    refuse('rows', 'higher-than-the-page')
  if (labelWidth - 2 * padding < smallestInside.width - tolerance)
    refuse('labelWidth', 'no-room-inside')
  if (labelHeight - 2 * padding < smallestInside.height - tolerance)
    refuse('labelHeight', 'no-room-inside')
})
export type LabelShape = z.infer<typeof LabelShape>

/** A key of `builtInFormats`, or `custom-<id>`. */
export const FormatKey = z.string().max(40)

export const LabelFormat = Shape.extend({
  key: FormatKey,
  /** Null for one that comes with the program. */
  id: Id.nullable(),
})
export type LabelFormat = z.infer<typeof LabelFormat>

const a4 = { pageWidth: 210, pageHeight: 297 }

type BuiltIn = Omit<LabelFormat, 'key' | 'id' | 'name' | 'pageWidth' | 'pageHeight'>

const sheet = (key: string, layout: BuiltIn): LabelFormat => {
  const size = `${layout.labelWidth} × ${layout.labelHeight} mm`
  return { key, id: null, name: `A4 · ${size} · ${layout.columns * layout.rows}`, ...a4, ...layout }
}

/** One label a page, as label printers on a roll take them. */
const roll = (width: number, height: number): LabelFormat => ({
  ...{ key: `roll-${width}x${height}`, id: null, name: `${width} × ${height} mm` },
  ...{ pageWidth: width, pageHeight: height, columns: 1, rows: 1 },
  ...{ labelWidth: width, labelHeight: height, marginLeft: 0, marginTop: 0 },
  ...{ gapX: 0, gapY: 0, padding: 3 },
})

/** The sheets that every stationer has, and the sizes of common label printers. */
export const builtInFormats: readonly LabelFormat[] = [
  sheet('a4-63.5x38.1', {
    ...{ columns: 3, rows: 7, labelWidth: 63.5, labelHeight: 38.1 },
    ...{ marginLeft: 7.25, marginTop: 15.15, gapX: 2.5, gapY: 0, padding: 4 },
  }),
  sheet('a4-99.1x67.7', {
    ...{ columns: 2, rows: 4, labelWidth: 99.1, labelHeight: 67.7 },
    ...{ marginLeft: 4.65, marginTop: 13.1, gapX: 2.5, gapY: 0, padding: 6 },
  }),
  sheet('a4-70x36', {
    ...{ columns: 3, rows: 8, labelWidth: 70, labelHeight: 36 },
    ...{ marginLeft: 0, marginTop: 4.5, gapX: 0, gapY: 0, padding: 5 },
  }),
  sheet('a4-105x37', {
    ...{ columns: 2, rows: 8, labelWidth: 105, labelHeight: 37 },
    ...{ marginLeft: 0, marginTop: 0.5, gapX: 0, gapY: 0, padding: 6 },
  }),
  sheet('a4-38.1x21.2', {
    ...{ columns: 5, rows: 13, labelWidth: 38.1, labelHeight: 21.2 },
    ...{ marginLeft: 4.75, marginTop: 10.7, gapX: 2.5, gapY: 0, padding: 2 },
  }),
  roll(89, 36),
  roll(89, 28),
  roll(62, 29),
  roll(57, 32),
]

export const perPage = ({ columns, rows }: Pick<LabelShape, 'columns' | 'rows'>) => columns * rows

export const isRoll = (format: Pick<LabelShape, 'columns' | 'rows'>) => perPage(format) === 1

/** A rectangle on a page. */
export type Box = { x: number; y: number; width: number; height: number }

/** The label at a place of the sheet, 0 the first; row by row. */
export function boxAt(shape: LabelShape, place: number): Box {
  const [column, row] = [place % shape.columns, Math.floor(place / shape.columns)]
  return {
    x: shape.marginLeft + column * (shape.labelWidth + shape.gapX),
    y: shape.marginTop + row * (shape.labelHeight + shape.gapY),
    width: shape.labelWidth,
    height: shape.labelHeight,
  }
}

/** Where the label number `index` goes when the first sheet is used up to `firstFree`, 1 for a new sheet. */
export function positionOf(shape: LabelShape, index: number, firstFree: number) {
  const at = index + firstFree - 1
  return { page: Math.floor(at / perPage(shape)), box: boxAt(shape, at % perPage(shape)) }
}

/** Sheets that so many labels take. */
export const pagesFor = (shape: LabelShape, labels: number, firstFree: number) =>
  labels === 0 ? 0 : Math.ceil((labels + firstFree - 1) / perPage(shape))

/** What may be printed on, measured from the label's own corner. */
export const insideOf = ({ labelWidth, labelHeight, padding }: LabelShape): Box => ({
  x: padding,
  y: padding,
  width: labelWidth - 2 * padding,
  height: labelHeight - 2 * padding,
})
