import { createContext, useContext } from 'react'
import { dayOf } from '#core/kernel/zone.ts'

export const browserZone = new Intl.DateTimeFormat().resolvedOptions().timeZone

/* That of the browser only for pages that nobody has signed in to. */
const Zone = createContext(browserZone)

/** Around everything that shows or takes instants. */
export const ZoneProvider = Zone.Provider

/** The time zone of the company, whose clock is shown to everybody, wherever they look from. */
export const useZone = (): string => useContext(Zone)

/** Today, on the calendar of the company. */
export const useToday = (): string => dayOf(new Date(), useZone())
