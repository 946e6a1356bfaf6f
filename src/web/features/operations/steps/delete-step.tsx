import { Button, Group, Modal, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { deleteStep } from '#core/operations/api.ts'
import type { StepOfOperation } from '#core/operations/operation.ts'
import { call } from '../../../platform/call.ts'
import { useFormat } from '../../../platform/format.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { FieldError } from '../../../ui/field-error.tsx'
import { useOperationAction } from '../operation-data.ts'

type Props = {
  step: StepOfOperation
  opened: boolean
  onClose: () => void
  onDeleted: () => void
}

/** Says what goes with the step, and why it cannot go when something depends on it. */
export function DeleteStep({ step, opened, onClose, onDeleted }: Props) {
  const { t } = useTranslation('operations')
  const { integer } = useFormat()
  const problemText = useProblemText()
  const remove = useOperationAction(() => call(deleteStep, { id: step.id }))
  const people = Object.values(step.statuses).reduce((sum, count) => sum + count, 0)
  const close = () => {
    remove.reset()
    onClose()
  }
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('step.deleteTitle', { label: step.label })}
      closeButtonProps={{ 'aria-label': t('common:ui.close') }}
    >
      <Text size="sm">
        {people > 0
          ? t('step.deletePeople', { count: people, n: integer(people) })
          : t(step.isFinal ? 'step.deleteText' : 'heading.deleteText')}
      </Text>
      {remove.isError && <FieldError>{problemText(remove.error)}</FieldError>}
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={close} data-autofocus>
          {t('cancel')}
        </Button>
        <Button
          color="red"
          loading={remove.isPending}
          onClick={() =>
            remove.mutate(undefined, {
              onSuccess: () => {
                close()
                onDeleted()
              },
            })
          }
        >
          {t('step.delete')}
        </Button>
      </Group>
    </Modal>
  )
}
