import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import * as api from '#core/operations/api.ts'
import {
  besides,
  type OperationNode,
  type Place,
  type Tree,
  type TreeNode,
} from '#core/operations/tree.ts'
import { call } from '../../../platform/call.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { useUndoToast } from '../../../ui/undo-toast.tsx'
import { useRefreshTree } from './tree-data.ts'

/** A dialog that is open, and what it is about. */
export type Ask =
  | { what: 'folder' | 'operation'; inside: number | null }
  | { what: 'template'; inside: number | null }
  | { what: 'rename'; node: TreeNode }
  | { what: 'move'; node: TreeNode }
  | { what: 'duplicate'; node: OperationNode }

type Props = { tree: Tree; mayWrite: boolean; onChoose: (folderId: number | undefined) => void }

/** What the keys, the menu and the mouse do with a line of the tree. */
export function useTreeActions({ tree, mayWrite, onChoose }: Props) {
  const navigate = useNavigate()
  const [asked, ask] = useState<Ask | null>(null)
  const move = useMove()
  const remove = useRemove(tree)
  const place = (node: TreeNode, to: Place) => {
    if (mayWrite) move.mutate({ node, place: to })
  }
  return {
    asked,
    ask,
    place,
    choose: (node: TreeNode) => {
      if (node.kind === 'folder') onChoose(node.id)
    },
    open: (node: TreeNode) => {
      if (node.kind === 'folder') onChoose(node.id)
      else void navigate({ to: `/operations/${node.id}` })
    },
    rename: (node: TreeNode) => {
      if (mayWrite) ask({ what: 'rename', node })
    },
    step: (node: TreeNode, by: 1 | -1) => {
      const to = besides(tree, node, by)
      if (to) place(node, to)
    },
    remove: (node: TreeNode) => {
      if (mayWrite) remove.mutate(node)
    },
  }
}

export type TreeActions = ReturnType<typeof useTreeActions>

const moveTo = (node: TreeNode, place: Place) =>
  call(api.moveInTree, { kind: node.kind, id: node.id, ...place })

function useMove() {
  const { t } = useTranslation('operations')
  const problemText = useProblemText()
  const refresh = useRefreshTree()
  const undoToast = useUndoToast()
  return useMutation({
    mutationFn: ({ node, place }: { node: TreeNode; place: Place }) => moveTo(node, place),
    onSuccess: async (_, { node, place }) => {
      await refresh()
      // One place up or down is taken back by the same keys.
      if (place.folderId === node.parentId) return
      undoToast({
        message: t('tree.moved', { name: node.label }),
        undo: async () => {
          await moveTo(node, { folderId: node.parentId, beforeId: null })
          await refresh()
        },
      })
    },
    onError: (error) => notifications.show({ color: 'red', message: problemText(error) }),
  })
}

/** An operation goes into the bin; a title, which is empty, is made anew when that is undone. */
function useRemove(tree: Tree) {
  const { t } = useTranslation('operations')
  const problemText = useProblemText()
  const refresh = useRefreshTree()
  const undoToast = useUndoToast()
  const giveBack = async (node: TreeNode) => {
    if (node.kind === 'operation') return call(api.restoreOperation, { id: node.id })
    const { code, label, parentId } = node
    const { id } = await call(api.createFolder, { code, label, parentId })
    const brothers = (tree.childrenOf.get(parentId) ?? []).filter(({ kind }) => kind === 'folder')
    const next = brothers[brothers.findIndex(({ key }) => key === node.key) + 1]
    return call(api.moveInTree, {
      kind: 'folder',
      id,
      folderId: parentId,
      beforeId: next?.id ?? null,
    })
  }
  return useMutation({
    mutationFn: (node: TreeNode) =>
      call(node.kind === 'folder' ? api.deleteFolder : api.deleteOperation, { id: node.id }),
    onSuccess: async (_, node) => {
      await refresh()
      undoToast({
        message: t(node.kind === 'folder' ? 'tree.folderDeleted' : 'tree.operationDeleted', {
          name: node.label,
        }),
        undo: async () => {
          await giveBack(node)
          await refresh()
        },
      })
    },
    onError: (error) => notifications.show({ color: 'red', message: problemText(error) }),
  })
}
