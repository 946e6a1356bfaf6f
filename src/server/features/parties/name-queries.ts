/** How people are called in statements, so that they go by the same name wherever they are listed. */
import { type RawBuilder, sql } from 'kysely'

/** Of the row of `parties` that goes by `alias`: the person's name, else the company's, else the code; null for no row. */
export function nameOf(alias: string): RawBuilder<string> {
  const [first, last, company, code] = ['first_name', 'last_name', 'company', 'code'].map((name) =>
    sql.ref(`${alias}.${name}`),
  )
  return sql<string>`coalesce(nullif(trim(concat_ws(' ', nullif(${first}, ''), nullif(${last}, ''))), ''),
    nullif(${company}, ''), ${code})`
}
