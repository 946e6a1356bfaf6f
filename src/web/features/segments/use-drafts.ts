import { useState } from 'react'
import { Operation, type Selection } from '#core/segments/selection.ts'
import type { OperationDraft } from './selection-editor.tsx'

let last = 0
export const draftId = () => `o${++last}`

const draftsOf = (selection: Selection): OperationDraft[] =>
  selection.operations.map(({ kind, source }) => ({ id: draftId(), kind, source }))

/** The operations with those that are unfinished; undefined while there is one. */
function wholeOperations(drafts: OperationDraft[]): Operation[] | undefined {
  const parsed = Operation.array().safeParse(drafts)
  return parsed.success ? parsed.data : undefined
}

/** The operations as they are being edited, and the selection once each of them is whole. */
export function useDrafts(value: Selection, onChange: (selection: Selection | undefined) => void) {
  const [drafts, setState] = useState(() => draftsOf(value))
  const tell = (next: OperationDraft[], header: Selection) => {
    const operations = wholeOperations(next)
    onChange(operations && { ...header, operations })
  }
  const operations = wholeOperations(drafts)
  return {
    drafts,
    setDrafts: (next: OperationDraft[]) => {
      setState(next)
      tell(next, value)
    },
    /** Changes what is beside the operations. */
    set: (header: Partial<Selection>) => tell(drafts, { ...value, ...header }),
    selection: operations && { ...value, operations },
  }
}
