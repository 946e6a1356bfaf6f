import { useEffect, useRef, useState } from 'react'
import { mergeThreeWay } from '#core/operations/merge.ts'
import { CallError } from '../../platform/call.ts'
import { useAutosave } from '../campaigns/use-autosave.ts'

export type Versioned<T> = { value: T; version: number }
export type Conflict<T> = { mine: T; theirs: Versioned<T>; fields: (keyof T & string)[] }

type Store<T> = {
  put: (draft: T, version: number) => Promise<Versioned<T>>
  reload: () => Promise<Versioned<T>>
}

const isConflict = (error: unknown) =>
  error instanceof CallError && error.problem.code.endsWith('changed-meanwhile')

/**
 * A draft that saves itself. `current` is what the server is known to have: a newer version of it is taken over
 * while nothing waits to be saved. What somebody else saved meanwhile is taken over where this draft changed nothing;
 * `conflict` names the fields that both changed, which only the person here can settle.
 */
export function useMergingAutosave<T extends object>(
  current: Versioned<T>,
  { put, reload }: Store<T>,
) {
  const base = useRef(current)
  const latest = useRef(current.value)
  const [conflict, setConflict] = useState<Conflict<T> | null>(null)

  const save = async (draft: T) => {
    try {
      base.current = await put(draft, base.current.version)
    } catch (error) {
      if (!isConflict(error)) throw error
      const theirs = await reload()
      const { merged, conflicts } = mergeThreeWay(base.current.value, draft, theirs.value)
      if (conflicts.length > 0) {
        setConflict({ mine: draft, theirs, fields: conflicts })
        throw error
      }
      await settle(draft, merged, theirs.version)
    }
    setConflict(null)
  }

  /** Saves `merged`, keeping what was typed while that was under way. */
  const settle = async (draft: T, merged: T, version: number) => {
    base.current = await put(merged, version)
    const typed = latest.current
    const next = mergeThreeWay(draft, typed, merged).merged
    latest.current = next
    reset(next)
    if (typed !== draft) autosaveChange(next)
  }

  const { change: autosaveChange, reset, retry, ...status } = useAutosave(current.value, save)
  const isIdle = status.state === 'saved'
  useEffect(() => {
    if (!isIdle || current.version <= base.current.version) return
    base.current = current
    latest.current = current.value
    reset(current.value)
  }, [isIdle, current, reset])
  const change = (next: T) => {
    latest.current = next
    autosaveChange(next)
  }
  return {
    ...status,
    change,
    retry,
    conflict,
    /** Saves mine where both changed, theirs where only they did. */
    keepMine: async () => {
      if (!conflict) return retry()
      const { theirs } = conflict
      const { merged } = mergeThreeWay(base.current.value, latest.current, theirs.value)
      base.current = theirs
      setConflict(null)
      change(merged)
      return retry()
    },
    /** Theirs where both changed; what only I changed is saved all the same. */
    takeTheirs: async () => {
      if (!conflict) return
      const { theirs, fields } = conflict
      const { merged } = mergeThreeWay(base.current.value, latest.current, theirs.value)
      const settled = { ...merged }
      for (const field of fields) settled[field] = theirs.value[field]
      base.current = theirs
      setConflict(null)
      change(settled)
      await retry()
    },
  }
}

export type MergingAutosave<T extends object> = ReturnType<typeof useMergingAutosave<T>>
