import {
  IconArrowMerge,
  IconBinaryTree,
  IconBuildingStore,
  IconChecklist,
  IconClock,
  IconForms,
  IconHistory,
  IconKey,
  IconLock,
  IconMessageQuestion,
  IconPhone,
  IconPrinter,
  IconSend,
  IconSignature,
  IconTag,
  IconUserPlus,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react'
import type { Right } from '#core/kernel/right.ts'

export const settingsGroups = ['customers', 'campaigns', 'sending', 'team', 'system'] as const

export type SettingsSection = {
  /** The text is `settings.<key>` of the common catalogue. */
  key: string
  group: (typeof settingsGroups)[number]
  to: string
  icon: TablerIcon
  may: Right
}

/** The side list of the settings; a feature adds its page here and its route in router.tsx. */
export const settingsSections: readonly SettingsSection[] = [
  {
    key: 'customerDefaults',
    group: 'customers',
    to: '/settings/customer-defaults',
    icon: IconUserPlus,
    may: 'settings.manage',
  },
  {
    key: 'customerFields',
    group: 'customers',
    to: '/settings/customer-fields',
    icon: IconForms,
    may: 'settings.manage',
  },
  {
    key: 'stores',
    group: 'customers',
    to: '/settings/stores',
    icon: IconBuildingStore,
    may: 'settings.manage',
  },
  {
    key: 'tags',
    group: 'customers',
    to: '/settings/tags',
    icon: IconTag,
    may: 'settings.manage',
  },
  {
    key: 'labels',
    group: 'customers',
    to: '/settings/labels',
    icon: IconPrinter,
    may: 'settings.manage',
  },
  {
    key: 'nightlyMerge',
    group: 'customers',
    to: '/settings/nightly-merge',
    icon: IconArrowMerge,
    may: 'settings.manage',
  },
  {
    key: 'operations',
    group: 'campaigns',
    to: '/settings/operations',
    icon: IconBinaryTree,
    may: 'settings.manage',
  },
  {
    key: 'questionnaires',
    group: 'campaigns',
    to: '/settings/questionnaires',
    icon: IconMessageQuestion,
    may: 'settings.manage',
  },
  {
    key: 'calls',
    group: 'campaigns',
    to: '/settings/calls',
    icon: IconPhone,
    may: 'settings.manage',
  },
  {
    key: 'activities',
    group: 'campaigns',
    to: '/settings/activities',
    icon: IconChecklist,
    may: 'settings.manage',
  },
  {
    key: 'sender',
    group: 'sending',
    to: '/settings/sender',
    icon: IconSignature,
    may: 'settings.manage',
  },
  {
    key: 'channels',
    group: 'sending',
    to: '/settings/channels',
    icon: IconSend,
    may: 'settings.manage',
  },
  {
    key: 'users',
    group: 'team',
    to: '/settings/users',
    icon: IconUsers,
    may: 'access.manage',
  },
  {
    key: 'confidentiality',
    group: 'team',
    to: '/settings/confidentiality',
    icon: IconLock,
    may: 'access.manage',
  },
  {
    key: 'audit',
    group: 'team',
    to: '/settings/audit',
    icon: IconHistory,
    may: 'access.manage',
  },
  {
    key: 'timeZone',
    group: 'system',
    to: '/settings/time-zone',
    icon: IconClock,
    may: 'settings.manage',
  },
  {
    key: 'tokens',
    group: 'system',
    to: '/settings/tokens',
    icon: IconKey,
    may: 'access.manage',
  },
  {
    key: 'demo',
    group: 'system',
    to: '/settings/demo',
    icon: IconBuildingStore,
    may: 'settings.manage',
  },
]
