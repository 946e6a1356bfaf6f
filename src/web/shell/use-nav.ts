import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { listMailbox } from '#core/delivery/mailbox-api.ts'
import { useActor, useMay } from '../features/access/session.ts'
import { call } from '../platform/call.ts'
import { type NavEntry, navEntries } from './nav-entries.ts'

/** The entries that lead to a page of this build and that the user's rights open. */
export function useNav(): readonly NavEntry[] {
  const { routesByPath } = useRouter()
  const rights = useActor()?.rights ?? []
  const mailbox = useMailboxOn()
  return navEntries.filter(
    ({ key, to, may }) =>
      to in routesByPath &&
      (may.length === 0 || may.some((right) => rights.includes(right))) &&
      (key !== 'mailbox' || mailbox),
  )
}

/** The mailbox inside the program is shown while messages may be delivered there, or some were. */
function useMailboxOn(): boolean {
  const { data } = useQuery({
    queryKey: ['mailbox', 'on'],
    queryFn: async ({ signal }) => {
      const { on, total } = await call(listMailbox, { limit: 1 }, signal)
      return on || total > 0
    },
    enabled: useMay('mailings.view'),
    staleTime: 60_000,
  })
  return data ?? false
}
