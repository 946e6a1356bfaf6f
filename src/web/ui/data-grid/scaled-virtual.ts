/**
 * A virtual list that survives the browsers' limit on element height (Chrome 33,554,400 px, Firefox
 * about 17.9 million): rows live in a logical space of count × rowHeight pixels, shown through a scroller
 * of at most `tallest` pixels. Small movements are taken one to one, a drag of the thumb proportionally.
 */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useReducer, useRef } from 'react'

const tallest = 6_000_000
const overscan = 6
/** Rows are placed relative to the last multiple of this, so that their style does not change as they scroll. */
const anchorRows = 1_000
/** How long the scroller must rest before its thumb is put where the logical offset says. */
const restMs = 160

export type VirtualRow = { index: number; y: number }

export type ScaledVirtual = {
  scroller: RefObject<HTMLDivElement | null>
  onScroll: () => void
  /** Height of the scrolled element in pixels. */
  height: number
  /** Vertical shift of the element that holds the rows. */
  shift: number
  rows: readonly VirtualRow[]
  /** How many whole rows fit. */
  pageRows: number
  /** Scrolls as little as needed to show a row. */
  reveal: (index: number) => void
}

const clamp = (value: number, most: number) => Math.min(Math.max(0, value), most)

/** Where the list stands: the logical offset, the scroller's own position, and how much of it is seen. */
type Place = { offset: number; top: number; view: number }

/** The sizes of the list and the furthest it can be scrolled, logically and on the scroller. */
function measures(count: number, rowHeight: number, view: number) {
  const total = count * rowHeight
  const height = Math.min(total, tallest)
  return {
    height,
    scaled: total > tallest,
    mostOffset: Math.max(0, total - view),
    mostTop: Math.max(0, height - view),
  }
}

type Measures = ReturnType<typeof measures>

/** The logical offset after the scroller has moved to `top`: a small step moves as much, a drag in proportion. */
function offsetAfter(place: Place, top: number, { scaled, mostOffset, mostTop }: Measures): number {
  if (!scaled) return top
  const moved = top - place.top
  const isStep = Math.abs(moved) < place.view * 3 && top > 0 && top < mostTop - 1
  const offset = isStep ? place.offset + moved : (top / Math.max(1, mostTop)) * mostOffset
  return clamp(offset, mostOffset)
}

function rowsAt({ offset, top, view }: Place, count: number, rowHeight: number) {
  const first = Math.max(0, Math.floor(offset / rowHeight) - overscan)
  const last = Math.min(count - 1, Math.ceil((offset + view) / rowHeight) + overscan)
  const anchor = Math.floor(first / anchorRows) * anchorRows
  const rows = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => ({
    index: first + at,
    y: (first + at - anchor) * rowHeight,
  }))
  return { rows, shift: top - offset + anchor * rowHeight }
}

export function useScaledVirtual(count: number, rowHeight: number): ScaledVirtual {
  const scroller = useRef<HTMLDivElement>(null)
  const [, redraw] = useReducer((drawn: number) => drawn + 1, 0)
  const place = useRef<Place>({ offset: 0, top: 0, view: 600 })
  const timer = useRef(0)

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const measure = () => {
      place.current.view = element.clientHeight
      redraw()
    }
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return () => {
      observer.disconnect()
      clearTimeout(timer.current)
    }
  }, [])

  /** Goes to an offset and puts the thumb where it says; the scroll event that follows finds nothing new. */
  const goTo = useCallback(
    (offset: number) => {
      const element = scroller.current
      if (!element) return
      const { scaled, mostOffset, mostTop } = measures(count, rowHeight, place.current.view)
      place.current.offset = clamp(offset, mostOffset)
      const part = mostOffset > 0 ? place.current.offset / mostOffset : 0
      element.scrollTop = scaled ? part * mostTop : place.current.offset
      place.current.top = element.scrollTop
      redraw()
    },
    [count, rowHeight],
  )

  const onScroll = useCallback(() => {
    const top = scroller.current?.scrollTop ?? 0
    if (top === place.current.top) return
    const sizes = measures(count, rowHeight, place.current.view)
    place.current.offset = offsetAfter(place.current, top, sizes)
    place.current.top = top
    clearTimeout(timer.current)
    if (sizes.scaled) timer.current = window.setTimeout(() => goTo(place.current.offset), restMs)
    redraw()
  }, [count, rowHeight, goTo])

  const reveal = useCallback(
    (index: number) => {
      const { offset, view } = place.current
      // A list that is not on screen has no height to fit a row into.
      if (view === 0) return
      const y = index * rowHeight
      if (y < offset) goTo(y)
      else if (y + rowHeight > offset + view) goTo(y + rowHeight - view)
    },
    [rowHeight, goTo],
  )

  // A list that became shorter than where it stood is shown at its new end.
  useEffect(() => {
    if (place.current.offset > measures(count, rowHeight, place.current.view).mostOffset) {
      goTo(place.current.offset)
    }
  }, [count, rowHeight, goTo])

  return {
    scroller,
    onScroll,
    height: measures(count, rowHeight, 0).height,
    ...rowsAt(place.current, count, rowHeight),
    pageRows: Math.max(1, Math.floor(place.current.view / rowHeight) - 1),
    reveal,
  }
}
