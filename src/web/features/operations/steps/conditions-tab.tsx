import { ConditionsPanel } from '../../routing/conditions-panel.tsx'
import type { StepTabProps } from '../step-tabs.ts'

export const ConditionsTab = ({ operation, step }: StepTabProps) => (
  <ConditionsPanel stepId={step.id} operation={operation} />
)
