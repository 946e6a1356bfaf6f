import { useEffect, useRef } from 'react'

/** A scanner types like a keyboard, but with less than this between its keys. */
const gapMs = 80
const shortest = 6

const isTyped = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea'))

const isForOthers = (event: KeyboardEvent) =>
  isTyped(event.target) || document.querySelector('[role="dialog"]') !== null

const isCharacter = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) =>
  /^[\w.\-/]$/.test(key) && !(ctrlKey || metaKey || altKey)

type Burst = { text: string; at: number }

/** The burst with one more key; modifiers change nothing. */
function grown({ text, at }: Burst, event: KeyboardEvent): Burst {
  if (!isCharacter(event)) return { text, at }
  const before = event.timeStamp - at < gapMs ? text : ''
  return { text: before + event.key, at: event.timeStamp }
}

const isEnd = ({ text, at }: Burst, event: KeyboardEvent) =>
  event.key === 'Enter' && text.length >= shortest && event.timeStamp - at < gapMs

/**
 * Calls with what a barcode scanner reads while no field is being typed in and no dialog is open: a burst of
 * characters ended by Enter, which then does nothing else.
 */
export function useScanner(onScan: (code: string) => void): void {
  const latest = useRef(onScan)
  latest.current = onScan
  useEffect(() => {
    let burst: Burst = { text: '', at: 0 }
    const listen = (event: KeyboardEvent) => {
      if (isForOthers(event)) return
      if (!isEnd(burst, event)) {
        burst = grown(burst, event)
        return
      }
      event.preventDefault()
      event.stopPropagation()
      latest.current(burst.text)
      burst = { text: '', at: 0 }
    }
    // Before the list sees the Enter and opens its row.
    window.addEventListener('keydown', listen, true)
    return () => window.removeEventListener('keydown', listen, true)
  }, [])
}
