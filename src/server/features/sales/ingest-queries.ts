/**
 * Takes sales in by the chunk. The caller copies receipts and lines into a connection's temporary tables, ids of
 * stores, articles and departments resolved already; the statements here find the customers, tell new from known,
 * and write. New receipts, the usual case, are written without looking at a single old line.
 */
import { sql } from 'kysely'
import type { Database } from '#platform/db/database.ts'

export const copyLines =
  'copy staged_lines (r, n, line_no, article_id, department_id, quantity, amount, margin) from stdin'
export const copyReceipts =
  'copy staged_receipts (r, n, store_id, receipt, till, sold_at, sold_on, currency, customer) from stdin'

/**
 * `r` numbers the receipts of the chunk; `n` is the line in the file. The connection reads times by the clock of
 * the zone from now on, where the file does not say which clock it means.
 */
export async function setup(db: Database, zone: string): Promise<void> {
  await sql`select set_config('timezone', ${zone}, false)`.execute(db)
  await sql`create temp table staged_lines (
    r int, n bigint, line_no int, article_id int, department_id int, quantity bigint, amount bigint, margin bigint
  )`.execute(db)
  await sql`create temp table staged_receipts (
    r int, n bigint, store_id int, receipt text, till text, sold_at timestamptz, sold_on date, currency char(3),
    customer text
  )`.execute(db)
  await sql`create temp table resolved (
    r int, n bigint, sale_id bigint, is_new boolean, party_id bigint, unknown text, store_id int, receipt text,
    till text, sold_at timestamptz, sold_on date, currency char(3)
  )`.execute(db)
  await sql`create temp table compared (
    n bigint, sale_id bigint, line_no int, party_id bigint, store_id int, sold_on date, currency char(3),
    article_id int, department_id int, quantity bigint, amount bigint, margin bigint, state text
  )`.execute(db)
}

export type Named = { id: number; code: string; label: string; departmentId?: number | null }

export async function listArticles(db: Database) {
  return db.selectFrom('articles').select(['id', 'code', 'departmentId']).execute()
}

export async function listDepartments(db: Database) {
  return db.selectFrom('departments').select(['id', 'code', 'label']).execute()
}

const sequences = {
  articles: 'articles_id_seq',
  departments: 'departments_id_seq',
} as const

export async function allocateIds(
  db: Database,
  table: keyof typeof sequences,
  count: number,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select nextval(${sequences[table]}::regclass) as id from generate_series(1, ${count}::int)`.execute(
    db,
  )
  return rows.map((row) => row.id)
}

export async function insertDepartments(db: Database, made: readonly Named[]): Promise<void> {
  await sql`insert into departments (id, code, label) overriding system value
    select * from unnest(${made.map((m) => m.id)}::int[], ${made.map((m) => m.code)}::text[],
      ${made.map((m) => m.label)}::text[])`.execute(db)
}

export async function insertArticles(db: Database, made: readonly Named[]): Promise<void> {
  await sql`insert into articles (id, code, label, department_id) overriding system value
    select * from unnest(${made.map((m) => m.id)}::int[], ${made.map((m) => m.code)}::text[],
      ${made.map((m) => m.label)}::text[], ${made.map((m) => m.departmentId ?? null)}::int[])`.execute(
    db,
  )
}

/** How a receipt's customer key is compared; the key came normalised. */
type CustomerKey = 'code' | 'email' | 'phone' | 'cardNumber'

const matches = {
  code: sql`p.code = r.customer`,
  email: sql`p.email <> '' and lower(p.email) = r.customer`,
  phone: sql`(p.mobile_number = r.customer or p.phone_number = r.customer)`,
  cardNumber: sql`p.card_number = r.customer and p.card_number <> ''`,
}

export type IngestOptions = {
  importId: number
  key: CustomerKey
  unknownCustomer: 'reject' | 'create' | 'anonymous'
  apply: boolean
}

/** Customers that receipts name and nobody is, made with nothing but their key. */
export async function createUnknown(db: Database, { importId, key }: IngestOptions): Promise<void> {
  const column = sql.ref(key === 'cardNumber' ? 'card_number' : key === 'phone' ? 'mobile' : key)
  const number = key === 'phone' ? sql`, mobile_number` : sql``
  const value = key === 'phone' ? sql`, u.customer` : sql``
  const code = key === 'code' ? sql`` : sql`code, `
  const codeValue = key === 'code' ? sql`` : sql`'I' || nextval('parties_id_seq'), `
  await sql`insert into parties (${code} ${column} ${number}, last_name, import_id)
    select ${codeValue} u.customer ${value}, u.customer, ${importId} from (
      select distinct r.customer from staged_receipts r where r.customer is not null
        and not exists (select from parties p where ${matches[key]})
    ) u order by u.customer`.execute(db)
}

/**
 * One row per receipt of the chunk with its sale, known or to be made, and its customer. Numbers begin anew each
 * year or with each till, so a receipt is its shop, its day, its till and its number.
 */
export async function resolve(db: Database, { key, apply }: IngestOptions): Promise<void> {
  const saleId = apply ? sql`nextval('sales_id_seq')` : sql`-r.r::bigint - 1`
  // A code is unique; of several cards with one address or number the oldest is meant.
  const party =
    key === 'code'
      ? sql`left join parties p on ${matches.code} and (p.deleted_at is null or p.merged_into is not null)`
      : sql`left join lateral (
          select id, merged_into from parties p where ${matches[key]} and p.deleted_at is null order by id limit 1
        ) p on r.customer is not null`
  await sql`insert into resolved
    select r.r, r.n, coalesce(s.id, ${saleId}), s.id is null, coalesce(p.merged_into, p.id),
      case when p.id is null then r.customer end, r.store_id, r.receipt, r.till, r.sold_at,
      r.sold_on, r.currency
    from staged_receipts r
    left join sales s on s.store_id = r.store_id and s.sold_on = r.sold_on and s.receipt = r.receipt
      and s.till = r.till
    ${party}`.execute(db)
}

/** What the chunk holds, to choose the cheap way where it is enough. */
export async function describe(db: Database) {
  const { rows } = await sql<{ known: number; unknown: number }>`
    select count(*) filter (where not is_new)::int as known,
      count(*) filter (where unknown is not null)::int as unknown from resolved`.execute(db)
  return rows[0] ?? { known: 0, unknown: 0 }
}

type Refused = { n: number; value: string }

/** Takes the lines of receipts whose customer nobody is out of the chunk. */
export async function refuseUnknown(db: Database): Promise<Refused[]> {
  const { rows } = await sql<Refused>`
    delete from staged_lines l using resolved c where c.r = l.r and c.unknown is not null
    returning l.n, c.unknown as value`.execute(db)
  await sql`delete from resolved where unknown is not null`.execute(db)
  return rows
}

/** The second of two lines with one number on one receipt. */
export async function refuseRepeated(db: Database): Promise<Refused[]> {
  const { rows } = await sql<Refused>`
    delete from staged_lines l using (
      select n, row_number() over (partition by r, line_no order by n) as turn from staged_lines
    ) twice where twice.n = l.n and twice.turn > 1 returning l.n, l.line_no::text as value`.execute(
    db,
  )
  return rows
}

export async function insertSales(db: Database, importId: number): Promise<void> {
  await sql`insert into sales (id, store_id, receipt, till, sold_at, sold_on, party_id, currency, import_id)
    overriding system value
    select sale_id, store_id, receipt, till, sold_at, sold_on, party_id, currency, ${importId}
    from resolved where is_new order by sale_id`.execute(db)
}

/** Lines of new receipts. Sorted by person, so that the index on people is walked in order and not at random. */
export async function insertLines(db: Database, importId: number): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into sale_lines (sale_id, line_no, party_id, store_id, sold_on, currency, article_id, department_id,
      quantity, amount, margin, import_id)
    select c.sale_id, l.line_no, c.party_id, c.store_id, c.sold_on, c.currency, l.article_id, l.department_id,
      l.quantity, l.amount, l.margin, ${importId}
    from staged_lines l join resolved c using (r) where c.is_new
    order by c.party_id, c.sold_on`.execute(db)
  return Number(numAffectedRows ?? 0n)
}

export async function countNewLines(db: Database): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*)::int as total from staged_lines join resolved using (r) where is_new`.execute(
    db,
  )
  return rows[0]?.total ?? 0
}

export type Compared = { created: number; updated: number; unchanged: number; repeated: number }

/** Lines of receipts that are there already, beside what is there. */
export async function compare(db: Database, importId: number): Promise<Compared> {
  // Often they are one receipt that two chunks share: unless the planner knows, it reads all lines there are.
  await sql`analyze resolved (is_new)`.execute(db)
  await sql`insert into compared
    select l.n, c.sale_id, l.line_no, coalesce(c.party_id, s.party_id), c.store_id, c.sold_on, c.currency,
      l.article_id, l.department_id, l.quantity, l.amount, l.margin,
      case when o.sale_id is null then 'created'
        when (o.party_id, o.sold_on, o.currency, o.article_id, o.department_id, o.quantity, o.amount, o.margin)
          is not distinct from (coalesce(c.party_id, s.party_id), c.sold_on, c.currency, l.article_id,
            l.department_id, l.quantity, l.amount, l.margin) then 'unchanged'
        -- Of this very file, some chunks ago.
        when o.import_id = ${importId} then 'repeated'
        else 'updated' end
    from staged_lines l
    join resolved c using (r)
    join sales s on s.id = c.sale_id
    left join sale_lines o on o.sale_id = c.sale_id and o.line_no = l.line_no
    where not c.is_new`.execute(db)
  const { rows } = await sql<{ state: keyof Compared; total: number }>`
    select state, count(*)::int as total from compared group by state`.execute(db)
  const totals = new Map(rows.map((row) => [row.state, row.total]))
  const of = (state: keyof Compared) => totals.get(state) ?? 0
  return {
    created: of('created'),
    updated: of('updated'),
    unchanged: of('unchanged'),
    repeated: of('repeated'),
  }
}

export async function listRepeated(db: Database): Promise<Refused[]> {
  const { rows } = await sql<Refused>`
    select n, line_no::text as value from compared where state = 'repeated' limit 100000`.execute(
    db,
  )
  return rows
}

/** Writes what `compare` found new or different, and keeps what was there for the taking back. */
export async function applyCompared(db: Database, importId: number): Promise<void> {
  // The rest of the columns as the card of the line: people whose history is to be made anew, old and new.
  await sql`insert into purchases_stale
    select o.party_id from compared c join sale_lines o using (sale_id, line_no)
    where c.state = 'updated' and o.party_id is not null`.execute(db)
  await sql`insert into import_sale_befores (import_id, sale_id, line_no, before)
    select ${importId}, o.sale_id, o.line_no, to_jsonb(o) from compared c join sale_lines o using (sale_id, line_no)
    where c.state = 'updated' on conflict do nothing`.execute(db)
  await sql`update sale_lines o set party_id = c.party_id, sold_on = c.sold_on, currency = c.currency,
      article_id = c.article_id, department_id = c.department_id, quantity = c.quantity, amount = c.amount,
      margin = c.margin
    from compared c where c.state = 'updated' and o.sale_id = c.sale_id and o.line_no = c.line_no`.execute(
    db,
  )
  await sql`insert into sale_lines (sale_id, line_no, party_id, store_id, sold_on, currency, article_id,
      department_id, quantity, amount, margin, import_id)
    select sale_id, line_no, party_id, store_id, sold_on, currency, article_id, department_id, quantity, amount,
      margin, ${importId} from compared where state = 'created'`.execute(db)
  // A receipt that was anonymous until now has found its customer.
  await sql`update sales s set party_id = c.party_id from resolved c
    where s.id = c.sale_id and not c.is_new and c.party_id is not null
      and s.party_id is distinct from c.party_id`.execute(db)
}

export async function markStale(db: Database): Promise<void> {
  await sql`insert into purchases_stale
    select distinct party_id from resolved where party_id is not null`.execute(db)
}

export async function clear(db: Database): Promise<void> {
  await sql`truncate staged_lines, staged_receipts, resolved, compared`.execute(db)
}
