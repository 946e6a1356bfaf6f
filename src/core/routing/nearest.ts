/** The candidate that differs least from a word, when few enough letters differ to be meant; otherwise ''. */
export function nearest(word: string, candidates: readonly string[]): string {
  const scored = candidates
    .map((candidate) => ({
      candidate,
      distance: distance(word.toLowerCase(), candidate.toLowerCase()),
    }))
    .sort((a, b) => a.distance - b.distance)
  const [best] = scored
  return best && best.distance <= Math.max(1, Math.floor(word.length / 2)) ? best.candidate : ''
}

/** Letters to insert, remove or replace (Levenshtein). */
function distance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (const [at, letter] of [...a].entries()) {
    const row = [at + 1]
    for (const [column, other] of [...b].entries()) {
      row.push(
        Math.min(
          (row[column] ?? 0) + 1,
          (before[column + 1] ?? 0) + 1,
          (before[column] ?? 0) + (letter === other ? 0 : 1),
        ),
      )
    }
    before = row
  }
  return before[b.length] ?? 0
}
