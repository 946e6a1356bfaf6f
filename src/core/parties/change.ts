/** What a save changes, field by field, and what becomes of it when somebody else saved meanwhile. */
import { z } from 'zod'
import { FieldValue } from './custom-field.ts'
import { cardFields } from './fields.ts'
import type { Party } from './party.ts'

/** By field key, `custom.<key>` for custom ones: what the user saw and what it shall be. */
export const Changes = z.record(z.string(), z.object({ from: FieldValue, to: FieldValue }))
export type Changes = z.infer<typeof Changes>

/** A card, flat: every field by its key. */
export type Values = Record<string, FieldValue>

/** By field key: before and after. What `party_changes.changes` holds. */
export type Applied = Record<string, [FieldValue, FieldValue]>

/** A field that two people changed to different values. */
export type Conflict = { field: string; theirs: FieldValue; yours: FieldValue }

export function valuesOf(party: Party): Values {
  const own = Object.keys(cardFields).map((key): [string, FieldValue] => [
    key,
    party[key as keyof typeof cardFields],
  ])
  const custom = Object.entries(party.custom).map(([key, value]): [string, FieldValue] => [
    `custom.${key}`,
    value,
  ])
  return Object.fromEntries([...own, ...custom])
}

/**
 * Compares and sets field by field: a field still as the user saw it takes the new value, one that
 * somebody else already set to the same value is done, any other is a conflict. Nothing is applied
 * when there is one.
 */
export function applyChanges(
  current: Values,
  changes: Changes,
): { applied: Applied } | { conflicts: Conflict[] } {
  const applied: Applied = {}
  const conflicts: Conflict[] = []
  for (const [field, { from, to }] of Object.entries(changes)) {
    const now = current[field] ?? null
    if (sameValue(now, to)) continue
    if (sameValue(now, from)) applied[field] = [now, to]
    else conflicts.push({ field, theirs: now, yours: to })
  }
  return conflicts.length > 0 ? { conflicts } : { applied }
}

/** The changes between two states of a card. */
export function changesBetween(from: Values, to: Values): Changes {
  const fields = [...new Set([...Object.keys(from), ...Object.keys(to)])]
  return Object.fromEntries(
    fields
      .filter((field) => !sameValue(from[field] ?? null, to[field] ?? null))
      .map((field) => [field, { from: from[field] ?? null, to: to[field] ?? null }]),
  )
}

/** What takes a change back. */
export function inverse(applied: Applied): Changes {
  return Object.fromEntries(
    Object.entries(applied).map(([field, [before, after]]) => [field, { from: after, to: before }]),
  )
}

/** Empty text and nothing are the same to a person, and so are choices in another order. */
export function sameValue(a: FieldValue, b: FieldValue): boolean {
  return JSON.stringify(plain(a)) === JSON.stringify(plain(b))
}

function plain(value: FieldValue): FieldValue {
  if (value === '' || (Array.isArray(value) && value.length === 0)) return null
  return Array.isArray(value) ? [...value].sort() : value
}
