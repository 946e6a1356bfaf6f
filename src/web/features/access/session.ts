import { queryOptions, useQuery } from '@tanstack/react-query'
import { whoAmI } from '#core/access/api.ts'
import type { Me } from '#core/access/user.ts'
import type { Right } from '#core/kernel/right.ts'
import { CallError, call } from '../../platform/call.ts'

/** Whether the session ended while the app was open; set by who notices, never asked of the server. */
export const endedQuery = queryOptions({
  queryKey: ['session-ended'],
  queryFn: () => false,
  initialData: false,
  staleTime: Number.POSITIVE_INFINITY,
})

/**
 * Who is signed in; null when nobody is. The one query everything about the session reads. It keeps who was there
 * when the session ends, so that what is being written stays on screen until that person is back.
 */
export const actorQuery = queryOptions({
  queryKey: ['actor'],
  queryFn: async ({ client }): Promise<Me | null> =>
    call(whoAmI, {}).catch((error: unknown) => {
      if (!(error instanceof CallError && error.status === 401)) throw error
      const known = client.getQueryData<Me | null>(['actor']) ?? null
      if (known) client.setQueryData(endedQuery.queryKey, true)
      return known
    }),
  staleTime: 5 * 60_000,
})

export function useActor(): Me | undefined {
  return useQuery(actorQuery).data ?? undefined
}

/** Whether to enable what takes this right; the server decides again in any case. */
export function useMay(right: Right): boolean {
  return useActor()?.rights.includes(right) ?? false
}
