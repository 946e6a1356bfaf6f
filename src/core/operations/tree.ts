/** The tree of operations as the page draws it: what is shown, found and moved. */
import { fold } from '../kernel/fold.ts'
import type { Folder, TreeOperation } from './operation.ts'

/** Titles and operations have numbers of their own: `f12` is title 12, `o12` operation 12. */
export type TreeKey = string

type Common = {
  key: TreeKey
  id: number
  code: string
  label: string
  /** The title it hangs below; null at the top. */
  parentId: number | null
  /** 1 at the top. */
  level: number
  place: number
  siblings: number
}
export type FolderNode = Common & {
  kind: 'folder'
  version: number
  /** Operations below it, at any depth. */
  operations: number
  /** Nothing hangs below it, so there is nothing to unfold. */
  isBare: boolean
}
export type OperationNode = Common & { kind: 'operation'; operation: TreeOperation }
export type TreeNode = FolderNode | OperationNode

export type Tree = {
  /** In the order of the tree, all unfolded. */
  readonly nodes: readonly TreeNode[]
  readonly byKey: ReadonlyMap<TreeKey, TreeNode>
  readonly childrenOf: ReadonlyMap<number | null, readonly TreeNode[]>
}

export const keyOf = (kind: TreeNode['kind'], id: number): TreeKey =>
  `${kind === 'folder' ? 'f' : 'o'}${id}`

const group = <T>(all: readonly T[], by: (one: T) => number | null) => Map.groupBy(all, by)

/** Titles come before operations; among themselves both keep the order they are given in. */
export function buildTree(folders: readonly Folder[], operations: readonly TreeOperation[]): Tree {
  const foldersIn = group(folders, ({ parentId }) => parentId)
  const operationsIn = group(operations, ({ folderId }) => folderId)
  const nodes: TreeNode[] = []
  const childrenOf = new Map<number | null, TreeNode[]>()
  function walk(parentId: number | null, level: number): number {
    const titles = foldersIn.get(parentId) ?? []
    const leaves = operationsIn.get(parentId) ?? []
    const children: TreeNode[] = []
    childrenOf.set(parentId, children)
    const siblings = titles.length + leaves.length
    let count = leaves.length
    const add = <N extends TreeNode>(node: N): N => {
      nodes.push(node)
      children.push(node)
      return node
    }
    for (const { id, code, label, version } of titles) {
      const common = { key: keyOf('folder', id), id, code, label, parentId, level, siblings }
      const place = children.length + 1
      const line: FolderNode = {
        ...common,
        kind: 'folder',
        version,
        place,
        operations: 0,
        isBare: true,
      }
      const node = add(line)
      node.operations = walk(id, level + 1)
      node.isBare = childrenOf.get(id)?.length === 0
      count += node.operations
    }
    for (const operation of leaves) {
      const { id, code, label } = operation
      const common = { key: keyOf('operation', id), id, code, label, parentId, level, siblings }
      add({ ...common, kind: 'operation', operation, place: children.length + 1 })
    }
    return count
  }
  walk(null, 1)
  return { nodes, byKey: new Map(nodes.map((node) => [node.key, node])), childrenOf }
}

/** What is not inside a folded title, in the order of the tree. */
export function shownNodes(tree: Tree, isOpen: (folderId: number) => boolean): TreeNode[] {
  const shown: TreeNode[] = []
  let hiddenBelow = Number.POSITIVE_INFINITY
  for (const node of tree.nodes) {
    if (node.level > hiddenBelow) continue
    hiddenBelow = node.kind === 'folder' && !isOpen(node.id) ? node.level : Number.POSITIVE_INFINITY
    shown.push(node)
  }
  return shown
}

/** The titles above a node, the topmost first. */
export function pathTo(tree: Tree, folderId: number | null): FolderNode[] {
  const path: FolderNode[] = []
  for (let at = folderId; at !== null; ) {
    const node = tree.byKey.get(keyOf('folder', at))
    if (node?.kind !== 'folder') break
    path.unshift(node)
    at = node.parentId
  }
  return path
}

/** Those whose label or code has the words in it, in the order of the tree. */
export function findInTree(tree: Tree, words: string): TreeNode[] {
  const wanted = fold(words.trim())
  if (wanted === '') return []
  return tree.nodes.filter(({ code, label }) => fold(`${code} ${label}`).includes(wanted))
}

/** The text cut where the words stand in it, so that they can be marked. */
export function markWords(text: string, words: string): { text: string; isHit: boolean }[] {
  const wanted = fold(words.trim())
  if (wanted === '') return [{ text, isHit: false }]
  // One letter may fold to two: œ is oe.
  const letters = [...text]
  const places = letters.flatMap((letter, at) =>
    Array.from({ length: fold(letter).length }, () => at),
  )
  const folded = fold(text)
  const pieces: { text: string; isHit: boolean }[] = []
  let done = 0
  const push = (until: number, isHit: boolean) => {
    const piece = letters.slice(done, until).join('')
    if (piece !== '') pieces.push({ text: piece, isHit })
    done = Math.max(done, until)
  }
  for (
    let at = folded.indexOf(wanted);
    at !== -1;
    at = folded.indexOf(wanted, at + wanted.length)
  ) {
    push(places[at] ?? 0, false)
    push((places[at + wanted.length - 1] ?? 0) + 1, true)
  }
  push(letters.length, false)
  return pieces
}

export type Place = { folderId: number | null; beforeId: number | null }

const ofKind = (tree: Tree, folderId: number | null, node: TreeNode) =>
  (tree.childrenOf.get(folderId) ?? []).filter(({ kind }) => kind === node.kind)

/** Whether a title may hang there: not below itself. */
export const mayHang = (tree: Tree, node: TreeNode, folderId: number | null): boolean =>
  node.kind === 'operation' || !pathTo(tree, folderId).some(({ id }) => id === node.id)

/** One place up or down among those of its kind below the same title; undefined at the end. */
export function besides(tree: Tree, node: TreeNode, step: 1 | -1): Place | undefined {
  const brothers = ofKind(tree, node.parentId, node)
  const at = brothers.findIndex(({ key }) => key === node.key)
  if (!brothers[at + step]) return undefined
  const before = brothers[step === 1 ? at + 2 : at - 1]
  return { folderId: node.parentId, beforeId: before?.id ?? null }
}

export type DropZone = 'before' | 'into' | 'after'

/** Where a node that is dropped on another goes; undefined when it cannot go there. */
export function dropPlace(
  tree: Tree,
  node: TreeNode,
  { over, zone }: { over: TreeNode; zone: DropZone },
): Place | undefined {
  if (over.key === node.key) return undefined
  const isInto = zone === 'into' && over.kind === 'folder'
  const folderId = isInto ? over.id : over.parentId
  if (!mayHang(tree, node, folderId)) return undefined
  if (isInto || over.kind !== node.kind) return { folderId, beforeId: null }
  if (zone === 'before') return { folderId, beforeId: over.id }
  const brothers = ofKind(tree, folderId, node).filter(({ key }) => key !== node.key)
  const at = brothers.findIndex(({ key }) => key === over.key)
  return { folderId, beforeId: brothers[at + 1]?.id ?? null }
}
