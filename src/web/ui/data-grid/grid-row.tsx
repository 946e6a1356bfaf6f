import { Skeleton } from '@mantine/core'
import { memo, type ReactNode } from 'react'
import type { Column } from './columns.ts'
import classes from './data-grid.module.css'

type Props<Row> = {
  row: Row | undefined
  id: string
  index: number
  y: number
  height: number
  active: boolean
  /** Undefined when rows cannot be selected. */
  selected: boolean | undefined
  columns: readonly Column<Row>[]
  card: ((row: Row) => ReactNode) | undefined
  /** Name of the row's checkbox. */
  selectLabel: string
  onToggle: (index: number, range: boolean) => void
  onActivate: (index: number) => void
}

function GridRowBase<Row>(props: Props<Row>) {
  const { row, id, index, y, height, active, selected } = props
  return (
    <div
      role="row"
      id={id}
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={classes.row}
      data-active={active || undefined}
      style={{ top: y, height }}
      onClick={() => props.onActivate(index)}
    >
      {row === undefined ? (
        <RowSkeleton />
      ) : (
        <>
          {selected !== undefined && <SelectCell {...props} selected={selected} />}
          <RowCells {...props} row={row} />
        </>
      )}
    </div>
  )
}

/** Rows are drawn again only when something of their own changes: scrolling a million stays smooth. */
export const GridRow = memo(GridRowBase) as typeof GridRowBase

function RowSkeleton() {
  return (
    <div role="gridcell" className={classes.wide}>
      <Skeleton height={12} radius="xl" animate={false} />
    </div>
  )
}

function SelectCell<Row>({
  index,
  selected,
  selectLabel,
  onToggle,
}: Props<Row> & { selected: boolean }) {
  return (
    <div role="gridcell" className={classes.check} onClick={(event) => event.stopPropagation()}>
      <input
        type="checkbox"
        className={classes.box}
        tabIndex={-1}
        checked={selected}
        aria-label={selectLabel}
        onChange={(event) =>
          onToggle(index, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)
        }
      />
    </div>
  )
}

function RowCells<Row>({ row, columns, card }: Props<Row> & { row: Row }) {
  if (card) {
    return (
      <div role="gridcell" className={classes.card}>
        {card(row)}
      </div>
    )
  }
  return columns.map((column) => (
    <div
      key={column.key}
      role="gridcell"
      className={classes.cell}
      data-numeric={column.numeric || undefined}
    >
      {column.cell(row)}
    </div>
  ))
}
