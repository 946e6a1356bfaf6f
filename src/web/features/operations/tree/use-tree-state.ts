import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { saveTreePreference } from '#core/operations/api.ts'
import {
  findInTree,
  keyOf,
  pathTo,
  shownNodes,
  type Tree,
  type TreeKey,
  type TreeNode,
} from '#core/operations/tree.ts'
import { call } from '../../../platform/call.ts'
import { treeQuery } from './tree-data.ts'

/** What is unfolded, where the keys stand, and what is searched; a line that is gone gives its place to the one there. */
export function useTreeState(tree: Tree, opensUnfolded: boolean, folderId: number | undefined) {
  const folding = useFolding(tree, opensUnfolded)
  const [activeKey, setActive] = useState<TreeKey | null>(
    folderId === undefined ? null : keyOf('folder', folderId),
  )
  const { isOpen, openAbove } = folding
  const shown = useMemo(() => shownNodes(tree, isOpen), [tree, isOpen])
  const active = tree.byKey.get(activeKey ?? '') ?? shown[0]
  const goTo = useCallback(
    (node: TreeNode) => {
      openAbove(node)
      setActive(node.key)
    },
    [openAbove],
  )
  const search = useSearch(tree, active, goTo)
  return { ...folding, shown, active, setActive, goTo, search }
}

export type TreeState = ReturnType<typeof useTreeState>

function useFolding(tree: Tree, opensUnfolded: boolean) {
  // Titles that are not as the preference says.
  const [others, setOthers] = useState<ReadonlySet<number>>(new Set())
  const [unfolded, setUnfolded] = useState(opensUnfolded)
  useEffect(() => setUnfolded(opensUnfolded), [opensUnfolded])
  const isOpen = useCallback((id: number) => others.has(id) !== unfolded, [others, unfolded])
  const setOpen = useCallback(
    (ids: readonly number[], open: boolean) =>
      setOthers((before) => {
        const after = new Set(before)
        for (const id of ids) {
          if (open === unfolded) after.delete(id)
          else after.add(id)
        }
        return after
      }),
    [unfolded],
  )
  const foldAll = (open: boolean) => {
    setUnfolded(open)
    setOthers(new Set())
  }
  const openAbove = useCallback(
    (node: TreeNode) =>
      setOpen(
        pathTo(tree, node.parentId).map(({ id }) => id),
        true,
      ),
    [tree, setOpen],
  )
  const client = useQueryClient()
  const prefer = useMutation({
    mutationFn: (open: boolean) => call(saveTreePreference, { opensUnfolded: open }),
    onSuccess: (_, open) => {
      client.setQueryData(treeQuery.queryKey, (data) => data && { ...data, opensUnfolded: open })
      foldAll(open)
    },
  })
  return { isOpen, setOpen, foldAll, openAbove, prefer }
}

/** Matches in the order of the tree; the next one is looked for from where the keys stand. */
function useSearch(tree: Tree, active: TreeNode | undefined, goTo: (node: TreeNode) => void) {
  const [words, setWords] = useState('')
  const found = useMemo(() => findInTree(tree, words), [tree, words])
  const orderOf = useMemo(() => new Map(tree.nodes.map(({ key }, at) => [key, at])), [tree])
  const at = found.findIndex(({ key }) => key === active?.key)
  /** The match after (1) or before (-1) the active line, around the end. */
  const step = (direction: 1 | -1) => {
    const order = (node: TreeNode) => orderOf.get(node.key) ?? 0
    const here = active ? order(active) : -1
    const next =
      direction === 1
        ? (found.find((node) => order(node) > here) ?? found[0])
        : (found.findLast((node) => order(node) < here) ?? found.at(-1))
    if (next) goTo(next)
  }
  const change = (text: string) => {
    setWords(text)
    const first = findInTree(tree, text)[0]
    if (first) goTo(first)
  }
  return { words, setWords: change, count: found.length, at, step }
}
