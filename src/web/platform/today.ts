import { dayOf } from '#core/kernel/zone.ts'
import { useZone } from './zone.ts'

/** Today, on the calendar of the company. */
export const useToday = (): string => dayOf(new Date(), useZone())
