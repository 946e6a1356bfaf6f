import { IconFileImport, IconMailPlus, IconUserPlus, type TablerIcon } from '@tabler/icons-react'
import type { Right } from '#core/kernel/right.ts'

type PaletteAction = {
  /** The text is `palette.<key>` of the common catalogue. */
  key: string
  may: Right
  to: string
  /** The page it needs. */
  page: string
  icon: TablerIcon
}

/** What can be started from the palette. */
export const paletteActions: readonly PaletteAction[] = [
  {
    key: 'newCustomer',
    may: 'customers.create',
    to: '/customers/new',
    page: '/customers/new',
    icon: IconUserPlus,
  },
  {
    key: 'newMailing',
    may: 'mailings.write',
    to: '/mailings/new',
    page: '/mailings/new',
    icon: IconMailPlus,
  },
  { key: 'newImport', may: 'imports.run', to: '/imports', page: '/imports', icon: IconFileImport },
]
