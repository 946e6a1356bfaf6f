import * as api from '#core/operations/api.ts'
import type { OperationView } from '#core/operations/operation.ts'
import { call } from '../../../platform/call.ts'

type Name = { code: string; label: string; folderId: number | null }

/** A new operation with the header, steps and texts of another: in preparation, without its dates and people. */
export async function copyOperation(id: number, name: Name): Promise<OperationView> {
  const { code: _c, label: _l, folderId: _f, ...from } = await call(api.getOperation, { id })
  return call(api.createOperation, {
    ...from,
    ...name,
    copyOf: id,
    stateCode: 'preparing',
    startsAt: null,
    endsAt: null,
    progress: null,
    isTemplate: false,
  })
}
