import { type Right, rights } from '../kernel/right.ts'
import type { EffectiveRight, GroupView, Reason } from './user.ts'

/** The union of own rights and those of the groups, each with every reason, in the order of the rights. */
export function effectiveRights(
  own: readonly Right[],
  groups: readonly Pick<GroupView, 'id' | 'name' | 'rights'>[],
): EffectiveRight[] {
  return rights.flatMap((right) => {
    const reasons: Reason[] = [
      ...(own.includes(right) ? [{ kind: 'own' } as const] : []),
      ...groups
        .filter((group) => group.rights.includes(right))
        .map(({ id, name }) => ({ kind: 'group', id, name }) as const),
    ]
    return reasons.length === 0 ? [] : [{ right, reasons }]
  })
}

/** What an edit of rights gave and took, for the audit trail. */
export function rightsChanged(before: readonly Right[], after: readonly Right[]) {
  return {
    given: after.filter((right) => !before.includes(right)),
    taken: before.filter((right) => !after.includes(right)),
  }
}
