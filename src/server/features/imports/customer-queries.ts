/** Customers by the chunk: which rows are whom, what changes, and the writing of it. */
import { sql } from 'kysely'
import type { PartyKey } from '#core/imports/plan.ts'
import type { Database } from '#platform/db/database.ts'
import { type Author, opensConsentAfter, recordChangedConsents } from './consent-queries.ts'
import { type FieldColumn, type Fields, has } from './customer-fields.ts'

export type CustomerRules = {
  key: PartyKey
  update: boolean
  create: boolean
  clears: boolean
  hasCustom: boolean
}

const raw = sql.raw

const columnsOf = (fields: Fields): FieldColumn[] =>
  fields.flatMap(({ field }) => [...field.columns])

export async function setup(db: Database, fields: Fields): Promise<void> {
  const own = columnsOf(fields).map(({ name, type }) => `, ${name} ${type}`)
  await raw(
    `create temp table staged (n bigint, key text, alt text, custom jsonb${own.join('')})`,
  ).execute(db)
  await raw('create temp table staged_tags (n bigint, tag_id int)').execute(db)
  await raw(
    'create temp table matched (n bigint, party_id bigint, state text, problem text)',
  ).execute(db)
}

export const copyStaged = (fields: Fields) =>
  `copy staged (n, key, alt, custom${columnsOf(fields)
    .map(({ name }) => `, ${name}`)
    .join('')}) from stdin`

export const copyTags = 'copy staged_tags (n, tag_id) from stdin'

/** What each column becomes on a card that is there: `p` the card, `s` the row. */
function newValues(fields: Fields, { clears }: CustomerRules) {
  return fields.flatMap(({ target, field }) => {
    const [first] = field.columns
    // A file, however new, does not lift a person's own refusal; only a hand does.
    if (first?.name === 'do_not_contact') {
      return [
        {
          target,
          name: first.name,
          value: `(p.do_not_contact or coalesce(s.do_not_contact, false))`,
        },
      ]
    }
    if (first?.name === 'opens_consent')
      return [{ target, name: first.name, value: opensConsentAfter }]
    const given = `s.${first?.name} is not null`
    return field.columns.map(({ name }, at) => {
      const empty = clears && field.cleared !== null
      const otherwise = empty ? (at === 0 ? field.cleared : 'null') : `p.${name}`
      return { target, name, value: `case when ${given} then s.${name} else ${otherwise} end` }
    })
  })
}

const newCustom = 'jsonb_strip_nulls(p.custom || s.custom)'

function differs(fields: Fields, rules: CustomerRules): string {
  const parts = newValues(fields, rules).map(
    ({ name, value }) => `p.${name} is distinct from ${value}`,
  )
  if (rules.hasCustom) parts.push(`p.custom is distinct from ${newCustom}`)
  return parts.length === 0 ? 'false' : `(${parts.join(' or ')})`
}

const matches: Record<PartyKey, string> = {
  code: 'p.code = s.key',
  email: 'p.email_key = s.key and p.deleted_at is null',
  phone: '(p.mobile_number = s.key or p.phone_number = s.key) and p.deleted_at is null',
  cardNumber: "p.card_number = s.key and p.card_number <> '' and p.deleted_at is null",
}

const stateOf = (fields: Fields, rules: CustomerRules) => `
  case when p.id is null then 'created'
    when ${rules.update ? differs(fields, rules) : 'false'} then 'updated' else 'unchanged' end`

/** One row of `matched` per staged row: whom it is, what becomes of it, and why not. */
export async function match(db: Database, fields: Fields, rules: CustomerRules): Promise<void> {
  const state = stateOf(fields, rules)
  if (rules.key === 'code') {
    await raw(`insert into matched
      select s.n, p.id, ${state}, case when k.deleted_at is not null and k.merged_into is null then 'deleted-customer' end
      from staged s left join parties k on k.code = s.key
        left join parties p on p.id = coalesce(k.merged_into, k.id)
      where s.key is not null`).execute(db)
  } else {
    await raw(`insert into matched
      select s.n, p.id, ${state}, case when f.total > 1 then 'ambiguous-customer' end
      from staged s left join lateral (
        select min(p.id) as id, count(*) as total from (select p.id from parties p where ${matches[rules.key]} limit 2) p
      ) f on true left join parties p on p.id = f.id
      where s.key is not null`).execute(db)
  }
  // Without a key, a card of the same name and postal code is the same person; none of two is.
  await raw(`insert into matched
    select s.n, p.id, ${state}, case when f.total > 1 then 'ambiguous-customer' end
    from staged s left join lateral (
      select min(p.id) as id, count(*) as total from (
        select p.id from parties p where p.deleted_at is null and p.name_key = s.alt
          ${has(fields, 'postalCode') ? "and p.postal_code = coalesce(s.postal_code, '')" : ''} limit 2) p
    ) f on true left join parties p on p.id = f.id
    where s.key is null`).execute(db)
  await refuse(db, fields, rules)
}

/** The name a new card gets. */
function nameOf(fields: Fields): string {
  const given = ['lastName', 'company'].filter((target) => has(fields, target))
  const names = given.map(
    (target) => `nullif(s.${target === 'company' ? 'company' : 'last_name'}, '')`,
  )
  return `coalesce(${[...names, 's.key', "''"].join(', ')})`
}

async function refuse(db: Database, fields: Fields, rules: CustomerRules): Promise<void> {
  if (!rules.create) {
    await raw(`update matched set problem = 'unknown-customer' where state = 'created'`).execute(db)
  }
  await raw(`update matched m set problem = 'missing' from staged s
    where s.n = m.n and m.state = 'created' and ${nameOf(fields)} = ''`).execute(db)
  if (rules.key !== 'code' && has(fields, 'code')) {
    await raw(`update matched m set problem = 'duplicate-key' from staged s
      where s.n = m.n and m.state = 'created' and exists (select from parties p where p.code = s.code)`).execute(
      db,
    )
  }
}

export async function countStates(db: Database) {
  const { rows } = await sql<{ state: 'created' | 'updated' | 'unchanged'; total: number }>`
    select state, count(*)::int as total from matched where problem is null group by state`.execute(
    db,
  )
  const totals = new Map(rows.map(({ state, total }) => [state, total]))
  return {
    created: totals.get('created') ?? 0,
    updated: totals.get('updated') ?? 0,
    unchanged: totals.get('unchanged') ?? 0,
  }
}

export async function listProblems(db: Database) {
  const { rows } = await sql<{ n: number; key: string | null; problem: string }>`
    select m.n, s.key, m.problem from matched m join staged s on s.n = m.n
    where m.problem is not null order by m.n`.execute(db)
  return rows
}

/** Writes the chunk: histories first, since they need the cards as they were. */
export async function apply(
  db: Database,
  fields: Fields,
  rules: CustomerRules,
  author: Author,
): Promise<void> {
  await recordChangedConsents(db, fields, author)
  await recordChanges(db, fields, rules, author)
  await updateCards(db, fields, rules)
  await raw(
    `update matched set party_id = nextval('parties_id_seq') where state = 'created' and problem is null`,
  ).execute(db)
  await insertCards(db, fields, rules, author)
}

/** How the card's history shows a field: `p.` the card as it was, `q.` as it is to be. */
const shown = (target: string, of: string): string => {
  const columns: Record<string, string> = {
    store: 'store_id',
    category: 'category_id',
    cardType: 'card_type_id',
    wish: 'do_not_contact',
  }
  if (target === 'birthday') {
    return `to_jsonb(case when ${of}birth_month is not null then coalesce(lpad(${of}birth_year::text, 4, '0'), '-')
      || '-' || lpad(${of}birth_month::text, 2, '0') || '-' || lpad(${of}birth_day::text, 2, '0') end)`
  }
  const column = columns[target] ?? target.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)
  return `to_jsonb(${of}${column})`
}

async function recordChanges(db: Database, fields: Fields, rules: CustomerRules, author: Author) {
  const values = newValues(fields, rules).map(({ name, value }) => `${value} as ${name}`)
  const changes = fields.map(({ target }) => {
    const [before, after] = [shown(target, 'p.'), shown(target, 'q.')]
    const key = target === 'wish' ? 'doNotContact' : target
    return `case when ${before} is distinct from ${after}
      then jsonb_build_object('${key}', jsonb_build_array(${before}, ${after})) else '{}' end`
  })
  const custom = rules.hasCustom
    ? `|| coalesce((select jsonb_object_agg('custom.' || k, jsonb_build_array(p.custom -> k, q.custom -> k))
        from jsonb_object_keys(s.custom) k where p.custom -> k is distinct from q.custom -> k), '{}')`
    : ''
  const next = [...values, ...(rules.hasCustom ? [`${newCustom} as custom`] : []), '1 as one'].join(
    ', ',
  )
  await sql`insert into party_changes (party_id, actor_id, actor_name, job_id, reason, changes)
    select m.party_id, ${author.actorId}, ${author.actorName}, ${author.jobId}::bigint, 'import',
      ${raw(`'{}'::jsonb ${changes.map((change) => `|| ${change}`).join(' ')} ${custom}`)}
    from matched m join staged s on s.n = m.n join parties p on p.id = m.party_id
      cross join lateral (select ${raw(next)}) q
    where m.state = 'updated' and m.problem is null`.execute(db)
}

async function updateCards(db: Database, fields: Fields, rules: CustomerRules): Promise<void> {
  const sets = newValues(fields, rules).map(({ name, value }) => `${name} = ${value}`)
  if (rules.hasCustom) sets.push(`custom = ${newCustom}`)
  if (sets.length === 0) return
  // A new address starts with a clean record.
  if (has(fields, 'email')) {
    sets.push(
      `email_state = case when s.email is not null and s.email <> p.email then 'ok' else p.email_state end`,
    )
  }
  await raw(`update parties p set ${sets.join(', ')}, version = p.version + 1, updated_at = now()
    from matched m join staged s on s.n = m.n
    where p.id = m.party_id and m.state = 'updated' and m.problem is null`).execute(db)
}

async function insertCards(
  db: Database,
  fields: Fields,
  rules: CustomerRules,
  { importId }: Author,
) {
  const own = columnsOf(fields).filter(({ name }) => name !== 'code' && name !== 'last_name')
  const defaults: Record<string, string> = {
    kind: "'customer'",
    nature: "'person'",
    country: "'FR'",
    language: "'fr'",
    loyalty_currency: "'EUR'",
    do_not_contact: 'false',
    sex: "''",
  }
  const value = ({ name, type }: FieldColumn) => {
    const fallback =
      defaults[name] ?? (type === 'text' && !name.endsWith('_number') ? "''" : undefined)
    const isNumber = name === 'phone_number' || name === 'mobile_number'
    return fallback === undefined || isNumber ? `s.${name}` : `coalesce(s.${name}, ${fallback})`
  }
  const made = `'C' || lpad(nextval('party_codes')::text, 6, '0')`
  const codes = rules.key === 'code' ? ['s.key'] : has(fields, 'code') ? ["nullif(s.code, '')"] : []
  const names = own.map(({ name }) => `, ${name}`).join('')
  await sql`insert into parties (id, code, last_name, custom, import_id ${raw(names)}) overriding system value
    select m.party_id, ${raw(`coalesce(${[...codes, made].join(', ')})`)}, ${raw(lastName(fields))},
      jsonb_strip_nulls(coalesce(s.custom, '{}')), ${importId} ${raw(own.map((c) => `, ${value(c)}`).join(''))}
    from matched m join staged s on s.n = m.n
    where m.state = 'created' and m.problem is null order by m.n`.execute(db)
}

/** A company needs no name beside its own. */
const lastName = (fields: Fields) =>
  has(fields, 'company')
    ? `case when coalesce(s.company, '') <> '' then ${has(fields, 'lastName') ? "coalesce(s.last_name, '')" : "''"} else ${nameOf(fields)} end`
    : nameOf(fields)

export async function applyTags(db: Database, importId: number): Promise<void> {
  await sql`with added as (
      insert into party_tags (party_id, tag_id)
      select distinct m.party_id, t.tag_id from staged_tags t join matched m on m.n = t.n
      where m.problem is null and m.party_id is not null on conflict do nothing returning party_id, tag_id
    ) insert into import_tagged (import_id, party_id, tag_id)
      select ${importId}, party_id, tag_id from added on conflict do nothing`.execute(db)
}

export async function joinList(db: Database, listId: number): Promise<number> {
  const { numAffectedRows } = await sql`insert into party_list_members (list_id, party_id)
    select distinct ${listId}::bigint, party_id from matched where problem is null and party_id is not null
    on conflict do nothing`.execute(db)
  return Number(numAffectedRows ?? 0n)
}

export async function countListed(db: Database, listId: number | null): Promise<number> {
  const { rows } = await sql<{
    total: number
  }>`select count(distinct party_id)::int as total from matched m
    where problem is null and party_id is not null and not exists (
      select from party_list_members l where l.list_id = ${listId}::bigint and l.party_id = m.party_id)`.execute(
    db,
  )
  return rows[0]?.total ?? 0
}

/** The list that an import fills, made when its first chunk needs it. */
export async function ensureList(
  db: Database,
  list: { importId: number; label: string; createdBy: string | null },
): Promise<number> {
  const known = await findList(db, list.importId)
  if (known !== undefined) return known
  const row = await db
    .insertInto('partyLists')
    .values(list)
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export async function findList(db: Database, importId: number): Promise<number | undefined> {
  const row = await db
    .selectFrom('partyLists')
    .select('id')
    .where('importId', '=', importId)
    .executeTakeFirst()
  return row?.id
}

export async function clear(db: Database): Promise<void> {
  await raw('truncate staged, staged_tags, matched').execute(db)
}

export async function listTags(db: Database) {
  return db.selectFrom('tags').select(['id', 'label as code', 'label']).execute()
}

export async function insertTags(db: Database, made: readonly { id: number; name: string }[]) {
  await sql`insert into tags (id, label) overriding system value
    select * from unnest(${made.map((m) => m.id)}::int[], ${made.map((m) => m.name)}::text[])`.execute(
    db,
  )
}
