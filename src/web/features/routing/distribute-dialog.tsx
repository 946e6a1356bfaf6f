import { Button, Checkbox, Group, Modal, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconArrowsSplit2 } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { distributeStep, type Flow, forecastDistribution } from '#core/routing/api.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { MayTip } from '../../ui/may-tip.tsx'
import { useMay } from '../access/session.ts'
import { DistributionProgress } from './distribution-progress.tsx'
import classes from './routing.module.css'
import { useForgetSteps } from './routing-data.ts'

/** “Distribute people”: from any step (D-120, L-13). */
export function DistributeButton({ stepId }: { stepId: number }) {
  const { t } = useTranslation('routing')
  const may = useMay('mailings.write')
  const [opened, { open, close }] = useDisclosure(false)
  return (
    <>
      <MayTip may={may}>
        {(state) => (
          <Button
            {...state}
            variant="default"
            leftSection={<IconArrowsSplit2 size={16} aria-hidden />}
            onClick={open}
          >
            {t('distribute.action')}
          </Button>
        )}
      </MayTip>
      <DistributeDialog stepId={stepId} opened={opened} onClose={close} />
    </>
  )
}

type Props = { stepId: number; opened: boolean; onClose: () => void }

/** Who would move where, and the choice of where to. */
function DistributeDialog({ stepId, opened, onClose }: Props) {
  const { t } = useTranslation('routing')
  const [jobId, setJobId] = useState<number | null>(null)
  const close = () => {
    setJobId(null)
    onClose()
  }
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('distribute.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('distribute.close') }}
    >
      {opened && jobId === null && (
        <Forecast stepId={stepId} onClose={close} onStarted={setJobId} />
      )}
      {jobId !== null && <DistributionProgress jobId={jobId} onClose={close} />}
    </Modal>
  )
}

type ForecastProps = Omit<Props, 'opened'> & { onStarted: (jobId: number) => void }

function Forecast({ stepId, onClose, onStarted }: ForecastProps) {
  const { t } = useTranslation('routing')
  const { integer } = useFormat()
  const problemText = useProblemText()
  const forget = useForgetSteps()
  const [left, setLeft] = useState<readonly number[]>([])
  const { data, error } = useQuery({
    queryKey: ['routing', 'forecast', stepId],
    queryFn: ({ signal }) => call(forecastDistribution, { id: stepId }, signal),
    staleTime: 0,
    gcTime: 0,
  })
  const chosen = (data ?? []).filter(({ toStepId }) => !left.includes(toStepId))
  const total = chosen.reduce((sum, { entering }) => sum + entering, 0)
  const distribute = useMutation({
    mutationFn: () =>
      call(distributeStep, { id: stepId, stepIds: chosen.map(({ toStepId }) => toStepId) }),
    onSuccess: async ({ steps, jobId }) => {
      if (jobId !== null) return onStarted(jobId)
      const count = (steps ?? []).reduce((sum, { added }) => sum + added, 0)
      onClose()
      notifications.show({ message: t('distribute.done', { count, n: integer(count) }) })
      await forget()
    },
    onError: (failure) => notifications.show({ color: 'red', message: problemText(failure) }),
  })
  if (error) return <Text c="red">{problemText(error)}</Text>
  if (!data) return <Text role="status">{t('distribute.counting')}</Text>
  if (data.length === 0) return <Text>{t('distribute.none')}</Text>
  return (
    <>
      <Text size="sm" mb="sm">
        {t('distribute.intro')}
      </Text>
      <ul className={classes.flows}>
        {data.map((flow) => (
          <FlowLine
            key={flow.toStepId}
            flow={flow}
            isOwn={flow.toStepId === stepId}
            checked={!left.includes(flow.toStepId)}
            onChange={(checked) =>
              setLeft(
                checked ? left.filter((id) => id !== flow.toStepId) : [...left, flow.toStepId],
              )
            }
          />
        ))}
      </ul>
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('distribute.cancel')}
        </Button>
        <Button
          onClick={() => distribute.mutate()}
          loading={distribute.isPending}
          disabled={total === 0}
          data-autofocus
        >
          {total === 0
            ? t('distribute.doNone')
            : t('distribute.do', { count: total, n: integer(total) })}
        </Button>
      </Group>
    </>
  )
}

type LineProps = {
  flow: Flow
  isOwn: boolean
  checked: boolean
  onChange: (checked: boolean) => void
}

function FlowLine({ flow, isOwn, checked, onChange }: LineProps) {
  const { t } = useTranslation('routing')
  const { integer } = useFormat()
  const { label, entering } = flow
  const kept = (['present', 'wrongKind', 'contacted'] as const)
    .filter((key) => flow[key] > 0)
    .map((key) => t(`distribute.${key}`, { count: flow[key], n: integer(flow[key]) }))
  const notes = flow.hasConditions ? kept : [...kept, t('distribute.unguarded')]
  return (
    <li className={classes.flow}>
      <Checkbox
        checked={checked}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        label={
          <>
            {t(isOwn ? 'distribute.fromOrigin' : 'distribute.into', { label })}
            <br />
            <span className={classes.count}>
              {entering === 0
                ? t('distribute.nobody')
                : t('distribute.entering', { count: entering, n: integer(entering) })}
            </span>
          </>
        }
        description={notes.join(' · ')}
      />
    </li>
  )
}
