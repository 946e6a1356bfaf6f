import {
  IconAdjustments,
  IconChartHistogram,
  IconChecklist,
  IconListTree,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react'
import { type ComponentType, lazy } from 'react'
import type { OperationView } from '#core/operations/operation.ts'

export type OperationTabProps = { operation: OperationView }

type OperationTab = {
  /** Its name is `tabs.<key>` of the catalogue. */
  key: string
  icon: TablerIcon
  /** Loaded when first opened. */
  Panel: ComponentType<OperationTabProps>
}

/** The tabs of an operation, in their order; a feature adds its own here. */
export const operationTabs: readonly OperationTab[] = [
  {
    key: 'steps',
    icon: IconListTree,
    Panel: lazy(async () => ({ default: (await import('./steps/steps-tab.tsx')).StepsTab })),
  },
  {
    key: 'people',
    icon: IconUsers,
    Panel: lazy(async () => ({ default: (await import('../targets/people-tab.tsx')).PeopleTab })),
  },
  {
    key: 'activities',
    icon: IconChecklist,
    Panel: lazy(async () => ({
      default: (await import('../activities/operation-activities.tsx')).OperationActivities,
    })),
  },
  {
    key: 'results',
    icon: IconChartHistogram,
    Panel: lazy(async () => ({ default: (await import('./results-tab.tsx')).ResultsTab })),
  },
  {
    key: 'general',
    icon: IconAdjustments,
    Panel: lazy(async () => ({ default: (await import('./general-tab.tsx')).GeneralTab })),
  },
]
