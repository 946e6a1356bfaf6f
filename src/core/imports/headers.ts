/** Finds the row that names the columns, wherever it stands among the first (D-96), and what a header says. */
import { fold } from '../kernel/fold.ts'
import { importKinds } from './plan.ts'
import { targetsOf } from './targets.ts'

/** Words only, folded: `N° Client`, `n_client` and `NClient` are one. */
export function headerKey(header: string): string {
  return fold(header.replace(/([a-zà-ÿ])([A-Z])/g, '$1 $2'))
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}

const known = new Set(importKinds.flatMap((kind) => targetsOf[kind].flatMap((t) => t.names)))

const lookedAt = 50

/** A header cell is short, not a number, not a date, not an address; a known word counts most. */
function worth(cell: string): number {
  const text = cell.trim()
  if (text === '') return 0
  if (known.has(headerKey(text))) return 4
  if (/^[\d\s.,:/€$£+-]+$/.test(text) || text.includes('@') || text.length > 60) return -2
  return 1
}

/** Whether somebody or something is told by it: an address, a telephone number, a date. */
const isValue = (cell: string) =>
  /^\S+@\S+\.\S+$|^\+?\d(?:[ .()/-]*\d){8,14}$|^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$|^\d{4}-\d\d-\d\d$/.test(
    cell.trim(),
  )

/**
 * Index of the row of headers among the first rows of a file; the first row with anything when none stands out.
 * -1 for a file that begins with what it tells: no word that is known, and values down to there.
 */
export function findHeaderRow(rows: readonly (readonly string[])[]): number {
  const at = likeliestRow(rows)
  const isNamed = rows[at]?.some((cell) => known.has(headerKey(cell)))
  return !isNamed && rows.slice(0, at + 1).some((row) => row.some(isValue)) ? -1 : at
}

function likeliestRow(rows: readonly (readonly string[])[]): number {
  let best = 0
  let bestScore = Number.NEGATIVE_INFINITY
  rows.slice(0, lookedAt).forEach((row, at) => {
    const filled = row.filter((cell) => cell.trim() !== '').length
    if (filled === 0) return
    const below = rows[at + 1]?.filter((cell) => cell.trim() !== '').length ?? 0
    const score =
      row.reduce((sum, cell) => sum + worth(cell), 0) + (below >= filled / 2 ? 1 : 0) - at / 100
    if (score > bestScore) [best, bestScore] = [at, score]
  })
  return best
}

/** Names for the columns: empty ones get their letter, repeated ones a number. */
export function nameColumns(row: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return row.map((cell, at) => {
    const name = cell.trim().replace(/\s+/g, ' ').slice(0, 100) || columnLetter(at)
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 ? name : `${name} (${times})`
  })
}

const columnLetter = (at: number): string =>
  (at >= 26 ? columnLetter(Math.floor(at / 26) - 1) : '') + String.fromCharCode(65 + (at % 26))

/** Equal for files with the same columns in the same order. */
export const signatureOf = (headers: readonly string[]): string =>
  headers.map(headerKey).join('|').slice(0, 4_000)
