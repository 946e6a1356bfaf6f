import { useRouter } from '@tanstack/react-router'
import { type NavEntry, navEntries } from './nav-entries.ts'

/** The entries that lead to a page of this build. */
export function useNav(): readonly NavEntry[] {
  const { routesByPath } = useRouter()
  return navEntries.filter(({ to }) => to in routesByPath)
}
