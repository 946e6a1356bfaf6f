import type { TabProps } from './general-tab.tsx'

export const SendingTab = (_: TabProps) => null
