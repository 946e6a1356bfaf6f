import { queryOptions, useQuery } from '@tanstack/react-query'
import { whoAmI } from '#core/access/api.ts'
import type { Me } from '#core/access/user.ts'
import type { Right } from '#core/kernel/right.ts'
import { CallError, call } from '../../platform/call.ts'

/** Who is signed in; null when nobody is. The one query everything about the session reads. */
export const actorQuery = queryOptions({
  queryKey: ['actor'],
  queryFn: async (): Promise<Me | null> =>
    call(whoAmI, {}).catch((error: unknown) => {
      if (error instanceof CallError && error.status === 401) return null
      throw error
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
