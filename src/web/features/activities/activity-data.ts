import { notifications } from '@mantine/notifications'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ActivityState, ActivityView } from '#core/activities/activity.ts'
import { getActivity, getActivityTables, setActivityState } from '#core/activities/api.ts'
import { Locale } from '#core/kernel/values.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'

const tablesQuery = queryOptions({
  queryKey: ['activity-tables'],
  queryFn: ({ signal }) => call(getActivityTables, {}, signal),
  staleTime: 60_000,
})

export const activityQuery = (id: number) =>
  queryOptions({
    queryKey: ['activities', 'one', id],
    queryFn: ({ signal }) => call(getActivity, { id }, signal),
  })

/** Types, families and people, with their names in the language of the page. */
export function useActivityTables() {
  const { data } = useQuery(tablesQuery)
  const { language } = useTranslation().i18n
  return useMemo(() => {
    const own = <T extends { labelFr: string; labelEn: string }>(entry: T) =>
      language === 'fr' ? entry.labelFr : entry.labelEn
    const types = (data?.types ?? []).map((type) => ({ ...type, label: own(type) }))
    const typeOf = new Map(types.map((type) => [type.id, type]))
    return {
      loaded: data !== undefined,
      types,
      typeOf: (id: number) => typeOf.get(id),
      families: data?.families ?? [],
      people: data?.people ?? [],
      keys: data?.keys ?? [],
      workingHours: data?.workingHours,
      own,
    }
  }, [data, language])
}
export type TypeView = ReturnType<typeof useActivityTables>['types'][number]

/** After a change, every list, total and card that shows activities reads them again. */
export function useRefreshActivities(): () => Promise<unknown> {
  const client = useQueryClient()
  return useCallback(
    () =>
      Promise.all(
        [['activities'], ['party']].map((queryKey) => client.invalidateQueries({ queryKey })),
      ),
    [client],
  )
}

/** Keeps what a change answered, and lets the lists follow. */
export function useKeepActivity() {
  const client = useQueryClient()
  const refresh = useRefreshActivities()
  return useCallback(
    async (view: ActivityView) => {
      client.setQueryData(activityQuery(view.id).queryKey, view)
      await refresh()
    },
    [client, refresh],
  )
}

/** Completes, cancels or reopens one. */
export function useSetState() {
  const keep = useKeepActivity()
  const problemText = useProblemText()
  return useMutation({
    mutationFn: (input: { id: number; version: number; state: ActivityState; result?: string }) =>
      call(setActivityState, input),
    onSuccess: keep,
    onError: (error) => notifications.show({ color: 'red', message: problemText(error) }),
  })
}

export const useLocale = (): Locale => Locale.catch('fr').parse(useTranslation().i18n.language)
