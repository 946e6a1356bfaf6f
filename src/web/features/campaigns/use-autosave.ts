import { useCallback, useEffect, useRef, useState } from 'react'

export type SaveState = 'saved' | 'waiting' | 'saving' | 'failed'

/**
 * A draft that saves itself a moment after the last change, and at once when the page is left. One save at
 * a time: what changes meanwhile goes with the next. What failed stays in the draft and is tried by `retry`.
 */
export function useAutosave<T>(initial: T, save: (draft: T) => Promise<unknown>, delay = 800) {
  const [draft, setDraft] = useState(initial)
  const [state, setState] = useState<SaveState>('saved')
  const [error, setError] = useState<unknown>(null)
  const work = useRef({ latest: initial, save, timer: 0, running: false, waiting: false })
  work.current.save = save

  const flush = useCallback(async () => {
    const { current } = work
    window.clearTimeout(current.timer)
    if (current.running || !current.waiting) return
    current.running = true
    setState('saving')
    try {
      while (current.waiting) {
        current.waiting = false
        await current.save(current.latest)
      }
      setError(null)
      setState('saved')
    } catch (failure) {
      current.waiting = true
      setError(failure)
      setState('failed')
    } finally {
      current.running = false
    }
  }, [])

  const change = useCallback(
    (next: T) => {
      const { current } = work
      current.latest = next
      current.waiting = true
      setDraft(next)
      setState('waiting')
      window.clearTimeout(current.timer)
      current.timer = window.setTimeout(() => void flush(), delay)
    },
    [flush, delay],
  )

  /** Takes what the server has instead of the draft. */
  const reset = useCallback((value: T) => {
    Object.assign(work.current, { latest: value, waiting: false })
    setDraft(value)
    setError(null)
    setState('saved')
  }, [])

  useEffect(() => () => void flush(), [flush])
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (work.current.waiting || work.current.running) event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [])
  return { draft, change, state, error, retry: flush, reset }
}
