import { useLocalStorage } from '@mantine/hooks'
import { useEffect, useRef } from 'react'

/** Single-letter keys can be turned off (WCAG 2.1.4): speech input and stray keys would trigger them. */
export function useShortcutsOn() {
  return useLocalStorage({ key: 'malleposte-shortcuts', defaultValue: true })
}

const takesText = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    (target.matches('input, textarea, select') &&
      !target.matches('[type=checkbox], [type=radio], [type=button]')))

const isForOthers = (event: KeyboardEvent) =>
  event.ctrlKey ||
  event.metaKey ||
  event.altKey ||
  event.defaultPrevented ||
  takesText(event.target) ||
  document.querySelector('[role="dialog"]') !== null

const sequenceMs = 1_000

/**
 * Runs what is bound to a key (`?`, `/`, `n`) or to two in a row (`g c`) while no text is being typed and
 * no dialog is open. `bindings` may change from render to render.
 */
export function useShortcuts(bindings: Readonly<Record<string, () => void>>): void {
  const [on] = useShortcutsOn()
  const latest = useRef(bindings)
  latest.current = bindings
  useEffect(() => {
    if (!on) return
    let before = { key: '', at: 0 }
    const listen = (event: KeyboardEvent) => {
      if (isForOthers(event)) return
      const recent = event.timeStamp - before.at < sequenceMs ? `${before.key} ` : ''
      const run = latest.current[`${recent}${event.key}`] ?? latest.current[event.key]
      before = { key: event.key, at: event.timeStamp }
      if (!run) return
      event.preventDefault()
      run()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [on])
}
