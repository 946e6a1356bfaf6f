import { ActionIcon, Menu } from '@mantine/core'
import {
  IconArrowDown,
  IconArrowUp,
  IconCopy,
  IconDots,
  IconIndentDecrease,
  IconIndentIncrease,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { duplicateStep } from '#core/operations/api.ts'
import type { OperationView, StepOfOperation } from '#core/operations/operation.ts'
import { type Direction, directions, nextOf, placeAfterMove } from '#core/operations/outline.ts'
import { call } from '../../../platform/call.ts'
import { useMay } from '../../access/session.ts'
import { useOperationAction } from '../operation-data.ts'
import { DeleteStep } from './delete-step.tsx'
import { TypeItems } from './type-items.tsx'
import { useAddStep } from './use-add-step.ts'

type Props = {
  operation: OperationView
  step: StepOfOperation
  onMove: (direction: Direction) => void
  onOpen: (stepId: number | undefined) => void
}

const icons = {
  up: IconArrowUp,
  down: IconArrowDown,
  in: IconIndentIncrease,
  out: IconIndentDecrease,
} as const satisfies Record<Direction, unknown>

/** Everything that dragging does and more, for a line of the outline. */
export function StepMenu({ operation, step, onMove, onOpen }: Props) {
  const { t } = useTranslation('operations')
  const may = useMay('mailings.write')
  const [deleting, setDeleting] = useState(false)
  const { add } = useAddStep(operation, onOpen)
  const duplicate = useOperationAction(() =>
    call(duplicateStep, {
      id: step.id,
      label: t('step.copyOf', { label: step.label }).slice(0, 200),
    }),
  )
  const after = { parentId: step.parentId, beforeId: nextOf(operation.steps, step) }
  const inside = { parentId: step.id, beforeId: null }
  const place = step.isFinal ? after : inside
  return (
    <>
      <Menu position="bottom-end" disabled={!may}>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={28}
            disabled={!may}
            aria-label={t('step.menu', { label: step.label })}
            title={may ? '' : t('common:ui.mayNot')}
          >
            <IconDots size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown mah={460} style={{ overflowY: 'auto' }}>
          {directions.map((direction) => {
            const Icon = icons[direction]
            return (
              <Menu.Item
                key={direction}
                leftSection={<Icon size={16} />}
                disabled={placeAfterMove(operation.steps, step.id, direction) === null}
                onClick={() => onMove(direction)}
              >
                {t(`move.${direction}`)}
              </Menu.Item>
            )
          })}
          <Menu.Divider />
          <Menu.Sub>
            <Menu.Sub.Target>
              <Menu.Sub.Item leftSection={<IconPlus size={16} />}>
                {t(step.isFinal ? 'step.addAfter' : 'step.addInside')}
              </Menu.Sub.Item>
            </Menu.Sub.Target>
            <Menu.Sub.Dropdown>
              <TypeItems
                onStep={({ code }) =>
                  add({ typeCode: code, ...place, originId: step.isFinal ? step.id : null })
                }
                onTitle={() => add({ title: true, ...place })}
              />
            </Menu.Sub.Dropdown>
          </Menu.Sub>
          {step.isFinal && (
            <Menu.Item
              leftSection={<IconCopy size={16} />}
              onClick={() => duplicate.mutate(undefined)}
            >
              {t('step.duplicate')}
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={16} />}
            onClick={() => setDeleting(true)}
          >
            {t('step.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <DeleteStep
        step={step}
        opened={deleting}
        onClose={() => setDeleting(false)}
        onDeleted={() => onOpen(undefined)}
      />
    </>
  )
}
