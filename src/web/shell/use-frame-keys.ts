import { useHotkeys } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useShortcuts } from '../platform/shortcuts.ts'
import { useNav } from './use-nav.ts'

type Actions = { onSearch: () => void; onHelp: () => void }

/** The keys that work on every page: see the shortcuts dialog. */
export function useFrameKeys({ onSearch, onHelp }: Actions): void {
  const navigate = useNavigate()
  const go = useNav().map(({ letter, to }) => [`g ${letter}`, () => void navigate({ to })] as const)
  useShortcuts({ ...Object.fromEntries(go), '/': () => focusSearch() || onSearch(), '?': onHelp })
  // The empty list of ignored elements: Ctrl K works inside fields too.
  useHotkeys([['mod+K', onSearch]], [])
}

/** A page with a search field of its own marks it as `type="search"`. */
function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('main input[type="search"]')
  field?.focus()
  return field !== null
}
