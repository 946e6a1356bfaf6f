import { useTranslation } from 'react-i18next'
import { createStep } from '#core/operations/api.ts'
import type { OperationView } from '#core/operations/operation.ts'
import type { StepParameters } from '#core/operations/step.ts'
import { call } from '../../../platform/call.ts'
import { useOperationAction, useTables } from '../operation-data.ts'

export type Addition = Partial<StepParameters> & {
  /** A title instead of a step. */
  title?: boolean
  beforeId?: number | null
  feedsId?: number | null
}

/** Adds a step or a title under the name of its type, and opens it. */
export function useAddStep(operation: OperationView, onAdded: (stepId: number) => void) {
  const { t } = useTranslation('operations')
  const { typeOf } = useTables()
  const known = new Set(operation.steps.map(({ id }) => id))
  const add = useOperationAction(({ title = false, ...addition }: Addition) => {
    const label = title ? t('heading.new') : (typeOf(addition.typeCode ?? 'email')?.label ?? '')
    return call(createStep, { label, ...addition, isFinal: !title, id: operation.id })
  })
  return {
    ...add,
    add: (addition: Addition) =>
      add.mutate(addition, {
        onSuccess: ({ steps }) => {
          const added = steps.find(({ id }) => !known.has(id))
          if (added) onAdded(added.id)
        },
      }),
  }
}
