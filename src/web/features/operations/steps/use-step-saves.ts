import { useQueryClient } from '@tanstack/react-query'
import { updateStep } from '#core/operations/api.ts'
import type { OperationView, StepOfOperation } from '#core/operations/operation.ts'
import { StepParameters } from '#core/operations/step.ts'
import { call } from '../../../platform/call.ts'
import { operationQuery, useKeepOperation } from '../operation-data.ts'
import { useMergingAutosave, type Versioned } from '../use-merging-autosave.ts'

const versionedOf = (step: StepOfOperation): Versioned<StepParameters> => ({
  value: StepParameters.parse(step),
  version: step.version,
})

/** The parameters of a step as they are typed, saved a moment later. */
export function useStepSaves(operation: OperationView, step: StepOfOperation) {
  const client = useQueryClient()
  const keep = useKeepOperation()
  const own = (view: OperationView) =>
    versionedOf(keep(view).steps.find(({ id }) => id === step.id) ?? step)
  return useMergingAutosave<StepParameters>(versionedOf(step), {
    put: async (draft, version) => {
      // A name that was emptied is not saved over the good one; the field says so.
      const label = draft.label.trim() === '' ? step.label : draft.label
      return own(await call(updateStep, { ...draft, label, id: step.id, version }))
    },
    reload: async () =>
      own(await client.fetchQuery({ ...operationQuery(operation.id), staleTime: 0 })),
  })
}
