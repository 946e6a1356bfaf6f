/** The words of the search box as conditions that an index answers, the most likely meaning first. */
import { type RawBuilder, sql } from 'kysely'
import { fold } from '#core/kernel/fold.ts'
import { phonePrefix } from '#core/parties/phone.ts'

/** One meaning of the words, and the order its index gives. */
export type Meaning = { where: RawBuilder<boolean>; by: RawBuilder<unknown> }

/** Nothing for an empty search. The meanings overlap: a customer may be found by several. */
export function meaningsOf(search: string): Meaning[] {
  const words = search.trim().replace(/\s+/g, ' ')
  if (words === '') return []
  if (words.includes('@')) return [email(words)]
  return /^[+\d][\d\s.\-/()]*$/.test(words) ? numberMeanings(words) : wordMeanings(words)
}

const startsWith = (column: RawBuilder<unknown>, prefix: string) =>
  sql<boolean>`${column} like ${`${prefix.replace(/[\\%_]/g, '\\$&')}%`}`

const email = (words: string): Meaning => ({
  where: startsWith(sql`parties.email_key`, words.toLowerCase()),
  by: sql`parties.email_key`,
})

const code = (words: string): Meaning => ({
  where: startsWith(sql`parties.code_key`, words.toLowerCase()),
  by: sql`parties.code_key`,
})

function wordMeanings(words: string): Meaning[] {
  const folded = fold(words)
  return [
    { where: startsWith(sql`parties.name_key`, folded), by: sql`parties.name_key` },
    {
      where: sql`parties.first_name <> '' and ${startsWith(sql`parties.first_name_key`, folded)}`,
      by: sql`parties.first_name_key`,
    },
    {
      where: sql`parties.company <> '' and ${startsWith(sql`parties.company_key`, folded)}`,
      by: sql`parties.company_key`,
    },
    { where: startsWith(sql`parties.city_key`, folded), by: sql`parties.city_key` },
    email(words),
    code(words),
    cardNumber(words),
  ]
}

const cardNumber = (words: string): Meaning => ({
  where: sql`parties.card_number <> '' and ${startsWith(sql`parties.card_number`, words.replaceAll(' ', ''))}`,
  by: sql`parties.card_number using ~<~`,
})

function numberMeanings(words: string): Meaning[] {
  const compact = words.replace(/[\s.\-/()]/g, '')
  const phone = phonePrefix(words)
  const phones = phone
    ? [sql`parties.phone_number`, sql`parties.mobile_number`].map((column) => ({
        where: startsWith(column, phone),
        by: sql`${column} using ~<~`,
      }))
    : []
  return [
    ...phones,
    {
      where: startsWith(sql`parties.postal_code`, compact),
      by: sql`parties.postal_code`,
    },
    code(words),
    cardNumber(words),
  ]
}
