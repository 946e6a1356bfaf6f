import { ActionIcon, Button, Group, Menu, Tooltip } from '@mantine/core'
import {
  IconArrowsDiagonal,
  IconArrowsDiagonalMinimize2,
  IconDots,
  IconFolderPlus,
  IconPin,
  IconPinnedFilled,
  IconPlus,
  type TablerIcon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Tree, TreeNode } from '#core/operations/tree.ts'
import { MayTip } from '../../../ui/may-tip.tsx'
import { NodeItems } from './node-menu.tsx'
import classes from './tree.module.css'
import type { TreeActions } from './use-tree-actions.ts'
import type { TreeState } from './use-tree-state.ts'

type Props = {
  tree: Tree
  state: TreeState
  opensUnfolded: boolean
  mayWrite: boolean
  actions: TreeActions
}

/** What is made stands in the title where the keys are. */
export function TreeToolbar({ tree, state, opensUnfolded, mayWrite, actions }: Props) {
  const { t } = useTranslation('operations')
  const { active } = state
  const inside = insideOf(active)
  return (
    <Group gap={6} className={classes.toolbar ?? ''}>
      <MayTip may={mayWrite}>
        {(tip) => (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconFolderPlus size={15} />}
            onClick={() => actions.ask({ what: 'folder', inside })}
            {...tip}
          >
            {t('tree.newFolder')}
          </Button>
        )}
      </MayTip>
      <MayTip may={mayWrite}>
        {(tip) => (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={15} />}
            onClick={() => actions.ask({ what: 'operation', inside })}
            {...tip}
          >
            {t('tree.newOperation')}
          </Button>
        )}
      </MayTip>
      <LineMenu node={active} tree={tree} mayWrite={mayWrite} actions={actions} />
      <span className={classes.grow} />
      <Tool icon={IconArrowsDiagonal} label={t('tree.unfoldAll')} run={() => state.foldAll(true)} />
      <Tool
        icon={IconArrowsDiagonalMinimize2}
        label={t('tree.foldAll')}
        run={() => state.foldAll(false)}
      />
      <Tool
        icon={opensUnfolded ? IconPinnedFilled : IconPin}
        label={t('tree.opensUnfolded')}
        pressed={opensUnfolded}
        run={() => state.prefer.mutate(!opensUnfolded)}
      />
    </Group>
  )
}

const insideOf = (active: TreeNode | undefined) =>
  active?.kind === 'folder' ? active.id : (active?.parentId ?? null)

type LineProps = Pick<Props, 'tree' | 'mayWrite' | 'actions'> & { node: TreeNode | undefined }

function LineMenu({ node, tree, mayWrite, actions }: LineProps) {
  const { t } = useTranslation('operations')
  if (!node) return null
  const name = t('tree.actionsOf', { name: node.label })
  return (
    <Menu position="bottom-start" shadow="md" width={250} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <ActionIcon size={30} variant="default" aria-label={name} title={name}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <NodeItems node={node} tree={tree} mayWrite={mayWrite} actions={actions} />
      </Menu.Dropdown>
    </Menu>
  )
}

type ToolProps = { icon: TablerIcon; label: string; pressed?: boolean; run: () => void }

function Tool({ icon: Icon, label, pressed, run }: ToolProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        size={30}
        variant={pressed ? 'light' : 'subtle'}
        color={pressed ? 'brand' : 'gray'}
        aria-label={label}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        onClick={run}
      >
        <Icon size={16} />
      </ActionIcon>
    </Tooltip>
  )
}
