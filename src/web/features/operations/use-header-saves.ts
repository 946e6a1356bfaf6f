import { useQueryClient } from '@tanstack/react-query'
import { updateOperation } from '#core/operations/api.ts'
import { OperationDraft, type OperationView } from '#core/operations/operation.ts'
import { call } from '../../platform/call.ts'
import { operationQuery, useKeepOperation } from './operation-data.ts'
import { useMergingAutosave, type Versioned } from './use-merging-autosave.ts'

const versionedOf = (view: OperationView): Versioned<OperationDraft> => ({
  value: OperationDraft.parse(view),
  version: view.version,
})

const isBackwards = ({ startsAt, endsAt }: OperationDraft) =>
  startsAt !== null && endsAt !== null && endsAt < startsAt

/** The header as it is typed, saved a moment later. */
export function useHeaderSaves(operation: OperationView) {
  const client = useQueryClient()
  const keep = useKeepOperation()
  const { id, label: before } = operation
  return useMergingAutosave<OperationDraft>(versionedOf(operation), {
    put: async (draft, version) => {
      // What the form marks as wrong is not saved over what was right.
      const label = draft.label.trim() === '' ? before : draft.label
      const endsAt = isBackwards(draft) ? operation.endsAt : draft.endsAt
      const startsAt = isBackwards(draft) ? operation.startsAt : draft.startsAt
      const costs = draft.costs.filter((cost) => cost.label.trim() !== '')
      const saved = { ...draft, label, startsAt, endsAt, costs, id, version }
      return versionedOf(keep(await call(updateOperation, saved)))
    },
    reload: async () =>
      versionedOf(keep(await client.fetchQuery({ ...operationQuery(id), staleTime: 0 }))),
  })
}
