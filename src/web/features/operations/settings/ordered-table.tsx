import { ActionIcon, Button, Group, Menu, Modal, Stack } from '@mantine/core'
import {
  IconArchive,
  IconArchiveOff,
  IconArrowDown,
  IconArrowUp,
  IconDots,
  IconGripVertical,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SimpleTable, type TableColumn } from '../../../ui/simple-table.tsx'
import classes from './settings.module.css'

type LineActions<Row> = {
  onEdit: (row: Row) => void
  onDelete: (row: Row) => void
  /** Why a line cannot be deleted; undefined when it can. */
  keeps: (row: Row) => string | undefined
  /** Given for tables whose lines can be put out of service. */
  onRetire?: (row: Row) => void
  isRetired?: (row: Row) => boolean
}

type Props<Row> = {
  label: string
  rows: readonly Row[]
  keyOf: (row: Row) => string
  nameOf: (row: Row) => string
  columns: readonly TableColumn<Row>[]
  actions: LineActions<Row>
  onOrder: (keys: string[]) => void
}

/** A table whose lines are put in order by their menu or by dragging. */
export function OrderedTable<Row>(props: Props<Row>) {
  const { label, rows, keyOf, nameOf, columns, actions, onOrder } = props
  const { t } = useTranslation('operations')
  const [doomed, setDoomed] = useState<Row | null>(null)
  const keys = rows.map(keyOf)
  const move = (from: number, to: number) => {
    const moved = keys[from]
    if (moved === undefined || to < 0 || to >= keys.length || from === to) return
    onOrder(keys.toSpliced(from, 1).toSpliced(to, 0, moved))
  }
  const drag = useLineDrag(move)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the menu of each line moves it too
    <div onDragOver={drag.onDragOver} onDrop={drag.onDrop}>
      <SimpleTable
        label={label}
        rows={rows}
        keyOf={keyOf}
        rowHeader
        columns={[
          ...columns,
          {
            key: 'actions',
            header: t('settings.actions'),
            numeric: true,
            cell: (row) => (
              <Group gap={2} wrap="nowrap" justify="flex-end">
                {/* biome-ignore lint/a11y/noStaticElementInteractions: for the mouse; the menu moves it too */}
                <span
                  className={classes.grip}
                  draggable
                  title={t('settings.drag', { name: nameOf(row) })}
                  onDragStart={(event) => drag.onDragStart(rows.indexOf(row), event)}
                >
                  <IconGripVertical size={16} aria-hidden />
                </span>
                <LineMenu
                  row={row}
                  name={nameOf(row)}
                  at={rows.indexOf(row)}
                  last={rows.length - 1}
                  actions={{ ...actions, onDelete: setDoomed }}
                  onMove={move}
                />
              </Group>
            ),
          },
        ]}
      />
      <ConfirmDelete
        name={doomed === null ? null : nameOf(doomed)}
        onClose={() => setDoomed(null)}
        onConfirm={() => doomed !== null && actions.onDelete(doomed)}
      />
    </div>
  )
}

type MenuProps<Row> = {
  row: Row
  name: string
  at: number
  last: number
  actions: LineActions<Row>
  onMove: (from: number, to: number) => void
}

function LineMenu<Row>({ row, name, at, last, actions, onMove }: MenuProps<Row>) {
  const { t } = useTranslation('operations')
  const { onEdit, onDelete, onRetire, isRetired, keeps } = actions
  const reason = keeps(row)
  const retired = isRetired?.(row) ?? false
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('settings.edit', { name })}
        onClick={() => onEdit(row)}
      >
        <IconPencil size={17} />
      </ActionIcon>
      <Menu position="bottom-end" shadow="md" width={260} transitionProps={{ duration: 0 }}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('tree.actionsOf', { name })}>
            <IconDots size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconArrowUp size={16} />}
            disabled={at === 0}
            onClick={() => onMove(at, at - 1)}
          >
            {t('tree.do.up')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowDown size={16} />}
            disabled={at === last}
            onClick={() => onMove(at, at + 1)}
          >
            {t('tree.do.down')}
          </Menu.Item>
          {onRetire && (
            <Menu.Item
              leftSection={retired ? <IconArchiveOff size={16} /> : <IconArchive size={16} />}
              onClick={() => onRetire(row)}
            >
              {t(retired ? 'settings.giveBack' : 'settings.retire')}
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={16} />}
            disabled={reason !== undefined}
            onClick={() => onDelete(row)}
          >
            {t('tree.do.delete')}
            {reason !== undefined && <small className={classes.reason}>{reason}</small>}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  )
}

/** Drops are taken by the table, whose rows know their place. */
function useLineDrag(move: (from: number, to: number) => void) {
  const [from, setFrom] = useState<number | null>(null)
  return {
    onDragStart: (at: number, event: DragEvent) => {
      event.dataTransfer.effectAllowed = 'move'
      event.dataTransfer.setData('text/plain', String(at))
      setFrom(at)
    },
    onDragOver: (event: DragEvent) => {
      if (from !== null) event.preventDefault()
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      const row = event.target instanceof Element ? event.target.closest('tbody tr') : null
      const to = row ? [...(row.parentElement?.children ?? [])].indexOf(row) : -1
      if (from !== null) move(from, to)
      setFrom(null)
    },
  }
}

type ConfirmProps = { name: string | null; onClose: () => void; onConfirm: () => void }

function ConfirmDelete({ name, onClose, onConfirm }: ConfirmProps) {
  const { t } = useTranslation('operations')
  return (
    <Modal
      opened={name !== null}
      onClose={onClose}
      title={t('settings.deleteTitle', { name: name ?? '' })}
      closeButtonProps={{ 'aria-label': t('common:ui.close') }}
    >
      <Stack>
        <div>{t('settings.deleteText')}</div>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('settings.cancel')}
          </Button>
          <Button
            color="red"
            onClick={() => {
              onClose()
              onConfirm()
            }}
          >
            {t('settings.deleteDo')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
