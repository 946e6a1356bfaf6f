import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Tree, TreeNode } from '#core/operations/tree.ts'
import { FindField } from '../../../ui/find-field.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { NodeMenu } from './node-menu.tsx'
import classes from './tree.module.css'
import { TreeDialogs } from './tree-dialogs.tsx'
import { TreeToolbar } from './tree-toolbar.tsx'
import { TreeView } from './tree-view.tsx'
import type { TreeActions } from './use-tree-actions.ts'
import { useTreeState } from './use-tree-state.ts'

type Props = {
  tree: Tree
  opensUnfolded: boolean
  /** The title whose operations the list shows. */
  chosen: number | undefined
  mayWrite: boolean
  actions: TreeActions
}

export function TreePanel({ tree, opensUnfolded, chosen, mayWrite, actions }: Props) {
  const { t } = useTranslation('operations')
  const state = useTreeState(tree, opensUnfolded, chosen)
  const box = useRef<HTMLDivElement>(null)
  const [menu, setMenu] = useState<{ node: TreeNode; at: { x: number; y: number } } | null>(null)
  const [done, setDone] = useState<string | null>(null)
  const focusTree = () => box.current?.focus()
  // A line that was just made is there with the next answer of the server.
  const made = done === null ? undefined : tree.byKey.get(done)
  if (made) {
    setDone(null)
    state.goTo(made)
  }
  return (
    <Panel flush className={classes.panel ?? ''}>
      <TreeToolbar
        tree={tree}
        state={state}
        opensUnfolded={opensUnfolded}
        mayWrite={mayWrite}
        actions={actions}
      />
      <div className={classes.search}>
        <FindField
          label={t('tree.search.label')}
          finding={state.search}
          takesFind
          onLeave={focusTree}
        />
      </div>
      <TreeView
        tree={tree}
        state={state}
        chosen={chosen}
        mayWrite={mayWrite}
        commands={{ ...actions, move: actions.step }}
        onMenu={(node, at) => setMenu({ node, at })}
        onMove={actions.place}
        box={box}
      />
      {menu && (
        <NodeMenu
          key={menu.node.key}
          at={menu.at}
          node={tree.byKey.get(menu.node.key) ?? menu.node}
          tree={tree}
          mayWrite={mayWrite}
          actions={actions}
          onClose={() => {
            setMenu(null)
            focusTree()
          }}
        />
      )}
      <TreeDialogs tree={tree} actions={actions} onDone={setDone} onClosed={focusTree} />
    </Panel>
  )
}
