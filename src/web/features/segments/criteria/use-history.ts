import { useCallback, useState } from 'react'

const steps = 50

type History<T> = { past: T[]; now: T; future: T[] }

/** A value with undo and redo over its last 50 changes. */
export function useHistory<T>(initial: () => T) {
  const [{ past, now, future }, setHistory] = useState<History<T>>(() => ({
    past: [],
    now: initial(),
    future: [],
  }))
  const set = useCallback((next: T) => {
    setHistory((h) => ({ past: [...h.past, h.now].slice(-steps), now: next, future: [] }))
  }, [])
  const undo = useCallback(() => {
    setHistory((h) => {
      const before = h.past.at(-1)
      if (before === undefined) return h
      return { past: h.past.slice(0, -1), now: before, future: [h.now, ...h.future] }
    })
  }, [])
  const redo = useCallback(() => {
    setHistory((h) => {
      const [next, ...rest] = h.future
      return next === undefined ? h : { past: [...h.past, h.now], now: next, future: rest }
    })
  }, [])
  const reset = useCallback((value: T) => setHistory({ past: [], now: value, future: [] }), [])
  return { now, set, undo, redo, reset, canUndo: past.length > 0, canRedo: future.length > 0 }
}
