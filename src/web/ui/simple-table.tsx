import { Table } from '@mantine/core'
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Sort } from './data-grid/columns.ts'
import classes from './simple-table.module.css'

export type TableColumn<Row> = {
  key: string
  header: string
  cell: (row: Row) => ReactNode
  numeric?: boolean
  sortable?: boolean
}

type Props<Row> = {
  /** Says what the table holds; read by screen readers. */
  label: string
  columns: readonly TableColumn<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string | number
  /** The first column names the row. */
  rowHeader?: boolean
  /** What stands at the foot, such as totals: one cell per column. */
  footer?: readonly ReactNode[]
  /** The order of the rows; a click on the heading of a sortable column asks for another. */
  sort?: Sort | undefined
  onSort?: (sort: Sort) => void
}

/** A plain table for what fits on a screen or two; on a phone each row becomes a card with named values. */
export function SimpleTable<Row>(props: Props<Row>) {
  const { label, columns, rows, keyOf, rowHeader, footer, sort, onSort } = props
  return (
    <Table.ScrollContainer minWidth={0} scrollAreaProps={{ offsetScrollbars: 'present' }}>
      <Table aria-label={label} className={classes.table ?? ''} verticalSpacing={9}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <HeadCell key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={keyOf(row)} data-find>
              {columns.map((column, at) => (
                <Table.Td
                  key={column.key}
                  component={rowHeader && at === 0 ? 'th' : 'td'}
                  {...(rowHeader && at === 0 ? { scope: 'row' } : {})}
                  data-label={column.header}
                  data-num={column.numeric || undefined}
                >
                  {column.cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
        {footer && (
          <Table.Tfoot>
            <Table.Tr>
              {columns.map((column, at) => (
                <Table.Td
                  key={column.key}
                  data-label={column.header}
                  data-num={column.numeric || undefined}
                >
                  {footer[at]}
                </Table.Td>
              ))}
            </Table.Tr>
          </Table.Tfoot>
        )}
      </Table>
    </Table.ScrollContainer>
  )
}

type HeadProps<Row> = {
  column: TableColumn<Row>
  sort: Sort | undefined
  onSort: Props<Row>['onSort']
}

function HeadCell<Row>({ column, sort, onSort }: HeadProps<Row>) {
  const { key, header, numeric, sortable } = column
  if (!sortable || !onSort)
    return (
      <Table.Th scope="col" data-num={numeric || undefined}>
        {header}
      </Table.Th>
    )
  const isSorted = sort?.key === key
  const Arrow = isSorted ? (sort.descending ? IconArrowDown : IconArrowUp) : IconArrowsSort
  const direction = sort?.descending ? 'descending' : 'ascending'
  return (
    <Table.Th scope="col" data-num={numeric || undefined} aria-sort={isSorted ? direction : 'none'}>
      <button
        type="button"
        className={classes.sort}
        onClick={() => onSort({ key, descending: isSorted && !sort.descending })}
      >
        {header}
        <Arrow size={13} className={isSorted ? '' : classes.sortable} aria-hidden />
      </button>
    </Table.Th>
  )
}
