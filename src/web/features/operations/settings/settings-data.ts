import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type { OperationTables, TableUse } from '#core/operations/tables.ts'
import * as api from '#core/operations/tables-api.ts'
import { call } from '../../../platform/call.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { tablesQuery } from '../operation-data.ts'

/** What has a line of a table; nothing when it is not in use. */
export function useTableUses() {
  const { data } = useQuery({
    queryKey: [...tablesQuery.queryKey, 'uses'],
    queryFn: ({ signal }) => call(api.listTableUses, {}, signal),
  })
  return (table: TableUse['table'], key: string | number) =>
    data?.find((use) => use.table === table && use.key === String(key))
}

/** A change that answers with the tables as they now are; a refusal is told, unless a form shows it itself. */
export function useTableChange<Input>(
  change: (input: Input) => Promise<OperationTables>,
  { quiet = false } = {},
) {
  const client = useQueryClient()
  const problemText = useProblemText()
  return useMutation({
    mutationFn: change,
    onSuccess: async (tables) => {
      client.setQueryData(tablesQuery.queryKey, tables)
      await client.invalidateQueries({ queryKey: ['operations'] })
      await client.invalidateQueries({ queryKey: [...tablesQuery.queryKey, 'uses'] })
    },
    onError: (error) => {
      if (!quiet) notifications.show({ color: 'red', message: problemText(error) })
    },
  })
}

type Order = z.input<typeof api.orderTable.input>

export function useTableOrder() {
  return useTableChange(async (order: Order) => {
    await call(api.orderTable, order)
    return call(api.getOperationTables, {})
  })
}
