/** Saving a card by hand: a new type of loyalty card resets what the old one counted. */
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { type Changes, valuesOf } from '#core/parties/change.ts'
import { figuresLost, withReset } from '#core/parties/loyalty.ts'
import type { Party } from '#core/parties/party.ts'
import type { Database } from '#platform/db/database.ts'
import * as catalogue from './catalogue-queries.ts'
import * as parties from './queries.ts'
import { updateParty } from './service.ts'

/** What amounts on cards of the type are in; null for no type, whose card keeps what it was in. */
export async function currencyOf(db: Database, cardType: unknown): Promise<string | null> {
  const types = await catalogue.cardTypes(db)
  return types.find(({ id }) => id === cardType)?.currency ?? null
}

export const resetUnconfirmed = (cards: number) =>
  new AppError(
    'conflict',
    'parties/card-reset-unconfirmed',
    `Another card type resets the figures of ${cards} cards; confirm it.`,
    { details: { cards } },
  )

type Save = { changes: Changes; resetsCard: boolean }

/** A save by hand: a card whose type changes loses its figures, once that is confirmed. */
export async function saveParty(
  db: Database,
  id: number,
  { changes, resetsCard }: Save,
  actor: Actor,
): Promise<{ party: Party; changeId: number | null }> {
  if (!changes.cardType) return updateParty(db, id, changes, actor)
  const party = await parties.lock(db, id)
  const current = party ? valuesOf(party) : {}
  if (!resetsCard && figuresLost(current, changes).length > 0) throw resetUnconfirmed(1)
  const currency = await currencyOf(db, changes.cardType.to)
  return updateParty(db, id, withReset(current, changes, currency), actor)
}
