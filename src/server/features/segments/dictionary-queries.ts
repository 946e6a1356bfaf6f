/** What criteria can name: for the pickers of the page and the names in a sentence. */
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Actor } from '#core/kernel/actor.ts'
import type { Locale } from '#core/kernel/values.ts'
import type { Dictionary } from '#core/segments/api.ts'
import type { Database } from '#platform/db/database.ts'
import { activityTypeIsOpen, campaignIsOpen, campaignName } from '../access/service.ts'

const Options = z.array(z.object({ value: z.string(), labelFr: z.string(), labelEn: z.string() }))
const Fields = z.array(
  z.object({
    key: z.string(),
    type: z.string(),
    labelFr: z.string(),
    labelEn: z.string(),
    options: Options.default([]),
  }),
)

type Named = { id: number; label: string }

async function named(db: Database, query: ReturnType<typeof sql<Named>>): Promise<Named[]> {
  return (await query.execute(db)).rows
}

type Distincts = Pick<Dictionary, 'countries' | 'languages' | 'currencies' | 'kindCounts'>
type Names = Omit<Dictionary, keyof Distincts>

/** In which language, and to whom: what is hidden from somebody has no name for them. */
export type Telling = { locale: Locale; actor: Pick<Actor, 'keys'> }

export async function load(db: Database, telling: Telling): Promise<Dictionary> {
  const [all, some] = await Promise.all([names(db, telling), distincts(db)])
  return { ...all, ...some }
}

/** Without what takes a look at every customer: asked again with each live count. */
export async function names(db: Database, { locale, actor }: Telling): Promise<Names> {
  const label = locale === 'fr' ? 'labelFr' : 'labelEn'
  const [stores, categories, cardTypes, departments, tags, lists, segments, mailings] =
    await Promise.all([
      named(db, sql`select id, name as label from stores order by name`),
      named(db, sql`select id, label from party_categories order by label`),
      named(db, sql`select id, label from card_types order by label`),
      named(db, sql`select id, label from departments order by label`),
      named(db, sql`select id, label from tags order by label`),
      named(db, sql`select id, label from party_lists order by created_at desc limit 1000`),
      named(db, sql`select id, name as label from segments order by name`),
      named(
        db,
        sql`select id, label from campaigns where deleted_at is null and ${campaignIsOpen(actor, 'campaigns')}
        order by send_on desc nulls last, id desc limit 1000`,
      ),
    ])
  const kinds = await db
    .selectFrom('partyKinds')
    .select(['code', `${label} as label`])
    .orderBy('position')
    .execute()
  return {
    stores,
    categories,
    cardTypes,
    departments,
    tags,
    lists,
    segments,
    mailings,
    kinds,
    customFields: await customFields(db, label),
    questions: await questions(db),
    activityTypes: await activityTypes(db, { label, actor }),
    steps: await steps(db, sql`${campaignIsOpen(actor, 'c')}`),
    operations: await operations(db, sql`${campaignIsOpen(actor, 'c')}`),
    states: await states(db, label),
    statuses: await db
      .selectFrom('entityStates')
      .where('entity', '=', 'target')
      .select(['code', `${label} as label`])
      .orderBy('position')
      .execute(),
  }
}

/** The latest steps of operations and mailings; a mailing's one step goes by the name of the mailing. */
async function steps(db: Database, open: RawBuilder<unknown>): Promise<Dictionary['steps']> {
  const { rows } = await sql<Dictionary['steps'][number]>`
    select s.id, case when s.label = '' then c.label else s.label end as label, c.label as campaign
    from steps s join campaigns c on c.id = s.campaign_id
    where s.is_final and c.deleted_at is null and not c.is_template and ${open}
    order by c.id desc, s.position, s.id limit 1000`.execute(db)
  return rows
}

const operations = (db: Database, open: RawBuilder<unknown>): Promise<Named[]> =>
  named(
    db,
    sql`select c.id, c.label from campaigns c
      where c.form = 'operation' and c.deleted_at is null and not c.is_template and ${open}
      order by c.id desc limit 1000`,
  )

async function states(db: Database, label: 'labelFr' | 'labelEn'): Promise<Dictionary['states']> {
  const entities = ['step', 'operation'] as const
  const rows = await db
    .selectFrom('entityStates')
    .where('entity', 'in', entities)
    .select(['entity', 'code', `${label} as label`])
    .orderBy('position')
    .execute()
  return entities.flatMap((entity) =>
    rows.flatMap((row) => (row.entity === entity ? [{ ...row, entity }] : [])),
  )
}

async function questions(db: Database): Promise<Dictionary['questions']> {
  const { rows } = await sql<Dictionary['questions'][number]>`
    select id, label, kind, choices from questions order by is_active desc, fold(label)`.execute(db)
  return rows
}

async function customFields(db: Database, label: 'labelFr' | 'labelEn') {
  const rows = await db
    .selectFrom('customFields')
    .select(['key', 'type', 'options', `${label} as label`])
    .orderBy('position')
    .execute()
  return rows.map(({ options, ...field }) => ({
    ...field,
    options: Options.parse(options).map((each) => ({ value: each.value, label: each[label] })),
  }))
}

/** Those that the actor may see, retired ones last. */
async function activityTypes(
  db: Database,
  { label, actor }: { label: 'labelFr' | 'labelEn'; actor: Telling['actor'] },
): Promise<Dictionary['activityTypes']> {
  const rows = await db
    .selectFrom('activityTypes')
    .select(['id', 'customFields', `${label} as label`])
    .where(activityTypeIsOpen(actor, 'activityTypes'))
    .orderBy('isActive', 'desc')
    .orderBy('position')
    .execute()
  return rows.map(({ customFields: own, ...type }) => ({
    ...type,
    customFields: Fields.parse(own).map(({ options, ...field }) => ({
      key: field.key,
      type: field.type,
      label: field[label],
      options: options.map((each) => ({ value: each.value, label: each[label] })),
    })),
  }))
}

/** The few values there are of a column; currencies with the most used first, which new criteria begin with. */
async function distincts(db: Database): Promise<Distincts> {
  const { rows } = await sql<Distincts>`
    select
      coalesce((select json_agg(json_build_object('code', kind, 'people', n) order by n desc, kind) from (
        select kind, count(*) as n from parties where deleted_at is null group by kind
      ) as kinds), '[]') as kind_counts,
      array(select country::text from parties where deleted_at is null group by 1 order by 1) as countries,
      array(select language from parties where deleted_at is null group by 1 order by 1) as languages,
      array(select currency::text from (
        select currency, 0 as n from stores
        union all select currency, count(*) as n from party_purchases group by 1
      ) as used group by 1 order by sum(n) desc, 1) as currencies`.execute(db)
  return rows[0] ?? { countries: [], languages: [], currencies: [], kindCounts: [] }
}

/** Rows that a sentence names and the dictionary does not hold in full; what is hidden from the actor is there without its name. */
export async function namedBesides(
  db: Database,
  { locale, actor }: Telling,
  ids: { articleIds: number[]; campaignIds: number[]; stepIds: number[] },
): Promise<{ articles: Named[]; mailings: Named[]; steps: Named[] }> {
  const name = (told: RawBuilder<unknown>) => campaignName({ keys: actor.keys, locale }, 'c', told)
  return {
    articles: await articles(db, { ids: ids.articleIds }),
    mailings: await named(
      db,
      sql`select id, ${name(sql`c.label`)} as label from campaigns c where id = any (${ids.campaignIds}::bigint[])`,
    ),
    steps: await named(
      db,
      sql`select s.id, ${name(sql`case when s.label = '' then c.label else c.label || ' › ' || s.label end`)} as label
        from steps s join campaigns c on c.id = s.campaign_id
        where s.id = any (${ids.stepIds}::bigint[]) and c.deleted_at is null`,
    ),
  }
}

export function articles(
  db: Database,
  { ids, search = '' }: { ids?: number[] | undefined; search?: string },
): Promise<Named[]> {
  const label = sql`case when label = '' then code else label end as label`
  if (ids) return named(db, sql`select id, ${label} from articles where id = any (${ids}::int[])`)
  return named(
    db,
    sql`select id, ${label} from articles
      where strpos(fold(code), fold(${search}::text)) > 0 or strpos(fold(label), fold(${search}::text)) > 0
      order by articles.label, code limit 50`,
  )
}
