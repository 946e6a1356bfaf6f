/** Customers by the million, made inside the database; the same ones every time. */
import pg from 'pg'

const lastNames = [
  'Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefèvre Leroy Roux',
  'David Bertrand Morel Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Muller Lefebvre Faure',
  'Andre Mercier Blanc Guérin Boyer Garnier Chevalier François Legrand Gauthier Garcia Perrin Robin Clément',
  'Morin Nicolas Henry Roussel Mathieu Gautier Masson Marchand Duval Denis Dumont Marie Lemaire Noël Meyer',
]
  .join(' ')
  .split(' ')

const firstNames = [
  'Marie Jean Pierre Michel Nathalie Philippe Isabelle Alain Sylvie Patrick Catherine Nicolas Martine',
  'Christophe Christine Daniel Françoise Bernard Valérie Éric Sandrine Frédéric Stéphanie Laurent Véronique',
  'Olivier Sophie Stéphane Céline Julien Chantal Sébastien Élise Thomas Camille Léa Hugo Zoé Manon Lucas',
]
  .join(' ')
  .split(' ')

const towns = [
  ['75011', 'Paris'],
  ['13006', 'Marseille'],
  ['69003', 'Lyon'],
  ['31000', 'Toulouse'],
  ['06000', 'Nice'],
  ['44000', 'Nantes'],
  ['34000', 'Montpellier'],
  ['67000', 'Strasbourg'],
  ['33000', 'Bordeaux'],
  ['59000', 'Lille'],
  ['35000', 'Rennes'],
  ['51100', 'Reims'],
  ['42000', 'Saint-Étienne'],
  ['76600', 'Le Havre'],
  ['38000', 'Grenoble'],
  ['21000', 'Dijon'],
  ['49000', 'Angers'],
  ['30900', 'Nîmes'],
  ['63000', 'Clermont-Ferrand'],
  ['29200', 'Brest'],
]

export const storeCount = 12

/** Even spread without a generator's state: `salt` tells the draws of one row apart. */
const draw = (salt: number, below: number) => `(abs(hashint8extended(i, ${salt})) % ${below})::int`

const pick = (list: string, salt: number, size: number) => `(${list})[1 + ${draw(salt, size)}]`

/** Stores and `count` customers with ids from 1, most of them reachable, some withdrawn; nothing when kept. */
export async function seedParties(url: string, count: number): Promise<void> {
  await using client = await connect(url)
  if (await hasRows(client, 'parties')) return
  await client.query(
    `insert into stores (code, name, city) select 'M' || i, 'Magasin ' || i, ($2::text[])[1 + i % 20]
     from generate_series(1, $1) i`,
    [storeCount, towns.map(([, town]) => town)],
  )
  await client.query(
    `insert into parties (code, last_name, first_name, postal_code, city, address1, email, phone, phone_number,
       mobile, mobile_number, store_id, birth_year, birth_month, birth_day, do_not_contact, created_at)
     select 'K' || lpad(i::text, 8, '0'), last_name, first_name, ($3::text[])[town], ($4::text[])[town],
       ${draw(5, 150)} + 1 || ' rue de la République',
       case when ${draw(6, 10)} < 7 then lower(fold(first_name || '.' || last_name)) || i || '@example.org' else '' end,
       '04' || lpad(${draw(7, 100_000_000)}::text, 8, '0'), '+334' || lpad(${draw(7, 100_000_000)}::text, 8, '0'),
       case when ${draw(8, 10)} < 6 then '06' || lpad(${draw(9, 100_000_000)}::text, 8, '0') else '' end,
       case when ${draw(8, 10)} < 6 then '+336' || lpad(${draw(9, 100_000_000)}::text, 8, '0') end,
       1 + ${draw(10, storeCount)}, 1940 + ${draw(11, 65)}, 1 + ${draw(12, 12)}, 1 + ${draw(13, 28)},
       ${draw(14, 100)} < 4, timestamptz '2020-01-01' + ${draw(15, 2_000)} * interval '1 day' + i * interval '1 ms'
     from (
       select i, ${pick('$1::text[]', 1, lastNames.length)} as last_name,
         ${pick('$2::text[]', 2, firstNames.length)} as first_name, 1 + ${draw(3, towns.length)} as town
       from generate_series(1, ${count}::bigint) i
     ) as made`,
    [lastNames, firstNames, towns.map(([code]) => code), towns.map(([, town]) => town)],
  )
  await client.query('vacuum analyze parties')
}

/** A last visit and a total for seven customers of ten, as if their sales had been rolled up. */
export async function seedPurchases(url: string, count: number): Promise<void> {
  await using client = await connect(url)
  if (await hasRows(client, 'party_purchases')) return
  await client.query(
    `insert into party_purchases (party_id, currency, last_visit_on, first_visit_on, visits, revenue, margin,
       quantity, revenue_ceiling, is_main, department_ids, days, revenue_to)
     select i, 'EUR', day, day, 1, amount, amount / 2, 1000, amount, true, '{1}', array[day], array[0, amount]
     from (
       select i, date '2023-01-01' + ${draw(20, 1_000)} as day, 500 + ${draw(21, 90_000)} as amount
       from generate_series(1, ${count}::bigint) i where ${draw(22, 10)} < 7
     ) as made`,
  )
  await client.query('vacuum analyze party_purchases')
}

/** A database kept from an earlier run has been seeded. */
const hasRows = async (client: pg.Client, table: string) =>
  (await client.query(`select from ${table} limit 1`)).rowCount === 1

export async function connect(url: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() })
}
