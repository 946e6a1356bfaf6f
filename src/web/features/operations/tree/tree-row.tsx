import { ActionIcon, Progress } from '@mantine/core'
import {
  IconChevronRight,
  IconDots,
  IconFolder,
  IconFolderOpen,
  IconTargetArrow,
  IconTemplate,
} from '@tabler/icons-react'
import { type DragEvent, type MouseEvent, memo } from 'react'
import { useTranslation } from 'react-i18next'
import { type DropZone, markWords, type TreeNode } from '#core/operations/tree.ts'
import { useFormat } from '../../../platform/format.ts'
import classes from './tree.module.css'

export type RowEvents = {
  onToggle: (node: TreeNode) => void
  onClick: (node: TreeNode) => void
  onOpen: (node: TreeNode) => void
  onMenu: (node: TreeNode, at: { x: number; y: number }) => void
  onDragStart: (node: TreeNode, event: DragEvent) => void
  onDragOver: (node: TreeNode, event: DragEvent) => void
  onDrop: (node: TreeNode, event: DragEvent) => void
  onDragEnd: () => void
}

type Props = {
  node: TreeNode
  id: string
  y: number
  isOpen: boolean
  isActive: boolean
  isChosen: boolean
  words: string
  dropZone: DropZone | null
  mayWrite: boolean
  stateLabel: string
  events: RowEvents
}

export const TreeRow = memo((props: Props) => {
  const { node, events, isOpen } = props
  const openMenu = (event: MouseEvent) => {
    event.preventDefault()
    events.onMenu(node, { x: event.clientX, y: event.clientY })
  }
  return (
    // The keys are those of the tree, which has the focus.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    <div
      role="treeitem"
      id={props.id}
      aria-level={node.level}
      aria-posinset={node.place}
      aria-setsize={node.siblings}
      aria-selected={props.isChosen}
      {...(node.kind === 'folder' && !node.isBare ? { 'aria-expanded': isOpen } : {})}
      className={classes.row}
      data-active={props.isActive || undefined}
      data-drop={props.dropZone ?? undefined}
      style={{ transform: `translateY(${props.y}px)`, paddingLeft: 6 + (node.level - 1) * 18 }}
      draggable={props.mayWrite}
      onClick={() => events.onClick(node)}
      onDoubleClick={() => events.onOpen(node)}
      onContextMenu={openMenu}
      onDragStart={(event) => events.onDragStart(node, event)}
      onDragOver={(event) => events.onDragOver(node, event)}
      onDrop={(event) => events.onDrop(node, event)}
      onDragEnd={events.onDragEnd}
    >
      <Chevron node={node} isOpen={isOpen} onToggle={events.onToggle} />
      <NodeIcon node={node} isOpen={isOpen} />
      <Label node={node} words={props.words} />
      <Tail node={node} stateLabel={props.stateLabel} />
      <MenuButton node={node} onMenu={openMenu} />
    </div>
  )
})

function Chevron({ node, isOpen, onToggle }: Pick<Props, 'node' | 'isOpen'> & Toggle) {
  if (node.kind !== 'folder' || node.isBare) return <span className={classes.chevron} />
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the arrows of the tree do the same
    // biome-ignore lint/a11y/noStaticElementInteractions: only the mouse needs it
    <span
      className={classes.chevron}
      data-open={isOpen || undefined}
      onClick={(event) => {
        event.stopPropagation()
        onToggle(node)
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <IconChevronRight size={15} aria-hidden />
    </span>
  )
}

type Toggle = { onToggle: RowEvents['onToggle'] }

function NodeIcon({ node, isOpen }: Pick<Props, 'node' | 'isOpen'>) {
  const Icon =
    node.kind === 'folder'
      ? isOpen
        ? IconFolderOpen
        : IconFolder
      : node.operation.isTemplate
        ? IconTemplate
        : IconTargetArrow
  return (
    <Icon size={16} stroke={1.7} className={classes.icon ?? ''} data-kind={node.kind} aria-hidden />
  )
}

function Label({ node, words }: Pick<Props, 'node' | 'words'>) {
  const marked = (text: string) =>
    markWords(text, words).map((piece, at) =>
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name
      piece.isHit ? <mark key={at}>{piece.text}</mark> : <span key={at}>{piece.text}</span>,
    )
  return (
    <span className={classes.label} data-kind={node.kind}>
      {node.code !== '' && <span className={classes.code}>{marked(node.code)} </span>}
      {marked(node.label)}
    </span>
  )
}

/** How many operations are below a title; how far an operation is. */
function Tail({ node, stateLabel }: { node: TreeNode; stateLabel: string }) {
  const { t } = useTranslation('operations')
  const { integer, percent } = useFormat()
  if (node.kind === 'folder') {
    return (
      <span
        className={classes.tail}
        title={t('tree.holds', { count: node.operations, n: integer(node.operations) })}
      >
        {integer(node.operations)}
      </span>
    )
  }
  const { progress } = node.operation
  return (
    <span className={classes.tail} title={stateLabel}>
      <Progress value={progress} size={5} w={34} aria-hidden />
      <span className={classes.percent}>{percent(progress / 100)}</span>
    </span>
  )
}

function MenuButton({ node, onMenu }: { node: TreeNode; onMenu: (event: MouseEvent) => void }) {
  const { t } = useTranslation('operations')
  return (
    <ActionIcon
      size={24}
      variant="subtle"
      color="gray"
      tabIndex={-1}
      className={classes.more ?? ''}
      aria-label={t('tree.actionsOf', { name: node.label })}
      onClick={(event) => {
        event.stopPropagation()
        onMenu(event)
      }}
    >
      <IconDots size={16} />
    </ActionIcon>
  )
}
