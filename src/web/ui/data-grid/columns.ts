import type { ReactNode } from 'react'

export type Column<Row> = {
  /** Also the sort key. */
  key: string
  header: string
  cell: (row: Row) => ReactNode
  /** A track of CSS grid: `minmax(176px, 1.6fr)`, `90px`. */
  width: string
  /** Figures and money stand at the end. */
  numeric?: boolean
  sortable?: boolean
  /** The column shows only when the grid is at least this many pixels wide. */
  from?: number
}

export type Sort = { key: string; descending: boolean }

export type SliceOf<Row> = { rows: readonly Row[]; total?: number }

/** Below this width of the grid in pixels the rows become cards. */
export const cardsBelow = 560
