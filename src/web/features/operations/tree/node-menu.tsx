import { Menu } from '@mantine/core'
import {
  IconArrowDown,
  IconArrowUp,
  IconCopy,
  IconCornerDownRight,
  IconExternalLink,
  IconFolderPlus,
  IconForms,
  IconListSearch,
  IconPlus,
  IconTemplate,
  IconTrash,
  type TablerIcon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { besides, type Tree, type TreeNode } from '#core/operations/tree.ts'
import classes from './tree.module.css'
import type { TreeActions } from './use-tree-actions.ts'

type Props = {
  at: { x: number; y: number }
  node: TreeNode
  tree: Tree
  mayWrite: boolean
  actions: TreeActions
  onClose: () => void
}

/** Everything that can be done with a line: right click, Shift F10, or its button. */
export function NodeMenu({ at, onClose, ...rest }: Props) {
  const { t } = useTranslation('operations')
  return (
    <Menu
      opened
      onClose={onClose}
      position="bottom-start"
      offset={2}
      shadow="md"
      width={250}
      returnFocus
      transitionProps={{ duration: 0 }}
    >
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          className={classes.anchor}
          style={{ left: at.x, top: at.y }}
          aria-label={t('tree.actionsOf', { name: rest.node.label })}
        />
      </Menu.Target>
      <Menu.Dropdown>
        <NodeItems {...rest} />
      </Menu.Dropdown>
    </Menu>
  )
}

type ItemsProps = Omit<Props, 'at' | 'onClose'>

export function NodeItems({ node, tree, mayWrite, actions }: ItemsProps) {
  const { t } = useTranslation('operations')
  const item = (key: string, Icon: TablerIcon, { run, keys, can = mayWrite, ...more }: Entry) => (
    <Menu.Item
      key={key}
      leftSection={<Icon size={16} stroke={1.7} aria-hidden />}
      rightSection={keys && <span className={classes.keys}>{keys}</span>}
      disabled={!can}
      onClick={run}
      {...more}
    >
      {t(`tree.do.${key}`)}
    </Menu.Item>
  )
  const isFolder = node.kind === 'folder'
  const inside = isFolder ? node.id : node.parentId
  const step = (by: 1 | -1) => ({
    run: () => actions.step(node, by),
    can: mayWrite && besides(tree, node, by) !== undefined,
  })
  return (
    <>
      {isFolder
        ? item('choose', IconListSearch, { run: () => actions.choose(node), can: true })
        : item('open', IconExternalLink, { run: () => actions.open(node), keys: '↵', can: true })}
      <Menu.Divider />
      {item('newOperation', IconPlus, { run: () => actions.ask({ what: 'operation', inside }) })}
      {item('fromTemplate', IconTemplate, { run: () => actions.ask({ what: 'template', inside }) })}
      {isFolder &&
        item('newBelow', IconFolderPlus, { run: () => actions.ask({ what: 'folder', inside }) })}
      {item('newBeside', IconFolderPlus, {
        run: () => actions.ask({ what: 'folder', inside: node.parentId }),
      })}
      <Menu.Divider />
      {item('rename', IconForms, { run: () => actions.rename(node), keys: 'F2' })}
      {!isFolder &&
        item('duplicate', IconCopy, { run: () => actions.ask({ what: 'duplicate', node }) })}
      {item('up', IconArrowUp, { ...step(-1), keys: 'Alt ↑' })}
      {item('down', IconArrowDown, { ...step(1), keys: 'Alt ↓' })}
      {item('move', IconCornerDownRight, { run: () => actions.ask({ what: 'move', node }) })}
      <Menu.Divider />
      {item('delete', IconTrash, {
        run: () => actions.remove(node),
        keys: t('tree.do.deleteKey'),
        color: 'red',
      })}
    </>
  )
}

type Entry = { run: () => void; keys?: string; can?: boolean; color?: string }
