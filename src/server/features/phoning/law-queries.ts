/** The law as conditions of a statement, the twin of core/phoning/law.ts, and the facts that it asks for. */
import { type RawBuilder, sql } from 'kysely'
import type { CallFacts, CallGround, CallLaw } from '#core/phoning/law.ts'
import { isConsumer, isOpen, nextOpening } from '#core/phoning/law.ts'
import type { Database } from '#platform/db/database.ts'

export type Judgement = { law: CallLaw; ground: CallGround; now: Date }

const interval = (days: number) => sql`make_interval(days => ${days})`

/**
 * For rows of `source` with party_id and organisation_id: the same rows with `reason` and `blocked_until`,
 * null for who may be called. Hours are the same for all consumers, so core says what they are.
 */
export function judged(
  source: RawBuilder<unknown>,
  { law, ground, now }: Judgement,
): RawBuilder<unknown> {
  const at = sql`${now}::timestamptz`
  const closedUntil = isOpen(law, now) ? null : (nextOpening(law, now) ?? 'infinity')
  const needsConsent = law.requiresConsent && ground === 'consent'
  return sql`
    select c.*, verdict.reason, case verdict.reason
      when 'refused' then f.refused_at + ${interval(law.silenceDays)}
      when 'too-often' then f.oldest_call + ${interval(law.withinDays)}
      when 'outside-hours' then ${closedUntil}::timestamptz end as blocked_until
    from (${source}) as c
    left join parties p on p.id = c.party_id and p.deleted_at is null
    left join parties o on o.id = c.organisation_id
    cross join lateral (select array_remove(
      array[p.phone_number, p.mobile_number, o.phone_number, o.mobile_number], null) as numbers) as n
    left join lateral (
      select state from consents where party_id = c.party_id and channel = 'phone' and purpose = 'marketing'
      order by id desc limit 1) as consent on true
    left join lateral (
      select max(started_at) filter (where refused) as refused_at from call_attempts
      where party_id = c.party_id and started_at > ${at} - ${interval(law.silenceDays)}) as refusal on true
    left join lateral (
      select started_at as oldest_call from call_attempts
      where party_id = c.party_id and started_at > ${at} - ${interval(law.withinDays)}
      order by started_at desc offset ${law.mostCalls - 1} limit 1) as often on true
    cross join lateral (select refusal.refused_at, often.oldest_call,
      case when c.organisation_id is not null or p.nature <> 'person' then ${law.companiesAreConsumers}::boolean
        else p.kind <> all(${law.professionalKinds}::text[]) end as is_consumer) as f
    cross join lateral (select case
      when p.id is null then 'gone'
      when p.do_not_contact or coalesce(o.do_not_contact, false) then 'do-not-contact'
      when n.numbers = '{}' then 'no-number'
      when not exists (select from unnest(n.numbers) as one where not exists (
        select from do_not_call_numbers d where d.number = one)) then 'listed'
      when consent.state = 'withdrawn' then 'withdrawn'
      when f.refused_at is not null then 'refused'
      when not f.is_consumer then null
      when ${needsConsent}::boolean and consent.state is null then 'no-consent'
      when f.oldest_call is not null then 'too-often'
      when ${closedUntil !== null}::boolean then 'outside-hours' end as reason) as verdict`
}

/**
 * While consumers may not be called, who is none: hours are the same for everybody, so nobody is kept back for
 * them one by one. `t` is the target.
 */
export function isCallableNow({ law, now }: Omit<Judgement, 'ground'>): RawBuilder<unknown> {
  if (isOpen(law, now)) return sql`true`
  if (law.companiesAreConsumers) {
    return sql`t.organisation_id is null and exists (select from parties p where p.id = t.party_id
      and p.nature = 'person' and p.kind = any(${law.professionalKinds}::text[]))`
  }
  return sql`(t.organisation_id is not null or exists (select from parties p where p.id = t.party_id
    and (p.nature <> 'person' or p.kind = any(${law.professionalKinds}::text[]))))`
}

type FactRow = {
  nature: string | null
  kind: string | null
  doNotContact: boolean
  numbers: { number: string; isListed: boolean }[]
  consent: 'granted' | 'withdrawn' | null
  refusedAt: string | null
  calls: string[]
}

export async function factsOf(
  db: Database,
  person: { partyId: number; organisationId: number | null },
  { law, now }: Judgement,
): Promise<CallFacts> {
  const { partyId, organisationId } = person
  const { rows } = await sql<FactRow>`
    select p.nature, p.kind, coalesce(p.do_not_contact, false) or coalesce(o.do_not_contact, false) as do_not_contact,
      (select coalesce(jsonb_agg(jsonb_build_object('number', one, 'isListed',
          exists (select from do_not_call_numbers d where d.number = one))), '[]')
        from unnest(array_remove(array[p.phone_number, p.mobile_number, o.phone_number, o.mobile_number], null))
          as one) as numbers,
      (select state from consents where party_id = ${partyId} and channel = 'phone'
        and purpose = 'marketing' order by id desc limit 1) as consent,
      (select max(started_at) from call_attempts where party_id = ${partyId} and refused) as refused_at,
      (select coalesce(array_agg(started_at order by started_at desc), '{}') from call_attempts
        where party_id = ${partyId}
          and started_at > ${now}::timestamptz - ${interval(law.withinDays)})::timestamptz[] as calls
    from (select) as one
      left join parties p on p.id = ${partyId} and p.deleted_at is null
      left join parties o on o.id = ${organisationId}::bigint`.execute(db)
  const [row] = rows
  if (!row) throw new Error('a statement without rows')
  return {
    isGone: row.nature === null,
    isConsumer: isConsumer(
      {
        nature: row.nature ?? '',
        kind: row.kind ?? '',
        hasOrganisation: organisationId !== null,
      },
      law,
    ),
    doNotContact: row.doNotContact,
    numbers: row.numbers,
    consent: row.consent,
    refusedAt: row.refusedAt === null ? null : new Date(row.refusedAt),
    calls: row.calls.map((at) => new Date(at)),
  }
}
