import { sql } from 'kysely'
import type { Database } from '#platform/db/database.ts'
import { recordOpensConsents } from '../parties/service.ts'

export async function isRunning(db: Database, importId: number, except: number): Promise<boolean> {
  const { rows } = await sql`select from jobs j join imports i on j.id = any (i.job_ids)
    where i.id = ${importId} and j.id <> ${except} and j.state = 'running'`.execute(db)
  return rows.length > 0
}

export async function untag(db: Database, importId: number): Promise<void> {
  await sql`delete from party_tags p using import_tagged t
    where t.import_id = ${importId} and p.party_id = t.party_id and p.tag_id = t.tag_id`.execute(db)
  await sql`delete from import_tagged where import_id = ${importId}`.execute(db)
}

/** The people of the lists that the import filled leave them, and the lists go. */
export async function removeLists(db: Database, importId: number): Promise<number> {
  const { numAffectedRows } = await sql`delete from party_list_members m using party_lists l
    where l.import_id = ${importId} and m.list_id = l.id`.execute(db)
  await sql`delete from party_lists where import_id = ${importId}`.execute(db)
  return Number(numAffectedRows ?? 0n)
}

const birthdayNow = `to_jsonb(case when p.birth_month is not null then coalesce(lpad(p.birth_year::text, 4, '0'), '-')
  || '-' || lpad(p.birth_month::text, 2, '0') || '-' || lpad(p.birth_day::text, 2, '0') end)`

type Plain = { field: string; column: string; type: string }

const plain: readonly Plain[] = [
  ...[
    ['kind', 'kind'],
    ['nature', 'nature'],
    ['salutation', 'salutation'],
    ['lastName', 'last_name'],
    ['firstName', 'first_name'],
    ['company', 'company'],
    ['sex', 'sex'],
    ['language', 'language'],
    ['address1', 'address1'],
    ['address2', 'address2'],
    ['postalCode', 'postal_code'],
    ['city', 'city'],
    ['country', 'country'],
    ['phone', 'phone'],
    ['mobile', 'mobile'],
    ['email', 'email'],
    ['cardNumber', 'card_number'],
    ['code', 'code'],
  ].map(([field = '', column = '']) => ({ field, column, type: 'text' })),
  { field: 'store', column: 'store_id', type: 'int' },
  { field: 'category', column: 'category_id', type: 'int' },
  { field: 'cardType', column: 'card_type_id', type: 'int' },
  { field: 'loyaltyPoints', column: 'loyalty_points', type: 'numeric' },
  { field: 'loyaltyItems', column: 'loyalty_items', type: 'numeric' },
  { field: 'loyaltyVisits', column: 'loyalty_visits', type: 'numeric' },
  { field: 'loyaltyBonus', column: 'loyalty_bonus', type: 'numeric' },
  { field: 'loyaltySales', column: 'loyalty_sales', type: 'bigint' },
  { field: 'loyaltyGift', column: 'loyalty_gift', type: 'bigint' },
  { field: 'loyaltyCurrency', column: 'loyalty_currency', type: 'char(3)' },
  { field: 'date2', column: 'date2', type: 'date' },
  { field: 'date3', column: 'date3', type: 'date' },
  { field: 'criterion1', column: 'criterion1', type: 'numeric' },
  { field: 'criterion2', column: 'criterion2', type: 'numeric' },
  { field: 'criterion3', column: 'criterion3', type: 'numeric' },
  { field: 'doNotContact', column: 'do_not_contact', type: 'boolean' },
  { field: 'opensConsent', column: 'opens_consent', type: 'boolean' },
]

/** Still what the import made of it: then, and only then, it goes back. */
const still = (field: string, now: string) =>
  `c.changes ? '${field}' and ${now} is not distinct from nullif(c.changes -> '${field}' -> 1, 'null')`
const before = (field: string, type: string) => `(c.changes -> '${field}' ->> 0)::${type}`

function assignments(): string[] {
  const own = plain.map(({ field, column, type }) => {
    const value = type === 'text' ? `coalesce(${before(field, type)}, '')` : before(field, type)
    return `${column} = case when ${still(field, `to_jsonb(p.${column})`)} then ${value} else p.${column} end`
  })
  const numbers = ['phone', 'mobile'].map(
    (field) =>
      `${field}_number = case when ${still(field, `to_jsonb(p.${field})`)} then null else p.${field}_number end`,
  )
  const birthday = still('birthday', birthdayNow)
  const day = `c.changes -> 'birthday' ->> 0`
  const parts = [
    `birth_year = case when ${birthday} then nullif(split_part(${day}, '-', 1), '')::smallint else p.birth_year end`,
    `birth_month = case when ${birthday} then left(right(${day}, 5), 2)::smallint else p.birth_month end`,
    `birth_day = case when ${birthday} then right(${day}, 2)::smallint else p.birth_day end`,
  ]
  const custom = `custom = (select coalesce(jsonb_object_agg(k, v), '{}') from (
      select e.key as k, case when c.changes ? ('custom.' || e.key)
          and e.value is not distinct from c.changes -> ('custom.' || e.key) -> 1
        then nullif(c.changes -> ('custom.' || e.key) -> 0, 'null') else e.value end as v
      from (select key, value from jsonb_each(p.custom) union
        select substr(key, 8), null from jsonb_each(c.changes) where key like 'custom.%' and not p.custom ? substr(key, 8)) e
    ) kept where v is not null)`
  return [...own, ...numbers, ...parts, custom]
}

/** Fields that the import changed return to what they were, unless somebody changed them since. */
export async function restoreCards(
  db: Database,
  jobIds: readonly number[],
): Promise<{ restored: number; keptChanged: number }> {
  await sql`create temp table to_restore on commit drop as
    select c.party_id, p.version, c.changes, (
      select count(*) from jsonb_object_keys(c.changes) as k where exists (
        select from party_changes later where later.party_id = c.party_id and later.id > c.id and later.changes ? k
      ))::int as lost
    from party_changes c join parties p on p.id = c.party_id
    where c.job_id = any (${jobIds}::bigint[]) and c.reason = 'import'`.execute(db)
  const { numAffectedRows } = await sql`update parties p set ${sql.raw(assignments().join(', '))},
      version = p.version + 1, updated_at = now()
    from to_restore c where c.party_id = p.id and p.deleted_at is null`.execute(db)
  const { rows } = await sql<{ phones: number[] | null; lost: number }>`
    select array_agg(party_id) filter (where changes ?| array['phone', 'mobile']) as phones,
      count(*) filter (where lost > 0)::int as lost from to_restore`.execute(db)
  await renumber(db, rows[0]?.phones ?? [])
  await sql`insert into party_changes (party_id, actor_name, reason, changes)
    select party_id, 'Import', 'undo', (select coalesce(jsonb_object_agg(key, jsonb_build_array(value -> 1, value -> 0)), '{}')
      from jsonb_each(changes)) from to_restore`.execute(db)
  await unsayOpens(db)
  const lost = rows[0]?.lost ?? 0
  return { restored: Math.max(0, Number(numAffectedRows ?? 0n) - lost), keptChanged: lost }
}

/** The ledger follows the cards whose word on measuring openings is again what it was. */
async function unsayOpens(db: Database): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    select p.id from to_restore c join parties p on p.id = c.party_id
    where p.deleted_at is null and c.changes ? 'opensConsent'
      and p.opens_consent is not distinct from (c.changes -> 'opensConsent' ->> 0)::boolean`.execute(
    db,
  )
  const ids = rows.map(({ id }) => id)
  if (ids.length > 0) {
    await recordOpensConsents(db, ids, { source: 'import-undo', actorName: 'Import' })
  }
}

/** French numbers, which nearly all are; others are read again when the card is next saved. */
async function renumber(db: Database, partyIds: readonly number[]): Promise<void> {
  for (const column of ['phone', 'mobile']) {
    await sql`update parties set ${sql.ref(`${column}_number`)} = '+33' || substr(regexp_replace(${sql.ref(column)}, '[^0-9]', '', 'g'), 2)
      where id = any (${partyIds}::bigint[]) and regexp_replace(${sql.ref(column)}, '[^0-9]', '', 'g') ~ '^0[1-9][0-9]{8}$'`.execute(
      db,
    )
  }
}

/** Cards that the import made go, unless somebody worked with them. */
export async function removeCards(db: Database, importId: number) {
  const used = sql`p.version > 1
    or exists (select from sales s where s.party_id = p.id)
    or exists (select from party_notes n where n.party_id = p.id)
    or exists (select from party_files f where f.party_id = p.id)
    or exists (select from targets t where t.party_id = p.id)
    or exists (select from answers a where a.party_id = p.id)
    or exists (select from messages m where m.party_id = p.id)
    or exists (select from party_tags t where t.party_id = p.id)
    or exists (select from party_list_members l where l.party_id = p.id)
    or exists (select from parties other where other.merged_into = p.id)`
  const { numAffectedRows } = await sql`
    delete from parties p where p.import_id = ${importId} and not (${used})`.execute(db)
  const { keptUsed } = await db
    .selectFrom('parties')
    .select((eb) => eb.fn.countAll<number>().as('keptUsed'))
    .where('importId', '=', importId)
    .executeTakeFirstOrThrow()
  return { removed: Number(numAffectedRows ?? 0n), keptUsed }
}

/** Stores, categories, tags, articles and departments that nothing names any more. */
export async function removeMade(db: Database, importId: number): Promise<void> {
  const made = (what: string) =>
    sql`(select id from import_made where import_id = ${importId} and what = ${what})`
  await sql`delete from articles a where id in ${made('article')}
    and not exists (select from sale_lines l where l.article_id = a.id)`.execute(db)
  await sql`delete from departments d where id in ${made('department')}
    and not exists (select from articles a where a.department_id = d.id)
    and not exists (select from sale_lines l where l.department_id = d.id)`.execute(db)
  await sql`delete from stores s where id in ${made('store')}
    and not exists (select from sales where store_id = s.id)
    and not exists (select from parties where store_id = s.id)`.execute(db)
  await sql`delete from party_categories c where id in ${made('category')}
    and not exists (select from parties where category_id = c.id)`.execute(db)
  await sql`delete from card_types c where id in ${made('card-type')}
    and not exists (select from parties where card_type_id = c.id)`.execute(db)
  await sql`delete from tags t where id in ${made('tag')}
    and not exists (select from party_tags where tag_id = t.id)`.execute(db)
  await sql`delete from import_made where import_id = ${importId}`.execute(db)
}
