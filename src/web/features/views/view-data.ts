import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { changeView, deleteView, listViews, saveView } from '#core/views/api.ts'
import type { SavedView, SavedViewOf, ViewDraft, ViewedList } from '#core/views/view.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'

const isOf =
  <List extends ViewedList>(list: List) =>
  (view: SavedView): view is SavedViewOf<List> =>
    view.list === list

export function useViews<List extends ViewedList>(list: List): SavedViewOf<List>[] {
  const { data = [] } = useQuery({
    queryKey: ['views', list],
    queryFn: ({ signal }) => call(listViews, { list }, signal),
  })
  return data.filter(isOf(list))
}

export function useViewChanges(list: ViewedList) {
  const client = useQueryClient()
  const problemText = useProblemText()
  const onSuccess = () => client.invalidateQueries({ queryKey: ['views', list] })
  const onError = (error: Error) =>
    notifications.show({ color: 'red', message: problemText(error) })
  return {
    save: useMutation({ mutationFn: (view: ViewDraft) => call(saveView, { view }), onSuccess }),
    change: useMutation({
      mutationFn: (change: { id: number; view: ViewDraft }) => call(changeView, change),
      onSuccess,
      onError,
    }),
    remove: useMutation({
      mutationFn: (id: number) => call(deleteView, { id }),
      onSuccess,
      onError,
    }),
  }
}
