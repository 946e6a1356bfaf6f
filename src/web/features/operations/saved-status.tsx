import { SaveStatus } from '../campaigns/save-status.tsx'
import { ConflictTable } from './conflict-table.tsx'
import type { MergingAutosave } from './use-merging-autosave.ts'

/** Whether what was typed is safe; where two people changed the same fields, both versions. */
export function SavedStatus<T extends object>({ saves }: { saves: MergingAutosave<T> }) {
  return (
    <>
      <SaveStatus
        state={saves.state}
        error={saves.error}
        onRetry={saves.retry}
        onKeepMine={saves.keepMine}
        onTakeTheirs={saves.takeTheirs}
      />
      {saves.conflict && <ConflictTable conflict={saves.conflict} />}
    </>
  )
}
