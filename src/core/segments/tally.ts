/** The counters of a selection (P-13, P-30, P-31) from how many people answer each operation in each way. */
import type { Selection } from './selection.ts'

type Flags = { hasEmail: boolean; hasMobile: boolean; doNotContact: boolean }

/** People who are alike for the counters: `sources` has a bit per operation, set when its source names them. */
export type Alike = Flags & { sources: number; people: number }

export type Counters = {
  total: number
  selected: number
  withEmail: number
  withMobile: number
  /** Would be selected, were it not for their wish not to be contacted. */
  leftOut: number
  /** Per operation: how many its source names, and how many the operation thereby added or removed. */
  operations: { named: number; changed: number }[]
}

const names = (sources: number, operation: number) => Math.floor(sources / 2 ** operation) % 2 === 1

/** Whether an operation leaves someone in, who was `isIn` before it. */
const after = (kind: 'add' | 'remove', isIn: boolean, named: boolean) =>
  kind === 'add' ? isIn || named : isIn && !named

export function tally(selection: Selection, groups: readonly Alike[]): Counters {
  const counters: Counters = {
    total: 0,
    selected: 0,
    withEmail: 0,
    withMobile: 0,
    leftOut: 0,
    operations: selection.operations.map(() => ({ named: 0, changed: 0 })),
  }
  for (const group of groups) {
    counters.total += group.people
    if (walk(selection, group, counters)) count(selection, group, counters)
  }
  return counters
}

function count({ excludeDoNotContact }: Selection, group: Alike, counters: Counters): void {
  if (excludeDoNotContact && group.doNotContact) {
    counters.leftOut += group.people
    return
  }
  counters.selected += group.people
  if (group.hasEmail) counters.withEmail += group.people
  if (group.hasMobile) counters.withMobile += group.people
}

/** Takes a group through the operations in order, counting what each changes; tells whether it ends up in. */
function walk({ start, operations }: Selection, group: Alike, { operations: counted }: Counters) {
  return operations.reduce((isIn, { kind }, at) => {
    const named = names(group.sources, at)
    const next = after(kind, isIn, named)
    const own = counted[at]
    if (own) {
      own.named += named ? group.people : 0
      own.changed += next !== isIn ? group.people : 0
    }
    return next
  }, start === 'everybody')
}
