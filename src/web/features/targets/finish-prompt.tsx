import { Button, Group, Modal, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { setStepStatus } from '#core/operations/api.ts'
import type { StepOfOperation } from '#core/operations/operation.ts'
import { call } from '../../platform/call.ts'
import { useOperationAction, useTables } from '../operations/operation-data.ts'

type Props = {
  step: Pick<StepOfOperation, 'id' | 'label' | 'statusCode'>
  opened: boolean
  onClose: () => void
}

/** Nobody is left to do: is the step finished? (D-106) */
export function FinishPrompt({ step, opened, onClose }: Props) {
  const { t } = useTranslation('targets')
  const { statesOf, stateOf } = useTables()
  const finish = useOperationAction((statusCode: string) =>
    call(setStepStatus, { id: step.id, statusCode }),
  )
  const finished = statesOf('step').find(({ meaning }) => meaning === 'finished')
  const isOver = stateOf('step', step.statusCode)?.meaning === 'finished'
  return (
    <Modal
      opened={opened && !isOver && finished !== undefined}
      onClose={onClose}
      title={t('finish.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Text>{t('finish.text', { step: step.label })}</Text>
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('finish.later')}
        </Button>
        <Button
          loading={finish.isPending}
          onClick={() =>
            finish.mutate(finished?.code ?? 'finished', {
              onSuccess: onClose,
            })
          }
        >
          {t('finish.yes', { state: finished?.label ?? '' })}
        </Button>
      </Group>
    </Modal>
  )
}
