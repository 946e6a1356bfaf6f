import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { z } from 'zod'

/**
 * State kept in the address (filter, sort, tab), so that it can be shared and Back undoes it. Every field
 * of the schema needs a default and a `catch`: an address edited by hand must not break the page.
 * `set(patch)` replaces the entry of the history unless `push` is asked for.
 */
export function useUrlState<Schema extends z.ZodType<Record<string, unknown>>>(
  schema: Schema,
): readonly [
  z.output<Schema>,
  (patch: Partial<z.output<Schema>>, options?: { push?: boolean }) => void,
] {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  const set = useCallback(
    (patch: Partial<z.output<Schema>>, { push = false } = {}) => {
      void navigate({
        to: '.',
        search: (before: Record<string, unknown>) => withoutEmpty({ ...before, ...patch }),
        replace: !push,
      })
    },
    [navigate],
  )
  return [schema.parse(search), set]
}

/** What is empty is not written: the address stays short. */
function withoutEmpty(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
  )
}
