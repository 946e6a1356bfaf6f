import type { KyselyPlugin, UnknownRow } from 'kysely'

/** Instants as Date objects instead of ISO strings, for a library that reckons with them. */
export const datesAsDates: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  transformResult: async ({ result }) => ({ ...result, rows: result.rows.map(withDates) }),
}

function withDates(row: UnknownRow): UnknownRow {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      isInstantName(name) && typeof value === 'string' ? new Date(value) : value,
    ]),
  )
}

const isInstantName = (name: string) => /(At|Until)$/.test(name)
