import { z } from 'zod'
import { sortKeys } from '#core/parties/list.ts'
import { Criteria } from '#core/segments/criteria.ts'

/** What the list shows, kept in the address so that a view can be shared. */
export const ListState = z.object({
  search: z.coerce.string().default('').catch(''),
  sort: z.enum(sortKeys).default('name').catch('name'),
  descending: z.boolean().default(false).catch(false),
  criteria: Criteria.optional().catch(undefined),
  panel: z.boolean().optional().catch(undefined),
})
export type ListState = z.infer<typeof ListState>

const storageKey = 'malleposte-customer-columns'

/** Columns at first; the others wait in the chooser. */
const usualColumns = ['name', 'city', 'reach', 'store', 'visits', 'revenue', 'lastVisit']

const Stored = z.array(z.string()).min(1)

export function readColumns(): string[] {
  try {
    return Stored.parse(JSON.parse(localStorage.getItem(storageKey) ?? 'null'))
  } catch {
    return usualColumns
  }
}

export const writeColumns = (columns: readonly string[]): void =>
  localStorage.setItem(storageKey, JSON.stringify(columns))
