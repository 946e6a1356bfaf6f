import {
  IconAddressBook,
  IconBinaryTree,
  IconCalendarCheck,
  IconChecklist,
  IconFileImport,
  IconFilter,
  IconInbox,
  IconPhone,
  IconSend,
  IconSettings,
  type TablerIcon,
} from '@tabler/icons-react'
import type { Right } from '#core/kernel/right.ts'

export type NavEntry = {
  /** The text is `nav.<key>` of the common catalogue. */
  key: string
  to: string
  icon: TablerIcon
  /** Who sees it: the holders of any of these; everyone signed in when there is none. */
  may: readonly Right[]
  /** The letter after `g` that goes there. */
  letter: string
}

/** The left navigation, in the order of the day's work. */
export const navEntries: readonly NavEntry[] = [
  { key: 'today', to: '/', icon: IconCalendarCheck, may: [], letter: 't' },
  {
    key: 'customers',
    to: '/customers',
    icon: IconAddressBook,
    may: ['customers.view'],
    letter: 'c',
  },
  { key: 'segments', to: '/segments', icon: IconFilter, may: ['customers.view'], letter: 's' },
  { key: 'mailings', to: '/mailings', icon: IconSend, may: ['mailings.view'], letter: 'm' },
  {
    key: 'operations',
    to: '/operations',
    icon: IconBinaryTree,
    may: ['mailings.view'],
    letter: 'o',
  },
  {
    key: 'calls',
    to: '/calls',
    icon: IconPhone,
    may: ['calls.make'],
    letter: 'l',
  },
  {
    key: 'activities',
    to: '/activities',
    icon: IconChecklist,
    may: ['activities.view'],
    letter: 'a',
  },
  { key: 'imports', to: '/imports', icon: IconFileImport, may: ['imports.run'], letter: 'i' },
  { key: 'mailbox', to: '/mailbox', icon: IconInbox, may: ['mailings.view'], letter: 'b' },
  {
    key: 'settings',
    to: '/settings',
    icon: IconSettings,
    may: ['settings.manage', 'access.manage'],
    letter: 'r',
  },
]
