/** Where criteria are kept, and which of those places name something: what is named is not deleted. */
import { sql } from 'kysely'
import type { Actor } from '#core/kernel/actor.ts'
import type { Database } from '#platform/db/database.ts'
import { campaignIsOpen, campaignName } from '../access/service.ts'

type Teller = Pick<Actor, 'keys' | 'locale'>

export type Place = {
  place: 'segment' | 'questionnaire' | 'mailing' | 'step'
  /** Of the segment, questionnaire, mailing or step. */
  id: number
  campaignId: number | null
  /** Without its name when it is hidden. */
  label: string
  isOpen: boolean
}

/** The values that criteria hold for each kind of thing that they name. */
const paths = {
  segment: 'strict $.**.segmentId',
  question: 'strict $.** ? (@.kind == "answer").questionId',
  campaign: 'strict $.**.campaignId',
  step: 'strict $.**.stepId',
  status: 'strict $.** ? (@.kind == "status").statuses[*]',
  'step-state': 'strict $.** ? (@.kind == "step-state").states[*]',
  'operation-state': 'strict $.** ? (@.kind == "operation-state").states[*]',
} as const

export type Nameable = keyof typeof paths

/** Every document that holds criteria, but those of campaigns in the bin. */
const documents = (teller: Teller) => sql`(
  select criteria as doc, 'segment' as place, id, null::bigint as campaign_id, name as label, true as is_open
    from segments
  union all select i.show_if, 'questionnaire', q.id, null, q.label, true
    from questionnaire_items i join questionnaires q on q.id = i.questionnaire_id where i.show_if is not null
  union all select s.selection, 'mailing', c.id, c.id, ${campaignName(teller, 'c', sql`c.label`)}, ${campaignIsOpen(teller, 'c')}
    from steps s join campaigns c on c.id = s.campaign_id and c.deleted_at is null where s.selection is not null
  union all select kept.doc, 'step', s.id, c.id,
      ${campaignName(teller, 'c', sql`coalesce(nullif(s.label, ''), c.label)`)}, ${campaignIsOpen(teller, 'c')}
    from (select step_id, test as doc from conditions union all select step_id, source from step_selections) as kept
    join steps s on s.id = kept.step_id join campaigns c on c.id = s.campaign_id and c.deleted_at is null
) as documents`

/** Each place with what it names, once; only what is `among`, when given. */
export async function placesNaming(
  db: Database,
  teller: Teller,
  what: Nameable,
  among?: readonly (number | string)[],
): Promise<(Place & { named: string })[]> {
  const { rows } = await sql<Place & { named: string }>`
    select distinct named #>> '{}' as named, place, id, campaign_id, label, is_open
    from ${documents(teller)}, jsonb_path_query(doc, ${paths[what]}::jsonpath, silent => true) as named
    where ${among === undefined} or named #>> '{}' = any(${(among ?? []).map(String)}::text[])
    order by place, label, id`.execute(db)
  return rows
}

/** The codes of choices that criteria ask for in the answers to a question. */
export async function choicesNamed(db: Database, questionId: number): Promise<string[]> {
  const path = `strict $.** ? (@.kind == "answer" && @.questionId == ${questionId}).test.values[*]`
  const { rows } = await sql<{ code: string }>`select distinct named #>> '{}' as code
    from ${documents({ keys: [], locale: 'fr' })}, jsonb_path_query(doc, ${path}::jsonpath, silent => true) as named`.execute(
    db,
  )
  return rows.map(({ code }) => code)
}
