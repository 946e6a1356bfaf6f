/** People with all that a criterion may ask, a few at a time: for the reason why each is in. */
import { sql } from 'kysely'
import type { Subject, SubjectLine } from '#core/segments/subject.ts'
import type { Database } from '#platform/db/database.ts'
import { subjectActivities } from './activity-queries.ts'
import { subjectSteps } from './step-queries.ts'
import { dayIn } from './value-queries.ts'

type Row = Omit<
  Subject,
  'flags' | 'birth' | 'optOuts' | 'texts' | 'choices' | 'numbers' | 'dates'
> &
  Subject['texts'] &
  Subject['choices'] &
  Subject['numbers'] &
  Subject['dates'] &
  Subject['flags'] & {
    birthYear: number | null
    birthMonth: number | null
    birthDay: number | null
    emailOptOut: boolean
    smsOptOut: boolean
  }

const lineFields = sql`'saleId', l.sale_id, 'soldOn', l.sold_on, 'currency', l.currency, 'storeId', l.store_id,
  'articleId', l.article_id, 'departmentId', l.department_id, 'quantity', l.quantity, 'amount', l.amount,
  'margin', l.margin`

/** The days of instants are those of the zone. */
export async function loadSubjects(
  db: Database,
  ids: readonly number[],
  zone: string,
): Promise<Subject[]> {
  const { rows } = await sql<Row & { lines: SubjectLine[] }>`
    select p.id, p.code, p.salutation, p.last_name, p.first_name, p.company, p.address1, p.address2,
      p.postal_code, p.city, p.phone, p.mobile, p.email, p.card_number,
      p.kind, p.nature, p.sex, p.language, p.country, coalesce(p.store_id::text, '') as store,
      coalesce(p.category_id::text, '') as category, coalesce(p.card_type_id::text, '') as card_type,
      p.loyalty_points, p.loyalty_items, p.loyalty_visits, p.loyalty_bonus, p.loyalty_sales,
      p.loyalty_gift, p.loyalty_currency,
      p.criterion1, p.criterion2, p.criterion3, p.date2, p.date3,
      ${dayIn(sql`p.created_at`, zone)}::text as created_at,
      p.do_not_contact, p.has_email, p.has_mobile, p.birth_year, p.birth_month, p.birth_day,
      p.custom, p.email_opt_out, p.sms_opt_out, p.opens_consent,
      array(select tag_id from party_tags where party_id = p.id) as tag_ids,
      array(select list_id from party_list_members where party_id = p.id) as list_ids,
      coalesce((select jsonb_agg(jsonb_build_object('channel', channel, 'state', state)) from (
        select distinct on (channel) channel, state from consents
        where party_id = p.id and purpose = 'marketing' order by channel, id desc) as said), '[]') as consents,
      array(select st.campaign_id from targets as t join steps as st on st.id = t.step_id
        where t.party_id = p.id and not t.is_control and t.excluded_reason is null) as targeted_ids,
      array(select st.campaign_id from messages as m join steps as st on st.id = m.step_id
        where m.party_id = p.id and m.state = 'submitted'
        union select c.id from targets as t join steps as st on st.id = t.step_id
        join campaigns as c on c.id = st.campaign_id and c.is_legacy
        where t.party_id = p.id and not t.is_control and t.excluded_reason is null) as received_ids,
      coalesce((select jsonb_agg(jsonb_build_object(${lineFields})) from sale_lines as l
        where l.party_id = p.id), '[]') as lines,
      coalesce((select jsonb_object_agg(question_id, value) from answers
        where party_id = p.id and is_current and value is not null), '{}') as answers,
      coalesce((select jsonb_object_agg(question_id, given) from (
        select question_id, jsonb_agg(value order by id) as given from answers
        where organisation_id = p.id and is_current and value is not null
        group by question_id) as of_contacts), '{}') as contact_answers,
      ${subjectSteps(zone)},
      ${subjectActivities}
    from parties as p where p.id = any (${ids}::bigint[]) and p.deleted_at is null
    order by p.id`.execute(db)
  return rows.map(subjectOf)
}

function subjectOf(row: Row): Subject {
  return {
    ...row,
    texts: row,
    choices: row,
    numbers: row,
    dates: row,
    flags: row,
    birth: { year: row.birthYear, month: row.birthMonth, day: row.birthDay },
    optOuts: { email: row.emailOptOut, sms: row.smsOptOut },
  }
}
