/** The loyalty card: what changing its type and merging two of them do to its figures. */
import type { Changes, Values } from './change.ts'
import { sameValue } from './change.ts'
import type { CardFieldKey } from './fields.ts'

const loyaltyCounts = [
  'loyaltyPoints',
  'loyaltyItems',
  'loyaltyVisits',
  'loyaltyBonus',
] as const satisfies readonly CardFieldKey[]

export const loyaltyAmounts = [
  'loyaltySales',
  'loyaltyGift',
] as const satisfies readonly CardFieldKey[]

export const loyaltyFigures = [...loyaltyCounts, ...loyaltyAmounts] as const

/** Whether the amount is in the currency of the card, and needs one to be compared with. */
export const isLoyaltyAmount = (field: string): boolean =>
  loyaltyAmounts.some((amount) => amount === field)

const counted = (value: Values[string] | undefined) => (typeof value === 'number' ? value : 0)

/** The figures a card would lose with its type; those the same save sets by hand are not lost. */
export function figuresLost(current: Values, changes: Changes): string[] {
  const type = changes.cardType
  if (!type || sameValue(current.cardType ?? null, type.to)) return []
  return loyaltyFigures.filter((field) => counted(current[field]) !== 0 && !(field in changes))
}

/** The changes with what a new card type brings: figures at zero and the currency of the type. */
export function withReset(current: Values, changes: Changes, currency: string | null): Changes {
  const type = changes.cardType
  if (!type || sameValue(current.cardType ?? null, type.to)) return changes
  const reset = figuresLost(current, changes).map((field) => [
    field,
    { from: current[field] ?? null, to: 0 },
  ])
  const coin =
    currency === null || 'loyaltyCurrency' in changes
      ? []
      : [['loyaltyCurrency', { from: current.loyaltyCurrency ?? null, to: currency }]]
  return { ...changes, ...Object.fromEntries([...reset, ...coin]) }
}

/**
 * What the figures of a card become when another card is merged into it: sums. Amounts of another currency
 * are never added: the card that stays keeps its own, and where it has none it takes those of the other.
 */
export function mergedFigures(kept: Values, lost: Values): Changes {
  const changes: Changes = {}
  const set = (field: string, to: Values[string]) => {
    if (!sameValue(kept[field] ?? null, to)) changes[field] = { from: kept[field] ?? null, to }
  }
  const add = (field: string) => {
    if (lost[field] === null || lost[field] === undefined) return
    set(field, rounded(counted(kept[field]) + counted(lost[field])))
  }
  for (const field of loyaltyCounts) add(field)
  const hasOwn = loyaltyAmounts.some((field) => counted(kept[field]) !== 0)
  const hasOther = loyaltyAmounts.some((field) => counted(lost[field]) !== 0)
  if (kept.loyaltyCurrency === lost.loyaltyCurrency) for (const field of loyaltyAmounts) add(field)
  else if (hasOther && !hasOwn) {
    for (const field of loyaltyAmounts) set(field, lost[field] ?? null)
    set('loyaltyCurrency', lost.loyaltyCurrency ?? null)
  }
  return changes
}

/** Without the tail that binary fractions leave. */
const rounded = (value: number) => Math.round(value * 1e6) / 1e6
