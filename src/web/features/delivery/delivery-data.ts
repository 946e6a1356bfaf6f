import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import * as api from '#core/delivery/api.ts'
import type { DeliverySummary } from '#core/delivery/run.ts'
import { call } from '../../platform/call.ts'

/** While a run moves its numbers are asked for again every other second. */
const pollEvery = 2_000

const isMoving = (state: DeliverySummary['state'] | undefined) =>
  state === 'running' || state === 'scheduled'

export const deliveryQuery = (stepId: number) =>
  queryOptions({
    queryKey: ['delivery', stepId, 'summary'],
    queryFn: ({ signal }) => call(api.deliverySummary, { stepId }, signal),
    refetchInterval: ({ state }) => (isMoving(state.data?.state) ? pollEvery : false),
  })

/** The people of an operation's step change their status as its messages leave: what shows them is read again. */
export function useFollowPeople(summary: DeliverySummary | undefined) {
  const client = useQueryClient()
  const reached = summary?.counts.submitted
  const state = summary?.state
  const before = useRef({ reached, state })
  const isOperation = summary?.form === 'operation'
  useEffect(() => {
    const moved = before.current.reached !== reached || before.current.state !== state
    const isFirst = before.current.state === undefined
    before.current = { reached, state }
    if (!isOperation || !moved || isFirst) return
    for (const queryKey of [['targets'], ['operations', 'one']]) {
      void client.invalidateQueries({ queryKey })
    }
  }, [client, isOperation, reached, state])
}

/** Some people of an operation's step; everybody who is still to do when absent. */
export type LaunchFor = { stepId: number; partyIds?: readonly number[] | undefined }

export const idsOf = ({ partyIds }: LaunchFor) => (partyIds ? { partyIds: [...partyIds] } : {})

export const preflightQuery = (scope: LaunchFor) =>
  queryOptions({
    queryKey: ['delivery', scope.stepId, 'preflight', scope.partyIds ?? null],
    queryFn: ({ signal }) => call(api.preflight, { stepId: scope.stepId, ...idsOf(scope) }, signal),
    gcTime: 0,
    staleTime: 0,
    retry: false,
  })

/** A command on a run: keeps what it answers and lets the mailing be read again. */
export function useRunCommand<Input>(
  stepId: number,
  run: (input: Input) => Promise<DeliverySummary>,
) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: run,
    onSuccess: async (summary) => {
      client.setQueryData(deliveryQuery(stepId).queryKey, summary)
      await Promise.all([
        client.invalidateQueries({ queryKey: ['delivery', stepId, 'lines'] }),
        client.invalidateQueries({ queryKey: ['delivery', stepId, 'preflight'] }),
        client.invalidateQueries({ queryKey: ['campaigns'] }),
        client.invalidateQueries({ queryKey: ['operations'] }),
        client.invalidateQueries({ queryKey: ['targets'] }),
        client.invalidateQueries({ queryKey: ['jobs'] }),
      ])
    },
  })
}
