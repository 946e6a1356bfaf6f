/** What a file of customers says of consents: the ledger's lines, beside the cards' own columns. */
import { type RawBuilder, sql } from 'kysely'
import type { Database } from '#platform/db/database.ts'
import { forgetOpens } from '../parties/service.ts'
import { type Fields, has } from './customer-fields.ts'

export type Author = { importId: number; jobId: number; actorId: string | null; actorName: string }

/** A file, however new, does not lift a person's own refusal; only a hand does. `p` the card, `s` the row. */
export const opensConsentAfter =
  'case when p.opens_consent is false then false else coalesce(s.opens_consent, p.opens_consent) end'

/** `who` the number of the card. */
const line = (who: string, { importId, actorName }: Author) => sql`${sql.ref(who)},
  'import', jsonb_build_object('importId', ${importId}::bigint, 'line', s.n), ${actorName}`

const asks = (fields: Fields) => ({
  wish: has(fields, 'wish') || has(fields, 'doNotContact'),
  opens: has(fields, 'opensConsent'),
})

/** Before the cards change: those of them whose word changes. */
export async function recordChangedConsents(
  db: Database,
  fields: Fields,
  author: Author,
): Promise<void> {
  const { wish, opens } = asks(fields)
  const from = sql`matched m join staged s on s.n = m.n join parties p on p.id = m.party_id
    where m.state = 'updated' and m.problem is null`
  if (wish) {
    await sql`insert into consents (party_id, source, proof, actor_name, channel, state)
      select ${line('p.id', author)}, 'all', 'withdrawn' from ${from}
        and s.do_not_contact and not p.do_not_contact`.execute(db)
  }
  if (opens) {
    await recordOpens(
      db,
      sql`select ${line('p.id', author)}, ${opensState} from ${from} and s.opens_consent is not null
        and p.opens_consent is distinct from ${sql.raw(opensConsentAfter)}`,
    )
  }
}

export async function recordNewConsents(
  db: Database,
  fields: Fields,
  author: Author,
): Promise<void> {
  const { wish, opens } = asks(fields)
  const from = sql`matched m join staged s on s.n = m.n where m.state = 'created' and m.problem is null`
  if (wish) {
    await sql`insert into consents (party_id, source, proof, actor_name, channel, state)
      select ${line('m.party_id', author)}, 'all', 'withdrawn' from ${from} and s.do_not_contact`.execute(
      db,
    )
  }
  if (opens) {
    await recordOpens(
      db,
      sql`select ${line('m.party_id', author)}, ${opensState} from ${from} and s.opens_consent is not null`,
    )
  }
}

const opensState = sql`'email', 'measurement', case when s.opens_consent then 'granted' else 'withdrawn' end`

async function recordOpens(db: Database, rows: RawBuilder<unknown>): Promise<void> {
  await sql`with line as (
      insert into consents (party_id, source, proof, actor_name, channel, purpose, state) ${rows}
      returning party_id, state
    ) ${forgetOpens(sql`(select party_id from line where state = 'withdrawn')`)}`.execute(db)
}
