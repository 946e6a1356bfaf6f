/** What must not stay in the browser when somebody signs out. */

/** Where features/phoning keeps what waits for the network. */
export const callsDatabase = 'malleposte-calls'

export function forgetKept(): void {
  indexedDB.deleteDatabase(callsDatabase)
}
