import { z } from 'zod'
import { Bytes, Done, endpoint } from '../kernel/endpoint.ts'
import { Id } from '../kernel/values.ts'
import { LabelFormat, LabelShape } from './format.ts'
import { LabelOrder, LeftOutReason, PrintOrder } from './order.ts'

export const listLabelFormats = endpoint('GET', '/api/label-formats', {
  may: 'customers.view',
  summary: 'Sheets and rolls of labels: those of the program, then the shop’s own by name',
  input: z.object({}),
  output: z.array(LabelFormat),
})

export const createLabelFormat = endpoint('POST', '/api/label-formats', {
  may: 'settings.manage',
  summary: 'Add an own label format, in millimetres',
  input: LabelShape,
  output: LabelFormat,
})

export const updateLabelFormat = endpoint('PUT', '/api/label-formats/:id', {
  may: 'settings.manage',
  summary: 'Change an own label format',
  input: LabelShape.safeExtend({ id: Id }),
  output: LabelFormat,
})

export const deleteLabelFormat = endpoint('DELETE', '/api/label-formats/:id', {
  may: 'settings.manage',
  summary: 'Delete an own label format',
  input: z.object({ id: Id }),
  output: Done,
})

const Count = z.int().nonnegative()

const DrawnItem = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    x: z.number(),
    y: z.number(),
    size: z.number(),
    text: z.string(),
    width: z.number(),
  }),
  z.object({
    kind: z.literal('bar'),
    x: z.number(),
    y: z.number(),
    width: z.number(),
    height: z.number(),
  }),
])

export const LabelCheck = z.object({
  /** Customers asked for, and those who get a label. */
  total: Count,
  printed: Count,
  leftOut: z.array(z.object({ reason: LeftOutReason, count: Count })),
  /** Faults in the text of a free label: nothing is printed before they are mended. */
  problems: z.array(z.object({ code: z.string(), text: z.string() })),
  /** The first label as it will be drawn, in millimetres of the label; null when there is none. */
  sample: z.array(DrawnItem).nullable(),
})
export type LabelCheck = z.infer<typeof LabelCheck>

export const checkLabels = endpoint('POST', '/api/labels/check', {
  may: 'customers.view',
  summary:
    'How many labels, who is left out and why, and the first label; more than one customer takes exports.run',
  input: LabelOrder,
  output: LabelCheck,
  asks: true,
})

export const printLabels = endpoint('POST', '/api/labels', {
  may: 'customers.view',
  summary:
    'Labels as a PDF: a few at once with the file’s id, many as a job whose result names it; more than one customer takes exports.run',
  input: PrintOrder,
  output: z.object({
    labels: Count,
    fileId: z.uuid().nullable(),
    jobId: Id.nullable(),
  }),
})

export const downloadLabels = endpoint('GET', '/api/labels/files/:fileId', {
  may: 'customers.view',
  summary: 'The PDF that a run of labels made',
  input: z.object({ fileId: z.uuid() }),
  output: Bytes,
})
