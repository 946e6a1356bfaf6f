import { useMemo } from 'react'
import type { Column } from './columns.ts'

/** The columns there is room for, the same array as long as the same ones fit. */
export function useShownColumns<Row>(columns: readonly Column<Row>[], width: number) {
  const shown = columns.map(({ from = 0 }) => width === 0 || width >= from)
  const key = shown.join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` says what `shown` holds
  return useMemo(() => columns.filter((_, at) => shown[at]), [columns, key])
}

/** The tracks of the rows' CSS grid. */
export function tracks<Row>(columns: readonly Column<Row>[], cards: boolean, selects: boolean) {
  const own = cards ? ['minmax(0, 1fr)'] : columns.map((column) => column.width)
  return [...(selects ? ['44px'] : []), ...own].join(' ')
}
