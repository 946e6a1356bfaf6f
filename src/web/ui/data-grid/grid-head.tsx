import { VisuallyHidden } from '@mantine/core'
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react'
import type { Column, Sort } from './columns.ts'
import classes from './data-grid.module.css'

type Props<Row> = {
  columns: readonly Column<Row>[]
  /** The header cell that the arrows have reached, null when they are in the rows. */
  active: number | null
  cellId: (at: number) => string
  sort: Sort | undefined
  onSort: (key: string) => void
  selection?: { state: 'none' | 'some' | 'all'; label: string; onToggle: () => void } | undefined
  hidden: boolean
}

export function GridHead<Row>({
  columns,
  active,
  cellId,
  sort,
  onSort,
  selection,
  hidden,
}: Props<Row>) {
  const row = (
    <div role="row" aria-rowindex={1} className={classes.headRow}>
      {selection && (
        <div role="columnheader" className={classes.check}>
          <input
            type="checkbox"
            className={classes.box}
            tabIndex={-1}
            aria-label={selection.label}
            checked={selection.state === 'all'}
            ref={(box) => {
              if (box) box.indeterminate = selection.state === 'some'
            }}
            onChange={selection.onToggle}
          />
        </div>
      )}
      {columns.map((column, at) => (
        <HeadCell
          key={column.key}
          id={cellId(at)}
          column={column}
          active={active === at}
          sort={sort}
          onSort={onSort}
        />
      ))}
    </div>
  )
  return (
    <div role="rowgroup" className={classes.head}>
      {hidden ? <VisuallyHidden>{row}</VisuallyHidden> : row}
    </div>
  )
}

type CellProps<Row> = {
  id: string
  column: Column<Row>
  active: boolean
  sort: Sort | undefined
  onSort: (key: string) => void
}

function HeadCell<Row>({ id, column, active, sort, onSort }: CellProps<Row>) {
  const sorted = sort?.key === column.key
  const Arrow = sort?.descending ? IconArrowDown : IconArrowUp
  const direction = sort?.descending ? 'descending' : 'ascending'
  return (
    <div
      role="columnheader"
      id={id}
      aria-sort={column.sortable ? (sorted ? direction : 'none') : undefined}
      className={classes.headCell}
      data-numeric={column.numeric || undefined}
      data-active={active || undefined}
    >
      {column.sortable ? (
        <button
          type="button"
          tabIndex={-1}
          className={classes.sort}
          onClick={() => onSort(column.key)}
        >
          {column.header}
          {sorted ? (
            <Arrow size={13} aria-hidden />
          ) : (
            <IconArrowsSort size={12} aria-hidden className={classes.sortable} />
          )}
        </button>
      ) : (
        column.header
      )}
    </div>
  )
}
