import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import {
  IconCalendarX,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconRefresh,
  IconRocket,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import * as api from '#core/delivery/api.ts'
import { type DeliverySummary, mayRun } from '#core/delivery/run.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { MayTip } from '../../ui/may-tip.tsx'
import { useMay } from '../access/session.ts'
import { preflightQuery, useRunCommand } from './delivery-data.ts'
import { LaunchDialog } from './launch-dialog.tsx'

const simple = {
  unschedule: { endpoint: api.unscheduleStep, icon: <IconCalendarX size={16} /> },
  pause: { endpoint: api.pauseStep, icon: <IconPlayerPause size={16} /> },
  resume: { endpoint: api.resumeStep, icon: <IconPlayerPlay size={16} /> },
  retry: { endpoint: api.retryFailed, icon: <IconRefresh size={16} /> },
} as const
type Simple = keyof typeof simple

/** What can be done with a run in its state; who may not, sees why. */
export function RunActions({ summary }: { summary: DeliverySummary }) {
  const { t } = useTranslation('delivery')
  const { integer } = useFormat()
  const problemText = useProblemText()
  const may = useMay('mailings.write')
  const [cancelling, setCancelling] = useState(false)
  const [launching, setLaunching] = useState(false)
  const { stepId, state, counts, isClosed } = summary
  const run = useRunCommand(stepId, (command: Simple) => call(simple[command].endpoint, { stepId }))
  const failed = counts.refused ?? 0
  const offered = (['unschedule', 'pause', 'resume', 'retry'] as const).filter(
    (command) => mayRun(command, state) && (command !== 'retry' || (failed > 0 && !isClosed)),
  )
  return (
    <Stack gap={4} align="flex-end">
      <Group gap="xs" justify="flex-end">
        {offered.map((command) => (
          <Action
            key={command}
            may={may}
            icon={simple[command].icon}
            main={command === 'resume'}
            onClick={() => run.mutate(command)}
          >
            {t(`actions.${command}`, { count: failed, n: integer(failed) })}
          </Action>
        ))}
        {mayLaunchAgain(summary) && (
          <LaunchAgain summary={summary} may={may} onClick={() => setLaunching(true)} />
        )}
        {mayRun('cancel', state) && (
          <Action may={may} icon={<IconPlayerStop size={16} />} onClick={() => setCancelling(true)}>
            {t('actions.cancel')}
          </Action>
        )}
      </Group>
      <FieldError>{run.error && problemText(run.error)}</FieldError>
      <CancelDialog summary={summary} opened={cancelling} onClose={() => setCancelling(false)} />
      <LaunchDialog stepId={stepId} opened={launching} onClose={() => setLaunching(false)} />
    </Stack>
  )
}

/** An operation's step: whoever came in since, or could not be reached then. */
const mayLaunchAgain = ({ form, state, toDo, isClosed }: DeliverySummary) =>
  form === 'operation' && mayRun('launch', state, form) && (toDo ?? 0) > 0 && !isClosed

type AgainProps = { summary: DeliverySummary; may: boolean; onClick: () => void }

/** Says what a launch would do now: who is to do and cannot be reached is not launched for. */
function LaunchAgain({ summary: { stepId, toDo }, may, onClick }: AgainProps) {
  const { t } = useTranslation('delivery')
  const { integer } = useFormat()
  const { data } = useQuery({ ...preflightQuery({ stepId }), enabled: may })
  const count = data?.toSend ?? toDo ?? 0
  if (data && count === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('actions.unreachable', { count: toDo ?? 0, n: integer(toDo ?? 0) })}
      </Text>
    )
  }
  const key = data && data.contents.length > 0 ? 'actions.againSends' : 'actions.again'
  return (
    <Action may={may} icon={<IconRocket size={16} />} main onClick={onClick}>
      {data || !may ? t(key, { count, n: integer(count) }) : t('actions.againSoon')}
    </Action>
  )
}

type ActionProps = {
  may: boolean
  icon: ReactNode
  main?: boolean
  onClick: () => void
  children: ReactNode
}

function Action({ may, icon, main = false, onClick, children }: ActionProps) {
  return (
    <MayTip may={may}>
      {(state) => (
        <Button
          size="xs"
          variant={main ? 'filled' : 'default'}
          leftSection={icon}
          onClick={onClick}
          {...state}
        >
          {children}
        </Button>
      )}
    </MayTip>
  )
}

type DialogProps = { summary: DeliverySummary; opened: boolean; onClose: () => void }

function CancelDialog({ summary: { stepId, counts }, opened, onClose }: DialogProps) {
  const { t } = useTranslation('delivery')
  const { integer } = useFormat()
  const problemText = useProblemText()
  const cancel = useRunCommand(stepId, () => call(api.cancelStep, { stepId }))
  const left = counts.pending ?? 0
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('cancel.title')}
      closeButtonProps={{ 'aria-label': t('launch.close') }}
    >
      <Stack>
        <Text size="sm">{t('cancel.text', { count: left, n: integer(left) })}</Text>
        <FieldError>{cancel.error && problemText(cancel.error)}</FieldError>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('cancel.keep')}
          </Button>
          <Button
            color="red"
            loading={cancel.isPending}
            onClick={() => cancel.mutate(undefined, { onSuccess: onClose })}
          >
            {t('cancel.stop')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
