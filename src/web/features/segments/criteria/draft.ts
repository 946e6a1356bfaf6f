/** The criteria while they are being edited: a tree whose rules may be unfinished, with stable keys. */
import {
  Criteria,
  type CriteriaGroup,
  type CriteriaNode,
  Criterion,
} from '#core/segments/criteria.ts'

export type DraftRule = { id: string; kind: 'rule'; criterion: Criterion | null }
export type DraftGroup = {
  id: string
  kind: 'group'
  join: 'all' | 'any'
  not: boolean
  of: DraftNode[]
}
export type DraftNode = DraftRule | DraftGroup

let last = 0
const nextId = () => `n${++last}`

export const blankRule = (criterion: Criterion | null = null): DraftRule => ({
  id: nextId(),
  kind: 'rule',
  criterion,
})

export const blankGroup = (of: DraftNode[] = [blankRule()]): DraftGroup => ({
  id: nextId(),
  kind: 'group',
  join: 'all',
  not: false,
  of,
})

export function draftOf(criteria: Criteria | null): DraftGroup {
  return criteria ? groupOf(criteria.root) : blankGroup()
}

const groupOf = ({ join, not, of }: CriteriaGroup): DraftGroup => ({
  ...blankGroup(of.map(nodeOf)),
  join,
  not,
})

const nodeOf = (node: CriteriaNode): DraftNode =>
  node.kind === 'group' ? groupOf(node) : blankRule(node)

/** The criteria once every rule is whole; undefined before, for an unfinished rule must never be skipped. */
export function criteriaOfDraft(draft: DraftGroup): Criteria | undefined {
  const parsed = Criteria.safeParse({ version: 1, root: plain(draft) })
  return parsed.success ? parsed.data : undefined
}

const plain = (node: DraftNode): unknown =>
  node.kind === 'rule'
    ? node.criterion
    : { kind: 'group', join: node.join, not: node.not, of: node.of.map(plain) }

export const isWhole = ({ criterion }: DraftRule) => Criterion.safeParse(criterion).success

/** The tree with one node replaced, or without it when `change` gives nothing. */
export function change(
  group: DraftGroup,
  id: string,
  how: (node: DraftNode) => DraftNode[],
): DraftGroup {
  const of = group.of.flatMap((node) => {
    if (node.id === id) return how(node)
    return node.kind === 'group' ? [change(node, id, how)] : [node]
  })
  return { ...group, of }
}

/** The group with this id, changed; the root included. */
export function changeGroup(
  root: DraftGroup,
  id: string,
  how: (group: DraftGroup) => DraftGroup,
): DraftGroup {
  if (root.id === id) return how(root)
  return change(root, id, (node) => (node.kind === 'group' ? [how(node)] : [node]))
}

/** One place up or down among its siblings. */
export function move(group: DraftGroup, id: string, by: -1 | 1): DraftGroup {
  const at = group.of.findIndex((node) => node.id === id)
  if (at < 0) {
    const of = group.of.map((node) => (node.kind === 'group' ? move(node, id, by) : node))
    return { ...group, of }
  }
  const of = [...group.of]
  const [node] = of.splice(at, 1)
  if (node) of.splice(Math.max(0, at + by), 0, node)
  return { ...group, of }
}

export function copy(node: DraftNode): DraftNode {
  return node.kind === 'rule'
    ? { ...node, id: nextId() }
    : { ...node, id: nextId(), of: node.of.map(copy) }
}
