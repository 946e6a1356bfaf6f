import { useRouter } from '@tanstack/react-router'
import { useActor } from '../features/access/session.ts'
import { type NavEntry, navEntries } from './nav-entries.ts'

/** The entries that lead to a page of this build and that the user's rights open. */
export function useNav(): readonly NavEntry[] {
  const { routesByPath } = useRouter()
  const rights = useActor()?.rights ?? []
  return navEntries.filter(
    ({ to, may }) =>
      to in routesByPath && (may.length === 0 || may.some((right) => rights.includes(right))),
  )
}
