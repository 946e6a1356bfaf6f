/** What merge fields need of the cards. */
import { type RawBuilder, sql } from 'kysely'
import { functionField, ofOrganisation, organisationPrefix } from '#core/content/merge-fields.ts'
import type { MergeSource, PurchaseTotals } from '#core/content/merge-values.ts'
import type { Database } from '#platform/db/database.ts'

/** Columns of the card that are the value itself. */
const ownText = {
  code: 'code',
  nature: 'nature',
  salutation: 'salutation',
  lastName: 'last_name',
  firstName: 'first_name',
  company: 'company',
  sex: 'sex',
  address1: 'address1',
  address2: 'address2',
  postalCode: 'postal_code',
  city: 'city',
  country: 'country',
  phone: 'phone',
  mobile: 'mobile',
  email: 'email',
  cardNumber: 'card_number',
  loyaltyCurrency: 'loyalty_currency',
} as const

type Alias = 'p' | 'o'

const birthday = sql<string | null>`case when p.birth_month is not null and p.birth_day is not null
  then coalesce(lpad(p.birth_year::text, 4, '0'), '-') || '-' || lpad(p.birth_month::text, 2, '0')
    || '-' || lpad(p.birth_day::text, 2, '0') end`

const storeColumn = (column: 'name' | 'city' | 'currency', of: Alias) =>
  sql<
    string | null
  >`(select ${sql.ref(`s.${column}`)} from stores s where s.id = ${sql.ref(`${of}.storeId`)})`

const lookedOf = (of: Alias) =>
  ({
    store: storeColumn('name', of),
    storeCity: storeColumn('city', of),
    cardType: sql<
      string | null
    >`(select c.label from card_types c where c.id = ${sql.ref(`${of}.cardTypeId`)})`,
    category: sql<
      string | null
    >`(select c.label from party_categories c where c.id = ${sql.ref(`${of}.categoryId`)})`,
  }) as const
const looked = { p: lookedOf('p'), o: lookedOf('o') }

/** Which raw columns a field is made of. */
const madeOf: Record<string, readonly (keyof typeof ownText)[]> = {
  fullName: ['firstName', 'lastName', 'company'],
  greeting: ['salutation', 'lastName'],
  loyaltySales: ['loyaltyCurrency'],
  loyaltyGift: ['loyaltyCurrency'],
}

/**
 * The organisation `o` of party `p`: the one for which the step has him, else himself when he is one, else the first that
 * his card shows. "None" is no row.
 */
const organisationOf = (stepId: number | null) => sql`
  parties o left join party_contacts k on k.organisation_id = o.id and k.person_id = p.id
  where o.deleted_at is null and o.id = coalesce(
    (select t.organisation_id from targets t where t.step_id = ${stepId}::bigint and t.party_id = p.id),
    case when p.nature in ('company', 'account') then p.id end,
    (select one.organisation_id from party_contacts one join parties known on known.id = one.organisation_id
      where one.person_id = p.id and known.deleted_at is null
      order by one.position, known.name_key, known.id limit 1))`

const organisationFields = (fields: readonly string[]): string[] =>
  fields.flatMap((field) => ofOrganisation(field) ?? [])

const namesOrganisation = (fields: readonly string[]) =>
  fields.some((field) => field.startsWith(organisationPrefix))

function organisationColumns(fields: readonly string[]): Columns {
  const own = organisationFields(fields)
  const custom: Columns = own.some((field) => field.startsWith('custom.'))
    ? { custom: sql`o.custom`, storeCurrency: storeColumn('currency', 'o') }
    : {}
  return {
    text: jsonOf(textColumns(own, 'o')),
    numbers: jsonOf(numberColumns(own, 'o')),
    function: sql`coalesce(k.function, '')`,
    ...custom,
  }
}

/** What is read beside the card: for whom the person is in a step. */
export type Asked = { fields: readonly string[]; stepId: number | null }

/**
 * The raw values that `fields` need, for those of the ids that exist; only the columns asked for are
 * read. One statement, whatever the number of ids. An appointment is that of the operation of `stepId`.
 */
export async function sources(
  db: Database,
  ids: readonly number[],
  { fields, stepId }: Asked,
): Promise<MergeSource[]> {
  const rows = await db
    .selectFrom('parties as p')
    .select(['p.id', 'p.language'])
    .select(() => [
      jsonOf(textColumns(fields, 'p')).as('text'),
      jsonOf(dayColumns(fields)).as('days'),
      jsonOf(numberColumns(fields, 'p')).as('numbers'),
    ])
    .$if(
      fields.some((field) => field.startsWith('custom.')),
      (q) => q.select('p.custom').select(storeColumn('currency', 'p').as('storeCurrency')),
    )
    .$if(codesIn(fields).length > 0, (q) => q.select(answersTo(codesIn(fields)).as('answers')))
    .$if(fields.includes('kind'), (q) =>
      q.select(
        sql<{
          fr: string
          en: string
        }>`(select jsonb_build_object('fr', k.label_fr, 'en', k.label_en)
          from party_kinds k where k.code = p.kind)`.as('kind'),
      ),
    )
    .$if(
      fields.some((field) => field.startsWith('purchases.')),
      (q) => q.select(purchases.as('purchases')),
    )
    .$if(namesOrganisation(fields), (q) =>
      q.select(
        sql<
          MergeSource['organisation']
        >`(select ${jsonOf(organisationColumns(fields))} from ${organisationOf(stepId)})`.as(
          'organisation',
        ),
      ),
    )
    .$if(fields.some(isOfAppointment), (q) =>
      q.select(
        sql<MergeSource['appointment']>`(select jsonb_build_object('place', a.place,
            'at', to_char(a.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
          ${appointmentOf(stepId)} limit 1)`.as('appointment'),
      ),
    )
    .where('p.id', '=', sql<number>`any(${[...ids]}::bigint[])`)
    .execute()
  return rows as MergeSource[]
}

const isOfAppointment = (field: string) => field.startsWith('appointment.')

/** Party `p`'s in the operation of the step, the last one first. What a key hides is not for messages. */
const appointmentOf = (stepId: number | null) => sql`from activities a
    join activity_types type on type.id = a.type_id and type.kind = 'appointment' and type.key_id is null
    join steps step on step.campaign_id = a.campaign_id and step.id = ${stepId}::bigint
    left join activity_families family on family.id = type.family_id
  where a.state <> 'cancelled' and family.key_id is null
    and (a.contact_id = p.id or a.party_id = p.id and a.contact_id is null)
  order by a.state = 'open' desc, a.id desc`

const codesIn = (fields: readonly string[]) =>
  fields.filter((field) => field.startsWith('answer.')).map((field) => field.slice(7))

const answersTo = (codes: readonly string[]) => sql<MergeSource['answers']>`(
  select coalesce(jsonb_object_agg(q.code, a.value), '{}') from questions q join answers a on a.question_id = q.id
  where q.code = any(${[...codes]}::text[]) and a.party_id = p.id and a.is_current and a.value is not null)`

type Columns = Record<string, RawBuilder<unknown>>

function textColumns(fields: readonly string[], of: Alias): Columns {
  const own = Object.entries(ownText).filter(([key]) =>
    fields.some((field) => field === key || madeOf[field]?.some((part) => part === key)),
  )
  return {
    ...Object.fromEntries(own.map(([key, column]) => [key, sql.ref(`${of}.${column}`)])),
    ...Object.fromEntries(Object.entries(looked[of]).filter(([key]) => fields.includes(key))),
  }
}

function dayColumns(fields: readonly string[]): Columns {
  return {
    ...(fields.includes('birthday') || fields.includes('age') ? { birthday } : {}),
    ...(fields.includes('date2') ? { date2: sql`p.date2` } : {}),
    ...(fields.includes('date3') ? { date3: sql`p.date3` } : {}),
  }
}

const ownNumbers = {
  criterion1: 'criterion1',
  criterion2: 'criterion2',
  criterion3: 'criterion3',
  loyaltyPoints: 'loyalty_points',
  loyaltyItems: 'loyalty_items',
  loyaltyVisits: 'loyalty_visits',
  loyaltyBonus: 'loyalty_bonus',
  loyaltySales: 'loyalty_sales',
  loyaltyGift: 'loyalty_gift',
} as const

const nullable: Record<string, string> = { ...ownNumbers, date2: 'date2', date3: 'date3' }

const numberColumns = (fields: readonly string[], of: Alias): Columns =>
  Object.fromEntries(
    Object.entries(ownNumbers)
      .filter(([field]) => fields.includes(field))
      .map(([field, column]) => [field, sql.ref(`${of}.${column}`)]),
  )

const jsonOf = (columns: Columns) =>
  sql<Record<string, never>>`json_build_object(${sql.join(
    Object.entries(columns).flatMap(([name, column]) => [sql.lit(name), column]),
  )})`

const purchases = sql<PurchaseTotals[]>`(
  select coalesce(json_agg(json_build_object(
    'currency', u.currency, 'firstVisitOn', u.first_visit_on, 'lastVisitOn', u.last_visit_on,
    'visits', u.visits, 'revenue', u.revenue, 'quantity', u.quantity)), '[]')
  from party_purchases u where u.party_id = p.id)`

/** Of fields with a dot, by what stands before it; what stands behind names one of them. */
const blankOf: Record<
  string,
  (name: string, of: Alias, stepId: number | null) => RawBuilder<boolean>
> = {
  custom: (key, of) => sql`coalesce(${sql.ref(`${of}.custom`)} ->> ${key}, '') = ''`,
  answer: (code) => sql`not exists (select from questions q join answers a on a.question_id = q.id
    where q.code = ${code} and a.party_id = p.id and a.is_current and a.value is not null)`,
  purchases: () => sql`not exists (select from party_purchases u where u.party_id = p.id)`,
  appointment: (part, _, stepId) =>
    sql`coalesce((select ${part === 'place' ? sql`a.place` : sql`'known'`} ${appointmentOf(stepId)} limit 1), '') = ''`,
}

/**
 * A condition that is true when the field has no value for party `p`, or for its organisation `o`; null when it always
 * has one.
 */
function isBlank(field: string, stepId: number | null): RawBuilder<boolean> | null {
  if (field === functionField) return sql`coalesce(o.function, '') = ''`
  const own = ofOrganisation(field)
  return own === undefined ? isBlankOn(field, 'p', stepId) : isBlankOn(own, 'o', stepId)
}

function isBlankOn(field: string, of: Alias, stepId: number | null): RawBuilder<boolean> | null {
  if (field === 'today' || field === 'unsubscribeUrl') return null
  const dot = field.indexOf('.')
  const dotted = dot < 0 ? undefined : blankOf[field.slice(0, dot)]
  if (dotted) return dotted(field.slice(dot + 1), of, stepId)
  if (field in looked[of]) {
    return sql`coalesce(${looked[of][field as keyof typeof looked.p]}, '') = ''`
  }
  if (field === 'age') return sql`p.birth_year is null or p.birth_month is null`
  if (field === 'birthday') return sql`p.birth_month is null`
  const plain = nullable[field]
  if (plain) return sql`${sql.ref(`${of}.${plain}`)} is null`
  const made = madeOf[field] ?? (field in ownText ? [field as keyof typeof ownText] : [])
  if (made.length === 0) return null
  return sql`concat(${sql.join(made.map((one) => sql.ref(`${of}.${ownText[one]}`)))}) ~ '^\\s*$'`
}

/** A person of the audience, by a subquery that yields ids. */
export type Audience = RawBuilder<{ id: number }>
export type Reach = 'email' | 'sms' | 'file'

const reaches = {
  email: sql<boolean>`p.has_email`,
  sms: sql<boolean>`p.sms_number is not null`,
  file: sql<boolean>`true`,
} as const satisfies Record<Reach, RawBuilder<boolean>>

/** How many of the audience the channel reaches, and for how many of those each field is blank. One pass. */
export async function countBlanks(
  db: Database,
  audience: Audience,
  { reach, fields, stepId }: Asked & { reach: Reach },
): Promise<{ recipients: number; blanks: Record<string, number> }> {
  const counted = fields.map((field, at) => {
    const blank = isBlank(field, stepId)
    return blank === null
      ? sql`0 as ${sql.ref(`f${at}`)}`
      : sql`count(*) filter (where ${blank}) as ${sql.ref(`f${at}`)}`
  })
  const { rows } = await sql<Record<string, number>>`
    select ${sql.join([sql`count(*) as recipients`, ...counted])}
    from parties p ${
      namesOrganisation(fields)
        ? sql`left join lateral (select o.*, k.function from ${organisationOf(stepId)}) as o on true`
        : sql``
    }
    where p.id in (${audience}) and p.deleted_at is null and ${reaches[reach]}
  `.execute(db)
  const row = rows[0] ?? {}
  return {
    recipients: row.recipients ?? 0,
    blanks: Object.fromEntries(fields.map((field, at) => [field, row[`f${at}`] ?? 0])),
  }
}

/** Ids of the audience that the channel reaches, after `after`, in order: one page of a walk over all. */
export async function audiencePage(
  db: Database,
  audience: Audience,
  { reach, after, limit }: { reach: Reach; after: number; limit: number },
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select p.id from parties p
    where p.id in (${audience}) and p.deleted_at is null and ${reaches[reach]} and p.id > ${after}
    order by p.id limit ${limit}
  `.execute(db)
  return rows.map(({ id }) => id)
}
