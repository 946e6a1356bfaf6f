import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import * as api from '#core/operations/api.ts'
import { buildTree } from '#core/operations/tree.ts'
import { call } from '../../../platform/call.ts'

export const treeQuery = queryOptions({
  queryKey: ['operations', 'tree'],
  queryFn: ({ signal }) => call(api.getTree, {}, signal),
  staleTime: 30_000,
})

export function useTree() {
  const query = useQuery(treeQuery)
  const { data } = query
  const tree = useMemo(() => buildTree(data?.folders ?? [], data?.operations ?? []), [data])
  return { tree, opensUnfolded: data?.opensUnfolded ?? false, query }
}

/** After a change, the tree and the list beside it are read again; the tree at once. */
export function useRefreshTree() {
  const client = useQueryClient()
  return useCallback(async () => {
    void client.invalidateQueries({ queryKey: ['operations', 'list'] })
    await client.invalidateQueries({ queryKey: treeQuery.queryKey })
  }, [client])
}
