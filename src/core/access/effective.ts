import { holds, type Right, rights } from '../kernel/right.ts'
import type { EffectiveRight, GroupView, Reason } from './user.ts'

/** The union of own rights and those of the groups, each with every reason, in the order of the rights; a right that another brings has its reasons. */
export function effectiveRights(
  own: readonly Right[],
  groups: readonly Pick<GroupView, 'id' | 'name' | 'rights'>[],
): EffectiveRight[] {
  return rights.flatMap((right) => {
    const reasons: Reason[] = [
      ...(holds(own, right) ? [{ kind: 'own' } as const] : []),
      ...groups
        .filter((group) => holds(group.rights, right))
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
