import { type DragEvent, useState } from 'react'
import {
  type DropZone,
  dropPlace,
  type Place,
  type Tree,
  type TreeNode,
} from '#core/operations/tree.ts'

const edge = 0.28

/** The part of a title's height at its edges is beside it, the rest is into it. */
function zoneOf(over: TreeNode, node: TreeNode, event: DragEvent): DropZone {
  const { top, height } = event.currentTarget.getBoundingClientRect()
  const part = (event.clientY - top) / height
  if (over.kind === 'folder' && (node.kind === 'operation' || (part > edge && part < 1 - edge)))
    return 'into'
  return part < 0.5 ? 'before' : 'after'
}

/** Dragging with the mouse; the dialog and the keys move as well. */
export function useDrag(tree: Tree, onMove: (node: TreeNode, place: Place) => void) {
  const [dragged, setDragged] = useState<TreeNode | null>(null)
  const [target, setTarget] = useState<{ key: string; zone: DropZone } | null>(null)
  const end = () => {
    setDragged(null)
    setTarget(null)
  }
  return {
    target,
    onDragStart: (node: TreeNode, event: DragEvent) => {
      event.dataTransfer.effectAllowed = 'move'
      event.dataTransfer.setData('text/plain', node.label)
      setDragged(node)
    },
    onDragOver: (over: TreeNode, event: DragEvent) => {
      if (!dragged) return
      const zone = zoneOf(over, dragged, event)
      const fits = dropPlace(tree, dragged, { over, zone }) !== undefined
      if (fits) event.preventDefault()
      if (!fits) setTarget(null)
      else if (target?.key !== over.key || target.zone !== zone) setTarget({ key: over.key, zone })
    },
    onDrop: (over: TreeNode, event: DragEvent) => {
      event.preventDefault()
      const place =
        dragged && dropPlace(tree, dragged, { over, zone: zoneOf(over, dragged, event) })
      if (dragged && place) onMove(dragged, place)
      end()
    },
    onDragEnd: end,
  }
}
