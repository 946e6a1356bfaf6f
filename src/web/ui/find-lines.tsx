import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { fold } from '#core/kernel/fold.ts'
import classes from './find-field.module.css'
import { FindField, type Finding } from './find-field.tsx'
import { IsFinding } from './is-finding.ts'

/** A search among the lines below it, each marked with `data-find`; lists that hold more than they show unfold for it. */
export function FindLines({ label, children }: { label: string; children: ReactNode }) {
  const area = useRef<HTMLDivElement>(null)
  const finding = useFinding(area)
  return (
    <>
      <div className={classes.lines}>
        <FindField label={label} finding={finding} />
      </div>
      <IsFinding value={finding.words.trim() !== ''}>
        <div ref={area} className={classes.area}>
          {children}
        </div>
      </IsFinding>
    </>
  )
}

function useFinding(area: RefObject<HTMLElement | null>): Finding {
  const [words, setWords] = useState('')
  const [current, setCurrent] = useState<HTMLElement | null>(null)
  const found = useFound(area, words)
  // A line that is gone, or does not match any more, gives its place to the first.
  const at = current ? found.indexOf(current) : -1
  const shown = found[Math.max(0, at)] ?? null
  useEffect(() => {
    if (!shown) return
    shown.setAttribute('data-found', '')
    shown.scrollIntoView({ block: 'nearest' })
    return () => shown.removeAttribute('data-found')
  }, [shown])
  const step = (direction: 1 | -1) => {
    const here = Math.max(0, at)
    setCurrent(found.at((here + direction) % found.length) ?? null)
  }
  return { words, setWords, count: found.length, at: shown ? Math.max(0, at) : -1, step }
}

/** The lines that say the words, in the order of the page, followed as the page changes. */
function useFound(area: RefObject<HTMLElement | null>, words: string): readonly HTMLElement[] {
  const [found, setFound] = useState<readonly HTMLElement[]>([])
  useEffect(() => {
    const { current } = area
    if (!current || fold(words).trim() === '') {
      setFound([])
      return
    }
    const look = () => setFound((before) => same(before, linesWith(current, words)))
    look()
    const observer = new MutationObserver(look)
    observer.observe(current, { childList: true, characterData: true, subtree: true })
    return () => observer.disconnect()
  }, [area, words])
  return found
}

const linesWith = (within: HTMLElement, words: string) =>
  [...within.querySelectorAll<HTMLElement>('[data-find]')].filter((line) =>
    fold(textOf(line)).includes(fold(words).trim()),
  )

/** What a line says, with what stands in its fields. */
const textOf = (line: HTMLElement) =>
  [line.textContent, ...[...line.querySelectorAll('input')].map(({ value }) => value)].join(' ')

const same = (before: readonly HTMLElement[], after: readonly HTMLElement[]) =>
  before.length === after.length && before.every((line, at) => line === after[at]) ? before : after
