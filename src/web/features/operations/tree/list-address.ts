import { z } from 'zod'
import { OperationSort } from '#core/operations/api.ts'

const optional = <T extends z.ZodType>(type: T) => type.optional().catch(undefined)
const Percent = z.coerce.number().int().min(0).max(100)

/** What of the page is in its address. */
export const ListAddress = z.object({
  folder: optional(z.coerce.number().int().positive()),
  search: z.coerce.string().catch('').default(''),
  state: optional(z.string()),
  family: optional(z.coerce.number().int().positive()),
  owner: optional(z.string()),
  from: optional(Percent),
  to: optional(Percent),
  template: optional(z.enum(['yes', 'no'])),
  sort: OperationSort.catch('label').default('label'),
  direction: z.enum(['asc', 'desc']).catch('asc').default('asc'),
  pane: z.enum(['tree', 'list']).catch('tree').default('tree'),
})
export type ListAddress = z.infer<typeof ListAddress>

export const noFilter = {
  search: '',
  state: undefined,
  family: undefined,
  owner: undefined,
  from: undefined,
  to: undefined,
  template: undefined,
} satisfies Partial<ListAddress>

export const isFiltered = (address: ListAddress): boolean =>
  Object.keys(noFilter).some((key) => {
    const value = address[key as keyof typeof noFilter]
    return value !== undefined && value !== ''
  })
