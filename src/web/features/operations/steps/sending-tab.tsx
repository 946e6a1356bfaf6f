import { DeliveryPanel } from '../../delivery/delivery-panel.tsx'
import type { StepTabProps } from '../step-tabs.ts'

export const SendingTab = ({ step }: StepTabProps) => <DeliveryPanel stepId={step.id} />
