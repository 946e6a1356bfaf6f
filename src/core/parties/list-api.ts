/** The list of customers and the work on many of them. */
import { z } from 'zod'
import { Bytes, endpoint } from '../kernel/endpoint.ts'
import { Id, Locale } from '../kernel/values.ts'
import { BulkAction } from './bulk.ts'
import { type CardFieldKey, cardFields } from './fields.ts'
import { PartyCount, PartyFilter, PartyListQuery, PartyRow, PartySelection } from './list.ts'

export const listParties = endpoint('POST', '/api/parties/list', {
  may: 'customers.view',
  summary: 'A slice of the customers that match, in order',
  input: PartyListQuery.extend({
    /** What the last count said: lets a slice past the middle be read from the nearer end. */
    total: z.number().int().nonnegative().optional(),
  }),
  output: z.object({ rows: z.array(PartyRow) }),
  asks: true,
})

export const countParties = endpoint('POST', '/api/parties/count', {
  may: 'customers.view',
  summary: 'How many customers match, and how many of them can be reached',
  input: PartyFilter,
  output: PartyCount,
  asks: true,
})

export const countCardResets = endpoint('POST', '/api/parties/card-resets', {
  may: 'customers.write',
  summary:
    'How many of the customers another card type concerns, and how many of them lose figures',
  input: z.object({ selection: PartySelection, cardType: Id.nullable() }),
  output: z.object({ cards: z.number().int(), withFigures: z.number().int() }),
  asks: true,
})

const Job = z.object({ jobId: Id })

export const bulkParties = endpoint('POST', '/api/parties/bulk', {
  may: 'customers.write',
  summary: 'Tag, edit or delete many customers, as a job that can be undone',
  input: z.object({ selection: PartySelection, action: BulkAction }),
  output: Job,
})

export const undoBulk = endpoint('POST', '/api/parties/bulk/:jobId/undo', {
  may: 'customers.write',
  summary: 'Take bulk work back, leaving what has been changed again since',
  input: Job,
  output: Job,
})

const ExportField = z.union([
  z.enum([...(Object.keys(cardFields) as CardFieldKey[]), 'tags']),
  z.string().regex(/^custom\.[a-z][a-z0-9_]{0,39}$/),
])

export const exportParties = endpoint('POST', '/api/parties/export', {
  may: 'exports.run',
  summary: 'Write the chosen customers to a file, as a job whose result names it',
  input: z.object({
    selection: PartySelection,
    format: z.enum(['csv', 'xlsx']),
    /** Field keys, `custom.<key>` for custom ones, each with its heading. */
    columns: z
      .array(z.object({ field: ExportField, heading: z.string().max(120) }))
      .min(1)
      .max(200),
    /** The language of choices and of yes and no. */
    locale: Locale,
  }),
  output: Job,
})

export const downloadExport = endpoint('GET', '/api/parties/exports/:fileId', {
  may: 'exports.run',
  summary: 'The file that an export made',
  input: z.object({ fileId: z.uuid() }),
  output: Bytes,
})
