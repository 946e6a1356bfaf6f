import {
  IconArrowMerge,
  IconBinaryTree,
  IconBuildingStore,
  IconChecklist,
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

export type SettingsSection = {
  /** The text is `settings.<key>` of the common catalogue. */
  key: string
  to: string
  icon: TablerIcon
  may: Right
}

/** The side list of the settings, in groups; a feature adds its page here and its route in router.tsx. */
export const settingsSections: readonly SettingsSection[] = [
  {
    key: 'customerDefaults',
    to: '/settings/customer-defaults',
    icon: IconUserPlus,
    may: 'settings.manage',
  },
  {
    key: 'customerFields',
    to: '/settings/customer-fields',
    icon: IconForms,
    may: 'settings.manage',
  },
  {
    key: 'nightlyMerge',
    to: '/settings/nightly-merge',
    icon: IconArrowMerge,
    may: 'settings.manage',
  },
  {
    key: 'questionnaires',
    to: '/settings/questionnaires',
    icon: IconMessageQuestion,
    may: 'settings.manage',
  },
  { key: 'calls', to: '/settings/calls', icon: IconPhone, may: 'settings.manage' },
  {
    key: 'activities',
    to: '/settings/activities',
    icon: IconChecklist,
    may: 'settings.manage',
  },
  { key: 'tags', to: '/settings/tags', icon: IconTag, may: 'settings.manage' },
  { key: 'stores', to: '/settings/stores', icon: IconBuildingStore, may: 'settings.manage' },
  { key: 'labels', to: '/settings/labels', icon: IconPrinter, may: 'settings.manage' },
  {
    key: 'operations',
    to: '/settings/operations',
    icon: IconBinaryTree,
    may: 'settings.manage',
  },
  { key: 'sender', to: '/settings/sender', icon: IconSignature, may: 'settings.manage' },
  { key: 'channels', to: '/settings/channels', icon: IconSend, may: 'settings.manage' },
  { key: 'users', to: '/settings/users', icon: IconUsers, may: 'access.manage' },
  {
    key: 'confidentiality',
    to: '/settings/confidentiality',
    icon: IconLock,
    may: 'access.manage',
  },
  { key: 'tokens', to: '/settings/tokens', icon: IconKey, may: 'access.manage' },
  { key: 'audit', to: '/settings/audit', icon: IconHistory, may: 'access.manage' },
  { key: 'demo', to: '/settings/demo', icon: IconBuildingStore, may: 'settings.manage' },
]
