import { useMemo, useRef } from 'react'
import type { Column, Sort } from './columns.ts'
import { isSelected, type RowSelection, toggle } from './row-selection.ts'

type Handlers<Row> = {
  sort?: Sort | undefined
  onSort?: ((sort: Sort) => void) | undefined
  selection?: RowSelection | undefined
  onSelect?: ((selection: RowSelection) => void) | undefined
  onOpen?: ((row: Row) => void) | undefined
  onPlace: (index: number) => void
}

/** What can be done to a row, as functions that stay the same so that rows are not drawn again for them. */
export function useGridActions<Row extends { id: number }>(
  handlers: Handlers<Row>,
  rowAt: (index: number) => Row | undefined,
) {
  const latest = useRef({ ...handlers, rowAt })
  latest.current = { ...handlers, rowAt }
  const lastToggled = useRef(0)
  return useMemo(() => {
    const toggleAt = (index: number, range: boolean) => {
      const { selection, onSelect, rowAt } = latest.current
      const row = rowAt(index)
      if (!row || !selection || !onSelect) return
      const from = lastToggled.current
      lastToggled.current = index
      if (!range) return onSelect(toggle(selection, row.id))
      const [low, high] = from < index ? [from, index] : [index, from]
      const wanted = !isSelected(selection, row.id)
      const between = Array.from({ length: high - low + 1 }, (_, at) => rowAt(low + at)?.id ?? [])
      const others = between.flat().filter((id) => isSelected(selection, id) !== wanted)
      onSelect(others.reduce(toggle, selection))
    }
    const openAt = (index: number) => {
      const row = latest.current.rowAt(index)
      if (row) latest.current.onOpen?.(row)
    }
    return {
      toggleAt,
      openAt,
      /** A click: the keyboard goes on from there. */
      activate: (index: number) => {
        latest.current.onPlace(index)
        openAt(index)
      },
      sort: (column: Column<Row> | undefined) => {
        const { sort, onSort } = latest.current
        if (!column?.sortable) return
        onSort?.({ key: column.key, descending: sort?.key === column.key && !sort.descending })
      },
    }
  }, [])
}
