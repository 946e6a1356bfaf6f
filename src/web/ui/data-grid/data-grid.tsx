import { Alert, Box, Button } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import type { QueryKey } from '@tanstack/react-query'
import { type MouseEvent, type ReactNode, useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../../platform/problem-text.ts'
import { type Column, cardsBelow, type Sort } from './columns.ts'
import classes from './data-grid.module.css'
import { useGridActions } from './grid-actions.ts'
import { GridHead } from './grid-head.tsx'
import { GridRow } from './grid-row.tsx'
import { isNothing, isSelected, type RowSelection, togglePage } from './row-selection.ts'
import { useScaledVirtual } from './scaled-virtual.ts'
import { SelectionBar } from './selection-bar.tsx'
import { useGridKeys } from './use-grid-keys.ts'
import { tracks, useShownColumns } from './use-shown-columns.ts'
import { type FetchSlice, useSlices } from './use-slices.ts'

export type DataGridProps<Row extends { id: number }> = {
  /** Name of the list for screen readers. */
  label: string
  /** Everything that decides which rows there are and in which order: search, filter, sort. */
  queryKey: QueryKey
  fetchSlice: FetchSlice<Row>
  /** Number of rows, when it comes from elsewhere than the slices. */
  total?: number | undefined
  /** Keep the array, and the functions in it, the same from render to render: rows are drawn again when it changes. */
  columns: readonly Column<Row>[]
  /** What a row is called, in the name of its checkbox. */
  nameOf: (row: Row) => string
  /** The row on a narrow screen; a function that stays the same from render to render. */
  card: (row: Row) => ReactNode
  sort?: Sort
  onSort?: (sort: Sort) => void
  /** Given when rows can be selected. */
  selection?: RowSelection
  onSelect?: (selection: RowSelection) => void
  selectionActions?: ReactNode
  /** Enter or a click on a row. */
  onOpen?: (row: Row) => void
  /** A right click on a row, or the menu key on the one that the keyboard is at. */
  onMenu?: (row: Row, at: { x: number; y: number }) => void
  /** In place of the list when there is no row. */
  empty: ReactNode
  /** No row holds a link or a button: then the part that scrolls takes the focus itself. */
  bare?: boolean
  rowHeight?: number
  cardHeight?: number
}

/** Rows shown as grey bars until the first answer says how many there are. */
const skeletonRows = 12

/**
 * A list of any length, a million rows too: only what is on screen exists, so it is made of `div`s with
 * the roles of a grid, not of a `table`. One tab stop; arrows, PageUp, PageDown, Home and End move, Space
 * selects, Enter opens or, in the header, sorts.
 */
export function DataGrid<Row extends { id: number }>(props: DataGridProps<Row>) {
  const { selection, onSelect } = props
  const problemText = useProblemText()
  const { ref, width } = useElementSize<HTMLDivElement>()
  const grid = useDataGrid(props, width)
  const { count, slices } = grid
  const failed = slices.error && <Failed text={problemText(slices.error)} onRetry={slices.retry} />

  if (failed && count === null) return failed
  if (count === 0 && slices.loaded) return props.empty
  return (
    <div className={classes.frame} ref={ref}>
      {selection && onSelect && !isNothing(selection) && (
        <SelectionBar
          selection={selection}
          total={count ?? 0}
          onChange={onSelect}
          actions={props.selectionActions}
        />
      )}
      {failed}
      <GridTable props={props} grid={grid} />
    </div>
  )
}

function useDataGrid<Row extends { id: number }>(props: DataGridProps<Row>, width: number) {
  const cards = width > 0 && width < cardsBelow
  const columns = useShownColumns(props.columns, cards ? Number.POSITIVE_INFINITY : width)
  const [known, setKnown] = useState<number | null>(null)
  const count = props.total ?? known
  const height = cards ? (props.cardHeight ?? 84) : (props.rowHeight ?? 44)
  const virtual = useScaledVirtual(count ?? skeletonRows, height)
  const slices = useSlices(props.queryKey, props.fetchSlice, virtual.rows)
  const { total } = slices
  useEffect(() => {
    if (total !== undefined) setKnown(total)
  }, [total])
  const act = useGridActions(
    { ...props, onPlace: (row) => keys.setPlace({ row, column: 0 }) },
    slices.rowAt,
  )
  const keys = useGridKeys({
    question: JSON.stringify(props.queryKey),
    rows: count ?? 0,
    columns: columns.length,
    virtual,
    onSpace: act.toggleAt,
    onEnter: ({ row, column }) => (row === -1 ? act.sort(columns[column]) : act.openAt(row)),
  })
  return { cards, columns, count, height, virtual, slices, act, ...keys }
}

type TableProps<Row extends { id: number }> = {
  props: DataGridProps<Row>
  grid: ReturnType<typeof useDataGrid<Row>>
}

function GridTable<Row extends { id: number }>({ props, grid }: TableProps<Row>) {
  const { sort, selection } = props
  const { cards, columns, count, virtual, act, place } = grid
  const id = useId()
  const cellId = (at: number) => `${id}-h${at}`
  const rowId = (index: number) => `${id}-r${index}`
  return (
    <Box
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={count === null ? -1 : count + 1}
      aria-multiselectable={selection !== undefined}
      aria-busy={!grid.slices.loaded}
      aria-activedescendant={place.row === -1 ? cellId(place.column) : rowId(place.row)}
      className={classes.grid}
      data-cards={cards || undefined}
      data-opens={props.onOpen ? true : undefined}
      __vars={{ '--grid-columns': tracks(columns, cards, selection !== undefined) }}
      onKeyDown={grid.onKeyDown}
      {...(props.onMenu ? { onContextMenu: menuOf(props.onMenu, grid, rowId) } : {})}
    >
      <GridHead
        columns={columns}
        active={place.row === -1 ? place.column : null}
        cellId={cellId}
        sort={sort}
        onSort={(key) => act.sort(columns.find((column) => column.key === key))}
        hidden={cards}
        selection={useHeadSelection(props, grid)}
      />
      <div
        role="rowgroup"
        tabIndex={props.bare ? 0 : -1}
        ref={virtual.scroller}
        onScroll={virtual.onScroll}
        className={classes.body}
      >
        <div role="presentation" className={classes.space} style={{ height: virtual.height }}>
          <div role="presentation" style={{ transform: `translateY(${virtual.shift}px)` }}>
            <Rows props={props} grid={grid} rowId={rowId} />
          </div>
        </div>
      </div>
    </Box>
  )
}

/** The menu key has no place of its own: the menu opens at the row that the keyboard is at. */
function menuOf<Row extends { id: number }>(
  onMenu: (row: Row, at: { x: number; y: number }) => void,
  { slices, place }: ReturnType<typeof useDataGrid<Row>>,
  rowId: (index: number) => string,
) {
  return (event: MouseEvent<HTMLElement>) => {
    const under = event.target instanceof Element ? event.target.closest('[role=row]') : null
    const number = under?.getAttribute('aria-rowindex')
    const index = number ? Number(number) - 2 : place.row
    const row = index >= 0 ? slices.rowAt(index) : undefined
    if (!row) return
    event.preventDefault()
    const box = document.getElementById(rowId(index))?.getBoundingClientRect()
    const at = under || !box ? { x: event.clientX, y: event.clientY } : { x: box.x + 48, y: box.y }
    onMenu(row, at)
  }
}

function Rows<Row extends { id: number }>({
  props,
  grid,
  rowId,
}: TableProps<Row> & { rowId: (index: number) => string }) {
  const { t } = useTranslation()
  const { selection } = props
  const { virtual, slices, act } = grid
  return virtual.rows.map(({ index, y }) => {
    const row = slices.rowAt(index)
    return (
      <GridRow
        key={index}
        id={rowId(index)}
        index={index}
        y={y}
        height={grid.height}
        row={row}
        active={index === grid.place.row}
        selected={selection && row && isSelected(selection, row.id)}
        columns={grid.columns}
        card={grid.cards ? props.card : undefined}
        selectLabel={row ? t('ui.grid.select', { name: props.nameOf(row) }) : ''}
        onToggle={act.toggleAt}
        onActivate={act.activate}
      />
    )
  })
}

/** The checkbox of the header stands for the rows on screen. */
function useHeadSelection<Row extends { id: number }>(
  { selection, onSelect }: DataGridProps<Row>,
  { virtual, slices }: ReturnType<typeof useDataGrid<Row>>,
) {
  const { t } = useTranslation()
  if (!selection) return undefined
  const ids = virtual.rows.flatMap(({ index }) => slices.rowAt(index)?.id ?? [])
  const chosen = ids.filter((id) => isSelected(selection, id)).length
  const state: 'none' | 'some' | 'all' =
    chosen === 0 ? 'none' : chosen === ids.length ? 'all' : 'some'
  return {
    state,
    label: t('ui.grid.selectPage'),
    onToggle: () => onSelect?.(togglePage(selection, ids)),
  }
}

function Failed({ text, onRetry }: { text: string; onRetry: () => void }) {
  const { t } = useTranslation()
  return (
    <Alert color="red" variant="light" role="alert">
      {text}{' '}
      <Button size="compact-sm" variant="default" onClick={onRetry}>
        {t('shell.retry')}
      </Button>
    </Alert>
  )
}
