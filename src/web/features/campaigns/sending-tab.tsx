import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { deliveryQuery } from '../delivery/delivery-data.ts'
import { DeliveryPanel } from '../delivery/delivery-panel.tsx'
import type { TabProps } from './general-tab.tsx'

/** Tab 4: launching, and the accounts of the sending. */
export function SendingTab({ step }: TabProps) {
  const client = useQueryClient()
  const { data } = useQuery(deliveryQuery(step.id))
  const moved = data !== undefined && data.state !== step.state
  // A run ends by itself: the badge of the page and the list follow.
  useEffect(() => {
    if (moved) void client.invalidateQueries({ queryKey: ['campaigns'] })
  }, [moved, client])
  return <DeliveryPanel stepId={step.id} />
}
