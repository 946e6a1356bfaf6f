import { type KeyboardEvent, useRef } from 'react'
import { fold } from '#core/kernel/fold.ts'
import { keyOf, type Tree, type TreeNode } from '#core/operations/tree.ts'
import type { TreeState } from './use-tree-state.ts'

const typeaheadMs = 700

export type TreeCommands = {
  /** Enter or a double click: an operation is opened, a title chosen. */
  open: (node: TreeNode) => void
  choose: (node: TreeNode) => void
  rename: (node: TreeNode) => void
  remove: (node: TreeNode) => void
  menu: (node: TreeNode) => void
  move: (node: TreeNode, step: 1 | -1) => void
}

type Props = { tree: Tree; state: TreeState; pageRows: number; commands: TreeCommands }

/** The keys of the ARIA tree pattern, and those of a list of files: F2, Delete, Alt with arrows. */
export function useTreeKeys({ tree, state, pageRows, commands }: Props) {
  const typeahead = useTypeahead(state)
  const { shown, active, setActive } = state
  return (event: KeyboardEvent) => {
    if (!active || event.ctrlKey || event.metaKey) return
    const at = shown.indexOf(active)
    const go = (index: number) => {
      const node = shown[Math.min(Math.max(0, index), shown.length - 1)]
      if (node) setActive(node.key)
    }
    const runs = new Map<string, () => void>([
      ['ArrowDown', () => go(at + 1)],
      ['ArrowUp', () => go(at - 1)],
      ['PageDown', () => go(at + pageRows)],
      ['PageUp', () => go(at - pageRows)],
      ['Home', () => go(0)],
      ['End', () => go(shown.length - 1)],
      ['ArrowRight', () => goIn(active, tree, state)],
      ['ArrowLeft', () => goOut(active, tree, state)],
      ['Enter', () => commands.open(active)],
      [' ', () => commands.choose(active)],
      ['F2', () => commands.rename(active)],
      ['Delete', () => commands.remove(active)],
      ['ContextMenu', () => commands.menu(active)],
      ['Shift+F10', () => commands.menu(active)],
      ['Alt+ArrowUp', () => commands.move(active, -1)],
      ['Alt+ArrowDown', () => commands.move(active, 1)],
      ['*', () => openBrothers(active, tree, state)],
    ])
    const modifiers = `${event.altKey ? 'Alt+' : ''}${event.shiftKey && event.key.length > 1 ? 'Shift+' : ''}`
    const run = runs.get(`${modifiers}${event.key}`) ?? typeahead(event)
    if (!run) return
    event.preventDefault()
    run()
  }
}

function goIn(node: TreeNode, tree: Tree, { isOpen, setOpen, setActive }: TreeState) {
  if (node.kind !== 'folder') return
  const child = tree.childrenOf.get(node.id)?.[0]
  if (!isOpen(node.id)) setOpen([node.id], true)
  else if (child) setActive(child.key)
}

function goOut(node: TreeNode, tree: Tree, { isOpen, setOpen, setActive }: TreeState) {
  const hasOpen = node.kind === 'folder' && isOpen(node.id) && tree.childrenOf.get(node.id)?.length
  if (hasOpen) setOpen([node.id], false)
  else if (node.parentId !== null) setActive(keyOf('folder', node.parentId))
}

function openBrothers({ parentId }: TreeNode, tree: Tree, { setOpen }: TreeState) {
  const titles = (tree.childrenOf.get(parentId) ?? []).filter(({ kind }) => kind === 'folder')
  setOpen(
    titles.map(({ id }) => id),
    true,
  )
}

/** Letters typed in a row go to the next line that begins with them. */
function useTypeahead({ shown, active, setActive }: TreeState) {
  const typed = useRef({ text: '', at: 0 })
  return (event: KeyboardEvent): (() => void) | undefined => {
    if (event.altKey || !/^[\p{L}\p{N}]$/u.test(event.key)) return undefined
    const { text, at } = typed.current
    const isRecent = event.timeStamp - at < typeaheadMs
    const wanted = fold(`${isRecent ? text : ''}${event.key}`)
    typed.current = { text: wanted, at: event.timeStamp }
    return () => {
      // One letter alone goes on from the line; several may still be the line itself.
      const from = shown.findIndex(({ key }) => key === active?.key) + (wanted.length === 1 ? 1 : 0)
      const around = [...shown.slice(from), ...shown.slice(0, from)]
      const hit = around.find(({ label }) => fold(label).startsWith(wanted))
      if (hit) setActive(hit.key)
    }
  }
}
