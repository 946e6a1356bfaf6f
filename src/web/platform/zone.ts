import { createContext, useContext } from 'react'

/* Until somebody has signed in, that of this browser. */
const Zone = createContext(Intl.DateTimeFormat().resolvedOptions().timeZone)

/** Around everything that shows or takes instants. */
export const ZoneProvider = Zone.Provider

/** The time zone of the company, whose clock is shown to everybody, wherever they look from. */
export const useZone = (): string => useContext(Zone)
