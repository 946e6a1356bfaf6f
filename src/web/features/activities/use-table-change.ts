import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useProblemText } from '../../platform/problem-text.ts'

/** A change of types, families or hours; whatever names them reads them again. */
export function useTableChange<Input>(change: (input: Input) => Promise<unknown>) {
  const refresh = useRefreshTables()
  const problemText = useProblemText()
  return useMutation({
    mutationFn: change,
    onSuccess: refresh,
    onError: (error) => notifications.show({ color: 'red', message: problemText(error) }),
  })
}

export function useRefreshTables(): () => Promise<unknown> {
  const client = useQueryClient()
  return () =>
    Promise.all(
      [['activity-tables'], ['operation-tables'], ['activities']].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    )
}
