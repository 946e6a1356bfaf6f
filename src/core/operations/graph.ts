/**
 * Where the steps stand in the graph: each below the step that its people come from, children side by side in
 * the order of the outline, a parent in the middle above them. Every step has one origin, so it is a forest.
 */
type Node = { id: number; originId: number | null }

export type Placed = {
  id: number
  /** From the left, in widths of a node; halves where a parent stands between two. */
  column: number
  /** From the top: how many steps came before it. */
  row: number
}

export function layOut(steps: readonly Node[]): Placed[] {
  const known = new Set(steps.map(({ id }) => id))
  const isRoot = ({ originId }: Node) => originId === null || !known.has(originId)
  const placed = new Map<number, Placed>()
  let free = 0

  /** Gives the columns from left to right; the middle of what it feeds is where a step stands. */
  function place(step: Node, row: number): number {
    const spot = { id: step.id, column: free, row }
    // Known before its children are: in a circle, which the server refuses, nothing is placed twice.
    placed.set(step.id, spot)
    const columns = steps
      .filter((one) => one.originId === step.id && !placed.has(one.id))
      .map((child) => place(child, row + 1))
    const [first] = columns
    const last = columns.at(-1)
    if (first === undefined || last === undefined) free += 1
    else spot.column = (first + last) / 2
    return spot.column
  }
  for (const root of steps.filter(isRoot)) place(root, 0)
  for (const step of steps) if (!placed.has(step.id)) place(step, 0)
  return [...placed.values()]
}
