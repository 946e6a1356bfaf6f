/** How often a password may be tried. Counted in the database, so that every process sees every try. */
import type { Database } from '#platform/db/database.ts'
import { refuseTooMany } from '#platform/http/route.ts'
import * as limits from './limit-queries.ts'

const seconds = 15 * 60

/* One person mistyping, one address trying many people, many addresses trying one person. The pair is
   tight; the others are wide, so that nobody can lock somebody else out cheaply. */
const doors = (email: string, address: string) => [
  { key: `pair:${email}:${address}`, most: 10 },
  { key: `address:${address}`, most: 60 },
  { key: `email:${email}`, most: 60 },
]

type Try = { email: string; address: string }

/** Counts a try before the password is looked at; throws when there were too many. */
export async function countTry(db: Database, { email, address }: Try, now: Date): Promise<void> {
  for (const { key, most } of doors(email, address)) {
    refuseTooMany(await limits.count(db, key, { most, seconds, now }))
  }
}

/** A right password forgives the wrong ones before it. */
export async function forgive(db: Database, { email, address }: Try, now: Date): Promise<void> {
  await limits.forget(db, `pair:${email}:${address}`, now)
}

/** Counts a guess at something smaller than a sign-in: a code, the password of who is signed in. */
export async function countGuess(db: Database, key: string, now: Date): Promise<void> {
  refuseTooMany(await limits.count(db, key, { most: 10, seconds, now }))
}
