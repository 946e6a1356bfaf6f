import { Box } from '@mantine/core'
import { useMergedRef } from '@mantine/hooks'
import { type RefObject, useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Place, Tree, TreeNode } from '#core/operations/tree.ts'
import { useScaledVirtual } from '../../../ui/data-grid/scaled-virtual.ts'
import { useTables } from '../operation-data.ts'
import classes from './tree.module.css'
import { type RowEvents, TreeRow } from './tree-row.tsx'
import { useDrag } from './use-drag.ts'
import { type TreeCommands, useTreeKeys } from './use-tree-keys.ts'
import type { TreeState } from './use-tree-state.ts'

const rowHeight = 34

type Props = {
  tree: Tree
  state: TreeState
  /** The title whose operations the list shows. */
  chosen: number | undefined
  mayWrite: boolean
  commands: Omit<TreeCommands, 'menu'>
  onMenu: (node: TreeNode, at: { x: number; y: number }) => void
  onMove: (node: TreeNode, place: Place) => void
  box: RefObject<HTMLDivElement | null>
}

/** Titles and operations by the thousand: only the lines on screen exist; one tab stop, the keys of a tree. */
export function TreeView({ tree, state, chosen, mayWrite, commands, onMenu, onMove, box }: Props) {
  const { t } = useTranslation('operations')
  const tables = useTables()
  const id = useId()
  const { shown, active } = state
  const virtual = useScaledVirtual(shown.length, rowHeight)
  const drag = useDrag(tree, onMove)
  const rowId = (key: string) => `${id}-${key}`
  // Once the key has gone its way: a menu that is there sooner closes by it.
  const openByKey = (node: TreeNode) => setTimeout(() => onMenu(node, placeOf(rowId(node.key))))
  const onKeyDown = useTreeKeys({
    tree,
    state,
    pageRows: virtual.pageRows,
    commands: { ...commands, menu: openByKey },
  })
  useReveal(shown, active, virtual.reveal)
  const events: RowEvents = useSteady({
    onToggle: (node) => state.setOpen([node.id], !state.isOpen(node.id)),
    onClick: (node) => {
      state.setActive(node.key)
      commands.choose(node)
    },
    onOpen: commands.open,
    onMenu: (node, at) => {
      state.setActive(node.key)
      onMenu(node, at)
    },
    onDragStart: drag.onDragStart,
    onDragOver: drag.onDragOver,
    onDrop: drag.onDrop,
    onDragEnd: drag.onDragEnd,
  })
  return (
    <Box
      role="tree"
      ref={useMergedRef(box, virtual.scroller)}
      tabIndex={0}
      aria-label={t('tree.label')}
      aria-activedescendant={active && rowId(active.key)}
      className={classes.tree}
      onKeyDown={onKeyDown}
      onScroll={virtual.onScroll}
    >
      <div role="presentation" className={classes.space} style={{ height: virtual.height }}>
        <div role="presentation" style={{ transform: `translateY(${virtual.shift}px)` }}>
          {virtual.rows.map(({ index, y }) => {
            const node = shown[index]
            if (!node) return null
            return (
              <TreeRow
                key={node.key}
                node={node}
                id={rowId(node.key)}
                y={y}
                isOpen={node.kind === 'folder' && state.isOpen(node.id)}
                isActive={node === active}
                isChosen={node.kind === 'folder' && node.id === chosen}
                words={state.search.words}
                dropZone={drag.target?.key === node.key ? drag.target.zone : null}
                mayWrite={mayWrite}
                stateLabel={
                  node.kind === 'operation'
                    ? (tables.stateOf('operation', node.operation.stateCode)?.label ?? '')
                    : ''
                }
                events={events}
              />
            )
          })}
        </div>
      </div>
    </Box>
  )
}

/** Below the line, for a menu that the keys open. */
function placeOf(rowId: string) {
  const row = document.getElementById(rowId)?.getBoundingClientRect()
  return { x: (row?.left ?? 0) + 40, y: row?.bottom ?? 0 }
}

function useReveal(
  shown: readonly TreeNode[],
  active: TreeNode | undefined,
  reveal: (index: number) => void,
) {
  const at = active ? shown.indexOf(active) : -1
  useEffect(() => {
    if (at >= 0) reveal(at)
  }, [at, reveal])
}

/** Functions that stay the same from render to render and do what they last were, so that rows need not be drawn again. */
function useSteady(events: RowEvents): RowEvents {
  const latest = useRef(events)
  latest.current = events
  const steady = useRef<RowEvents>({
    onToggle: (node) => latest.current.onToggle(node),
    onClick: (node) => latest.current.onClick(node),
    onOpen: (node) => latest.current.onOpen(node),
    onMenu: (node, at) => latest.current.onMenu(node, at),
    onDragStart: (node, event) => latest.current.onDragStart(node, event),
    onDragOver: (node, event) => latest.current.onDragOver(node, event),
    onDrop: (node, event) => latest.current.onDrop(node, event),
    onDragEnd: () => latest.current.onDragEnd(),
  })
  return steady.current
}
