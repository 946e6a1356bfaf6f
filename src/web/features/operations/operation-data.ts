import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { StepType } from '#core/campaigns/step-type.ts'
import * as api from '#core/operations/api.ts'
import type { OperationView } from '#core/operations/operation.ts'
import type { Entity } from '#core/operations/tables.ts'
import { getOperationTables } from '#core/operations/tables-api.ts'
import { call } from '../../platform/call.ts'

export const operationQuery = (id: number) =>
  queryOptions({
    queryKey: ['operations', 'one', id],
    queryFn: ({ signal }) => call(api.getOperation, { id }, signal),
  })

export const tablesQuery = queryOptions({
  queryKey: ['operation-tables'],
  queryFn: ({ signal }) => call(getOperationTables, {}, signal),
  staleTime: 60_000,
})

/** Keeps what a change answered, so that every tab shows it at once; lists follow. */
export function useKeepOperation() {
  const client = useQueryClient()
  return useCallback(
    (view: OperationView) => {
      client.setQueryData(operationQuery(view.id).queryKey, view)
      void client.invalidateQueries({
        queryKey: ['operations'],
        predicate: ({ queryKey }) => queryKey[1] !== 'one',
      })
      // The messages of its steps are shown by the editor that mailings have.
      void client.invalidateQueries({ queryKey: ['campaigns', 'one', view.id] })
      return view
    },
    [client],
  )
}

/** A change by one click that answers with the operation as it now is. */
export function useOperationAction<Input>(run: (input: Input) => Promise<OperationView>) {
  const keep = useKeepOperation()
  return useMutation({ mutationFn: run, onSuccess: keep })
}

/** Types, states, families and people that forms choose from, in the language of the page. */
export function useTables() {
  const { data } = useQuery(tablesQuery)
  const { language } = useTranslation().i18n
  return useMemo(() => {
    const own = <T extends { labelFr: string; labelEn: string }>(entry: T) =>
      language === 'fr' ? entry.labelFr : entry.labelEn
    const named = <T extends { labelFr: string; labelEn: string }>(entries: readonly T[] = []) =>
      entries.map((entry) => ({ ...entry, label: own(entry) }))
    const states = named(data?.states)
    const stepTypes = named(data?.stepTypes)
    return {
      loaded: data !== undefined,
      states,
      stepTypes,
      types: named(data?.types),
      activityTypes: named(data?.activityTypes),
      families: data?.families ?? [],
      people: data?.people ?? [],
      keys: data?.keys ?? [],
      relays: data?.relays ?? [],
      /** Of one entity, those in use and the one chosen already. */
      statesOf: (entity: Entity, chosen = '') =>
        states.filter(
          (state) => state.entity === entity && (state.isActive || state.code === chosen),
        ),
      stateOf: (entity: Entity, code: string) =>
        states.find((state) => state.entity === entity && state.code === code),
      typeOf: (code: string) => stepTypes.find((type) => type.code === code),
    }
  }, [data, language])
}

export type NamedStepType = StepType & { label: string }
