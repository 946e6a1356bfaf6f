import { type QueryKey, useQueries } from '@tanstack/react-query'
import type { SliceOf } from './columns.ts'
import type { VirtualRow } from './scaled-virtual.ts'

const sliceRows = 100

export type FetchSlice<Row> = (
  offset: number,
  limit: number,
  signal: AbortSignal,
) => Promise<SliceOf<Row>>

/** The slices of a long list that are on screen, each kept in the query cache. */
export function useSlices<Row>(
  queryKey: QueryKey,
  fetchSlice: FetchSlice<Row>,
  shown: readonly VirtualRow[],
) {
  const from = Math.floor((shown[0]?.index ?? 0) / sliceRows)
  const to = Math.floor((shown.at(-1)?.index ?? 0) / sliceRows)
  const numbers = Array.from({ length: to - from + 1 }, (_, at) => from + at)
  const queries = useQueries({
    queries: numbers.map((number) => ({
      queryKey: [...queryKey, 'slice', number],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        fetchSlice(number * sliceRows, sliceRows, signal),
      staleTime: 30_000,
    })),
  })
  const rowAt = (index: number): Row | undefined =>
    queries[Math.floor(index / sliceRows) - from]?.data?.rows[index % sliceRows]
  return {
    rowAt,
    total: queries.find((query) => query.data?.total !== undefined)?.data?.total,
    loaded: queries.some((query) => query.isSuccess),
    error: queries.find((query) => query.isError)?.error ?? null,
    retry: () => {
      for (const query of queries) if (query.isError) void query.refetch()
    },
  }
}
