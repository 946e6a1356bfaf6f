/** What is known of the person on the line from before. */
import { sql } from 'kysely'
import type { Actor } from '#core/kernel/actor.ts'
import { CallHistory } from '#core/phoning/call.ts'
import type { Database } from '#platform/db/database.ts'
import { activityIsOpen, campaignIsOpen } from '../access/service.ts'

type Whom = { partyId: number; organisationId: number | null }

/** The last lines of each kind; of a contact, also those of the organisation for which he is called. */
export async function find(db: Database, actor: Actor, whom: Whom): Promise<CallHistory> {
  const ids = [whom.partyId, ...(whom.organisationId === null ? [] : [whom.organisationId])]
  const typeLabel = actor.locale === 'fr' ? sql`t.label_fr` : sql`t.label_en`
  const both = sql`any(${ids}::bigint[])`
  const [purchases, activities, notes, calls, answers] = [
    await sql`select sum(visits)::bigint as count, sum(revenue)::bigint as total, currency,
        max(last_visit_on)::text as last_on
      from party_purchases where party_id = ${both} group by currency order by 2 desc limit 5`.execute(
      db,
    ),
    await sql`select activities.id, starts_at as at, subject, state, ${typeLabel} as type
      from activities join activity_types t on t.id = activities.type_id
      where (activities.party_id = ${both} or activities.contact_id = ${whom.partyId})
        and ${activityIsOpen(actor, 'activities')}
      order by starts_at desc limit 8`.execute(db),
    await sql`select id, at, text, author_name from party_notes where party_id = ${both}
      order by at desc limit 8`.execute(db),
    await sql`select a.id, a.started_at as at, coalesce(u.name, '') as agent, coalesce(s.label, '') as step,
        coalesce(a.status, '') as status, a.refused, a.note
      from call_attempts a left join users u on u.id = a.user_id
        left join steps s on s.id = a.step_id left join campaigns c on c.id = s.campaign_id
      where a.party_id = ${whom.partyId} and a.ended_at is not null
        and (c.id is null or ${campaignIsOpen(actor, 'c')})
      order by a.started_at desc limit 8`.execute(db),
    await sql`select a.question_id, q.label, q.kind, q.choices, a.value, a.answered_at
      from answers a join questions q on q.id = a.question_id
      where a.party_id = ${whom.partyId} and a.is_current and a.value is not null
      order by a.answered_at desc limit 20`.execute(db),
  ]
  return CallHistory.parse({
    purchases: purchases.rows,
    activities: activities.rows,
    notes: notes.rows,
    calls: calls.rows,
    answers: answers.rows,
  })
}
