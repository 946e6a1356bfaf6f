import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { listGroups, listKeys, listUsers } from '#core/access/api.ts'
import { call } from '../../platform/call.ts'
import { actorQuery } from './session.ts'

export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: () => call(listUsers, {}),
})

export const groupsQuery = queryOptions({
  queryKey: ['groups'],
  queryFn: () => call(listGroups, {}),
})

export const keysQuery = queryOptions({
  queryKey: ['confidentiality-keys'],
  queryFn: () => call(listKeys, {}),
})

/** Keys open and hide things everywhere: whatever was read before may be another now. */
export function useKeysChanged(): () => Promise<void> {
  const client = useQueryClient()
  return useCallback(() => client.invalidateQueries(), [client])
}

/** After any change of rights: the lists, and one's own rights, which may have changed with them. */
export function usePeopleChanged(): () => Promise<void> {
  const client = useQueryClient()
  return useCallback(async () => {
    await Promise.all(
      [usersQuery, groupsQuery, actorQuery].map(({ queryKey }) =>
        client.invalidateQueries({ queryKey }),
      ),
    )
  }, [client])
}
