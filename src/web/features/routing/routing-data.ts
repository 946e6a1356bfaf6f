import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { Locale } from '#core/kernel/values.ts'
import * as api from '#core/routing/api.ts'
import type { Condition } from '#core/routing/condition.ts'
import { call } from '../../platform/call.ts'

export const conditionsQuery = (stepId: number, locale: Locale) =>
  queryOptions({
    queryKey: ['routing', 'conditions', stepId, locale],
    queryFn: ({ signal }) => call(api.getConditions, { id: stepId, locale }, signal),
  })

/** The sentences of what is typed, a moment after its last change; nothing while it is unfinished. */
export function useSentences(
  stepId: number,
  locale: Locale,
  draft: { conditions: Condition[]; formula: string } | undefined,
) {
  const [asked] = useDebouncedValue(draft, 250)
  return useQuery({
    queryKey: ['routing', 'check', stepId, locale, asked],
    queryFn: ({ signal }) =>
      call(
        api.checkConditions,
        { id: stepId, locale, conditions: [], formula: '', ...asked },
        signal,
      ),
    enabled: asked !== undefined,
    placeholderData: keepPreviousData,
  })
}

/** After people or conditions changed: whatever shows a step asks again. */
export function useForgetSteps() {
  const client = useQueryClient()
  return useCallback(
    () =>
      Promise.all(
        ['routing', 'operations', 'targets'].map((key) =>
          client.invalidateQueries({ queryKey: [key] }),
        ),
      ),
    [client],
  )
}
