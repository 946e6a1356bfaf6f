/** Lists of numbers that are not called. */
import { z } from 'zod'
import { Done, endpoint } from '../kernel/endpoint.ts'
import { Id, Instant } from '../kernel/values.ts'

export const DoNotCallList = z.object({
  id: Id,
  label: z.string(),
  kind: z.enum(['own', 'imported']),
  fileName: z.string(),
  numbers: z.number().int(),
  createdAt: Instant,
})
export type DoNotCallList = z.infer<typeof DoNotCallList>

const Label = z.string().trim().min(1).max(120)
const Lists = z.array(DoNotCallList)

export const listDoNotCall = endpoint('GET', '/api/do-not-call-lists', {
  may: 'settings.manage',
  summary: 'The lists of numbers that are not called, with how many they hold',
  input: z.object({}),
  output: Lists,
})
export const importDoNotCall = endpoint('POST', '/api/do-not-call-lists/import', {
  may: 'settings.manage',
  summary:
    'A new list from the numbers of a CSV or XLSX file, whatever columns they are in: the body is its bytes',
  input: z.object({ label: Label, fileName: z.string().trim().min(1).max(300) }),
  output: z.object({ list: DoNotCallList, unread: z.number().int() }),
})
export const addDoNotCall = endpoint('POST', '/api/do-not-call-lists/own', {
  may: 'settings.manage',
  summary: 'Put numbers on the house’s own list',
  input: z.object({ numbers: z.array(z.string().trim().min(1).max(40)).min(1).max(1_000) }),
  output: z.object({ added: z.number().int(), unread: z.array(z.string()), lists: Lists }),
})
export const deleteDoNotCall = endpoint('DELETE', '/api/do-not-call-lists/:id', {
  may: 'settings.manage',
  summary: 'Delete a list: its numbers may be called again unless another holds them',
  input: z.object({ id: Id }),
  output: Done,
})
export const removeDoNotCall = endpoint('POST', '/api/do-not-call-lists/own/remove', {
  may: 'settings.manage',
  summary: 'Take a number off the house’s own list',
  input: z.object({ number: z.string().trim().min(1).max(40) }),
  output: Done,
})
