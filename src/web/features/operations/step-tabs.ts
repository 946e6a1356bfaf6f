import {
  IconAdjustments,
  IconArrowsSplit2,
  IconMessages,
  IconPhone,
  IconSend,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react'
import { type ComponentType, lazy } from 'react'
import { isPhoning, messageChannelOf, type StepChannel } from '#core/campaigns/step-type.ts'
import type { OperationView, StepOfOperation } from '#core/operations/operation.ts'

export type StepTabProps = { operation: OperationView; step: StepOfOperation }

type StepTab = {
  /** Its name is `stepTabs.<key>` of the catalogue. */
  key: string
  icon: TablerIcon
  shows: (channel: StepChannel) => boolean
  /** Takes the whole width at first: an editor beside its preview. */
  wide?: boolean
  /** Loaded when first opened. */
  Panel: ComponentType<StepTabProps>
}

const isWritten = (channel: StepChannel) => messageChannelOf(channel) !== null

/** The tabs of a step's drawer, in their order; a feature adds its own here. */
export const stepTabs: readonly StepTab[] = [
  {
    key: 'parameters',
    icon: IconAdjustments,
    shows: () => true,
    Panel: lazy(async () => ({
      default: (await import('./steps/parameters-tab.tsx')).ParametersTab,
    })),
  },
  {
    key: 'people',
    icon: IconUsers,
    shows: () => true,
    Panel: lazy(async () => ({
      default: (await import('../targets/targets-panel.tsx')).TargetsPanel,
    })),
  },
  {
    key: 'conditions',
    icon: IconArrowsSplit2,
    shows: () => true,
    Panel: lazy(async () => ({
      default: (await import('./steps/conditions-tab.tsx')).ConditionsTab,
    })),
  },
  {
    key: 'message',
    wide: true,
    icon: IconMessages,
    shows: isWritten,
    Panel: lazy(async () => ({ default: (await import('./steps/message-tab.tsx')).MessageTab })),
  },
  {
    key: 'calls',
    icon: IconPhone,
    shows: isPhoning,
    Panel: lazy(async () => ({
      default: (await import('../phoning/step-calls-tab.tsx')).StepCallsTab,
    })),
  },
  {
    key: 'sending',
    icon: IconSend,
    shows: (channel) => !isPhoning(channel),
    Panel: lazy(async () => ({ default: (await import('./steps/sending-tab.tsx')).SendingTab })),
  },
]
