/** Timings of repeated questions. */
export type Timing = { name: string; p50: number; p95: number; runs: number }

const at = (sorted: readonly number[], part: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0

export function summarise(name: string, milliseconds: readonly number[]): Timing {
  const sorted = [...milliseconds].sort((a, b) => a - b)
  return { name, p50: at(sorted, 0.5), p95: at(sorted, 0.95), runs: sorted.length }
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

export function print({ name, p50, p95, runs }: Timing): void {
  const column = (value: number) => value.toFixed(1).padStart(8)
  console.log(`${name.padEnd(34)} p50 ${column(p50)} ms   p95 ${column(p95)} ms   (${runs} runs)`)
}
