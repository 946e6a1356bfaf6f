import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { countParties, listParties } from '#core/parties/list-api.ts'
import { call } from '../../../platform/call.ts'
import { useColumns } from './columns.tsx'
import { type ListState, readColumns, writeColumns } from './list-state.ts'

export type Counted = { total: number; withEmail: number; withMobile: number } | undefined

/** The filter as the server takes it, and the exact count of what it shows. */
export function useFilter({ search, criteria }: ListState) {
  const filter = useMemo(() => ({ search, ...(criteria ? { criteria } : {}) }), [search, criteria])
  const { data } = useQuery({
    queryKey: ['parties', 'count', filter],
    queryFn: ({ signal }) => call(countParties, filter, signal),
    placeholderData: keepPreviousData,
  })
  return { filter: filter as { search: string; criteria?: unknown }, count: data }
}

export function useGrid(
  { sort, descending }: ListState,
  filter: { search: string; criteria?: unknown },
  total: number | undefined,
) {
  const all = useColumns()
  const [shown, setShown] = useState(readColumns)
  const columns = useMemo(() => all.filter(({ key }) => shown.includes(key)), [all, shown])
  const queryKey = useMemo(() => ['parties', filter, sort, descending], [filter, sort, descending])
  const fetchSlice = useCallback(
    (offset: number, limit: number, signal: AbortSignal) =>
      call(
        listParties,
        { ...filter, offset, limit, sort: { key: sort, descending }, total },
        signal,
      ),
    [filter, sort, descending, total],
  )
  const choose = (keys: string[]) => {
    const next = ['name', ...keys.filter((key) => key !== 'name')]
    writeColumns(next)
    setShown(next)
  }
  return { all, shown, columns, queryKey, fetchSlice, choose }
}
