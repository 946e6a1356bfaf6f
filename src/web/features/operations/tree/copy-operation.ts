import * as api from '#core/operations/api.ts'
import type { OperationView } from '#core/operations/operation.ts'
import { daysBetween, shiftDays } from '#core/operations/template.ts'
import { call } from '../../../platform/call.ts'

type Name = { code: string; label: string; folderId: number | null }

/**
 * A new operation with the header, steps and texts of another: in preparation, without its people. With
 * `begins`, an instant, its dates are those of the other moved to there; without, it has none.
 */
export async function copyOperation(
  id: number,
  name: Name,
  begins: string | null = null,
): Promise<OperationView> {
  const { code: _c, label: _l, folderId: _f, ...from } = await call(api.getOperation, { id })
  const starts = [from.startsAt, ...from.steps.map((step) => step.startsAt)].filter(
    (at) => at !== null,
  )
  const first = starts.sort()[0]
  const days = begins === null || first === undefined ? 0 : daysBetween(first, begins)
  const moved = (at: string | null) => (begins === null || at === null ? null : shiftDays(at, days))
  return call(api.createOperation, {
    ...from,
    ...name,
    copyOf: id,
    stateCode: 'preparing',
    startsAt: begins,
    endsAt: moved(from.endsAt),
    shiftDays: days,
    progress: null,
    isTemplate: false,
  })
}
