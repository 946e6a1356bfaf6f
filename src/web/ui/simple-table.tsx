import { Table } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './simple-table.module.css'

export type TableColumn<Row> = {
  key: string
  header: string
  cell: (row: Row) => ReactNode
  numeric?: boolean
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
}

/** A plain table for what fits on a screen or two; on a phone each row becomes a card with named values. */
export function SimpleTable<Row>({ label, columns, rows, keyOf, rowHeader, footer }: Props<Row>) {
  return (
    <Table.ScrollContainer minWidth={0} scrollAreaProps={{ offsetScrollbars: 'present' }}>
      <Table aria-label={label} className={classes.table ?? ''} verticalSpacing={9}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column.key} scope="col" data-num={column.numeric || undefined}>
                {column.header}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={keyOf(row)}>
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
