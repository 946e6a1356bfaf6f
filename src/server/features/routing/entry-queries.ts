/** One person and one step: where he stands there and in the step he would come from. */
import { sql } from 'kysely'
import type { StatusMeaning } from '#core/campaigns/status.ts'
import type { Locale } from '#core/kernel/values.ts'
import type { Database } from '#platform/db/database.ts'
import { nameOf } from '../parties/service.ts'

export type Standing = {
  label: string
  isDeleted: boolean
  isIn: boolean
  isLinked: boolean | null
  isKeptOut: boolean | null
  originStepId: number | null
  enteredAt: string | null
  availableAt: string | null
  status: string | null
  statusLabel: string | null
}

/** Of a party that was never there nothing is known. */
export async function standing(
  db: Database,
  { stepId, partyId, locale }: { stepId: number; partyId: number; locale: Locale },
): Promise<Standing | undefined> {
  const label = locale === 'fr' ? sql`st.label_fr` : sql`st.label_en`
  const { rows } = await sql<Standing>`
    select s.label, p.deleted_at is not null as is_deleted, t.step_id is not null as is_in,
      t.is_linked, (t.is_control or t.excluded_reason is not null) as is_kept_out, t.origin_step_id,
      t.entered_at, t.available_at, t.status, ${label} as status_label
    from steps s join parties p on p.id = ${partyId}
      left join targets t on t.step_id = s.id and t.party_id = p.id
      left join entity_states st on st.entity = 'target' and st.code = t.status
    where s.id = ${stepId}`.execute(db)
  return rows[0]
}

export type AtOrigin = {
  label: string
  isIn: boolean
  isLinked: boolean | null
  isKeptOut: boolean | null
  status: string | null
  meaning: StatusMeaning | null
  organisation: { id: number; label: string } | null
}

/** In the step that people come from, and for which organisation. */
export async function atOrigin(
  db: Database,
  { stepId, partyId, locale }: { stepId: number; partyId: number; locale: Locale },
): Promise<AtOrigin | undefined> {
  const label = locale === 'fr' ? sql`st.label_fr` : sql`st.label_en`
  const { rows } = await sql<AtOrigin>`
    select s.label, t.step_id is not null as is_in, t.is_linked,
      (t.is_control or t.excluded_reason is not null) as is_kept_out, ${label} as status, st.meaning,
      case when o.id is not null then jsonb_build_object('id', o.id, 'label',
        coalesce(nullif(o.company, ''), ${nameOf('o')})) end as organisation
    from steps s left join targets t on t.step_id = s.id and t.party_id = ${partyId}
      left join entity_states st on st.entity = 'target' and st.code = t.status
      left join parties o on o.id = t.organisation_id
    where s.id = ${stepId}`.execute(db)
  return rows[0]
}
