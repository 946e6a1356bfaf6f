import { createContext, useContext, useEffect } from 'react'

/** Whether something is looked for among the lines here. */
export const IsFinding = createContext(false)

export const useIsFinding = () => useContext(IsFinding)

/** More than this is not fetched for a search. */
const most = 2_000

type Pages = { hasNextPage: boolean; isFetching: boolean; fetchNextPage: () => unknown }

/** While something is looked for, the pages of a list that are not there yet are fetched too. */
export function useAllWhileFinding({ hasNextPage, isFetching, fetchNextPage }: Pages, n: number) {
  const isFinding = useIsFinding()
  const wants = isFinding && hasNextPage && !isFetching && n < most
  useEffect(() => {
    if (wants) fetchNextPage()
  }, [wants, fetchNextPage])
}
