import { type KeyboardEvent, useEffect, useState } from 'react'
import { type GridPlace, move } from './grid-keys.ts'
import type { ScaledVirtual } from './scaled-virtual.ts'

type Options = {
  /** What the list answers; another question starts again at the first row. */
  question: string
  rows: number
  columns: number
  virtual: ScaledVirtual
  onSpace: (index: number, range: boolean) => void
  onEnter: (place: GridPlace) => void
}

const hasModifier = (event: KeyboardEvent) => event.ctrlKey || event.metaKey || event.altKey

export function useGridKeys({ question, rows, columns, virtual, onSpace, onEnter }: Options) {
  const [place, setPlace] = useState<GridPlace>({ row: 0, column: 0 })
  const { reveal, pageRows } = virtual
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another question starts again, not a new count
  useEffect(() => {
    setPlace({ row: 0, column: 0 })
    reveal(0)
  }, [question])

  const onKeyDown = (event: KeyboardEvent) => {
    if (hasModifier(event)) return
    const next = move(place, event.key, { rows, columns, pageRows })
    const chooses = event.key === ' ' && place.row >= 0
    if (!next && !['Enter', ' '].includes(event.key)) return
    event.preventDefault()
    if (chooses) return onSpace(place.row, event.shiftKey)
    if (!next) return onEnter(place)
    setPlace(next)
    if (next.row >= 0) reveal(next.row)
  }
  return { place, setPlace, onKeyDown }
}
