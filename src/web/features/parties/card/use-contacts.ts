import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { attachContact, detachContact, listContacts } from '#core/parties/contact-api.ts'
import { call } from '../../../platform/call.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { partyKey } from './use-card.ts'

type Pair = { id: number; personId: number }

/** Who is attached to a card and to whom it is attached, with attaching and detaching. */
export function useContacts(id: number) {
  const client = useQueryClient()
  const problemText = useProblemText()
  const { data } = useQuery({
    queryKey: [...partyKey(id), 'contacts'],
    queryFn: ({ signal }) => call(listContacts, { id }, signal),
  })
  const onSuccess = (_: unknown, pair: Pair) =>
    Promise.all(
      [pair.id, pair.personId].map((one) => client.invalidateQueries({ queryKey: partyKey(one) })),
    )
  const attach = useMutation({
    mutationFn: (wanted: Pair & { function?: string; position?: number }) =>
      call(attachContact, wanted),
    onSuccess,
  })
  const detach = useMutation({ mutationFn: (pair: Pair) => call(detachContact, pair), onSuccess })
  const error = attach.error ?? detach.error
  return {
    data,
    attach: attach.mutate,
    detach: detach.mutateAsync,
    again: attach.mutateAsync,
    busy: attach.isPending || detach.isPending,
    problem: error ? problemText(error) : undefined,
  }
}
