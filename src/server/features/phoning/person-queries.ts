/** The person on the line: what the agent is shown of the card. */
import { sql } from 'kysely'
import type { Actor } from '#core/kernel/actor.ts'
import { type Appointment, type PersonOnCall, PhoneNumber } from '#core/phoning/call.ts'
import type { Database } from '#platform/db/database.ts'
import { activityTypeIsOpen } from '../access/service.ts'
import { nameOf } from '../parties/service.ts'

type Row = {
  partyId: number
  code: string
  name: string
  nature: string
  city: string
  organisationId: number | null
  organisation: string | null
  function: string | null
  phone: string | null
  mobile: string | null
  organisationPhone: string | null
  organisationMobile: string | null
  listed: string[]
  status: string
  calls: number
  callbackAt: string | null
  leasedBy: string | null
  leasedUntil: string | null
  callId: number | null
  callStartedAt: string | null
  callNumber: string | null
  appointment: Appointment | null
  usualPlace: string
}

/** Somebody who is leased to the agent. */
export type OwnRow = Row & { leasedUntil: string }

/** A target with what of the card a call takes, the call that the agent has open, and the appointment. */
export async function find(
  db: Database,
  stepId: number,
  partyId: number,
  actor: Pick<Actor, 'id' | 'keys'>,
): Promise<Row | undefined> {
  const { rows } = await sql<Row>`
    select t.party_id, coalesce(p.code, '') as code,
      coalesce(${nameOf('p')}, '') as name,
      coalesce(p.nature, 'person') as nature, coalesce(p.city, '') as city,
      t.organisation_id, o.company as organisation, pc.function,
      p.phone_number as phone, p.mobile_number as mobile,
      o.phone_number as organisation_phone, o.mobile_number as organisation_mobile,
      array(select distinct d.number from do_not_call_numbers d where d.number = any(array[
        p.phone_number, p.mobile_number, o.phone_number, o.mobile_number])) as listed,
      t.status, t.calls, t.callback_at, t.leased_by, t.leased_until,
      a.id as call_id, a.started_at as call_started_at, a.number as call_number,
      coalesce(nullif(c.place, ''), store.name, '') as usual_place,
      (select jsonb_build_object('startsAt', to_char(y.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
          'place', y.place)
        from activities y join activity_types type on type.id = y.type_id and type.kind = 'appointment'
        where y.campaign_id = s.campaign_id and y.state <> 'cancelled' and ${activityTypeIsOpen(actor, 'type')}
          and (y.contact_id = t.party_id or y.party_id = t.party_id and y.contact_id is null)
        order by y.state = 'open' desc, y.id desc limit 1) as appointment
    from targets t
      join steps s on s.id = t.step_id
      join campaigns c on c.id = s.campaign_id
      left join parties p on p.id = t.party_id and p.deleted_at is null
      left join stores store on store.id = p.store_id
      left join parties o on o.id = t.organisation_id
      left join party_contacts pc on pc.organisation_id = t.organisation_id and pc.person_id = t.party_id
      left join lateral (select id, started_at, number from call_attempts
        where step_id = t.step_id and party_id = t.party_id and user_id = ${actor.id} and ended_at is null
        order by id desc limit 1) as a on true
    where t.step_id = ${stepId} and t.party_id = ${partyId}`.execute(db)
  return rows[0]
}

function numbersOf(row: Row): PhoneNumber[] {
  const all = [
    { of: 'mobile', number: row.mobile },
    { of: 'phone', number: row.phone },
    { of: 'organisation-phone', number: row.organisationPhone },
    { of: 'organisation-mobile', number: row.organisationMobile },
  ]
  const seen = new Set<string>()
  return all.flatMap(({ of, number }) => {
    if (number === null || seen.has(number)) return []
    seen.add(number)
    return [PhoneNumber.parse({ of, number, isListed: row.listed.includes(number) })]
  })
}

type Seen = Omit<PersonOnCall, 'obstacle' | 'script' | 'answers'>

/** What the row itself tells of the person. */
export function viewOf(row: OwnRow): Seen {
  const { leasedUntil, callId, callStartedAt, callNumber } = row
  return {
    partyId: row.partyId,
    code: row.code,
    name: row.name,
    nature: row.nature,
    city: row.city,
    organisation: row.organisationId
      ? { id: row.organisationId, name: row.organisation ?? '', function: row.function ?? '' }
      : null,
    numbers: numbersOf(row),
    status: row.status,
    calls: row.calls,
    callbackAt: row.callbackAt,
    appointment: row.appointment,
    usualPlace: row.usualPlace,
    leasedUntil,
    call:
      callId !== null && callStartedAt !== null
        ? { id: callId, startedAt: callStartedAt, number: callNumber ?? '' }
        : null,
  }
}
