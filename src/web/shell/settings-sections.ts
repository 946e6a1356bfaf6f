import {
  IconBuildingStore,
  IconHistory,
  IconKey,
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
  { key: 'users', to: '/settings/users', icon: IconUsers, may: 'access.manage' },
  { key: 'tokens', to: '/settings/tokens', icon: IconKey, may: 'access.manage' },
  { key: 'audit', to: '/settings/audit', icon: IconHistory, may: 'access.manage' },
  { key: 'demo', to: '/settings/demo', icon: IconBuildingStore, may: 'settings.manage' },
]
