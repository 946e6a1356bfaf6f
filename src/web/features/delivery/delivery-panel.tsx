import { Alert, Anchor, Badge, Button, Group, Progress, Skeleton, Stack, Text } from '@mantine/core'
import { IconClockPause, IconFileDownload, IconRocket } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { downloadDeliveryFile } from '#core/delivery/api.ts'
import type { DeliverySummary } from '#core/delivery/run.ts'
import { addressFor } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FieldError } from '../../ui/field-error.tsx'
import { MayTip } from '../../ui/may-tip.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useTimeText } from '../../ui/time-text.ts'
import { useMay } from '../access/session.ts'
import { Accounting } from './accounting.tsx'
import { deliveryQuery, useFollowPeople } from './delivery-data.ts'
import { LaunchDialog } from './launch-dialog.tsx'
import { Ledger } from './ledger.tsx'
import { RunActions } from './run-actions.tsx'
import { UnknownNotice } from './unknown-notice.tsx'

/** The sending of a step, from before its launch to the last answer. */
export function DeliveryPanel({ stepId }: { stepId: number }) {
  const problemText = useProblemText()
  const { data, error } = useQuery(deliveryQuery(stepId))
  useFollowPeople(data)
  if (error && !data) return <FieldError>{problemText(error)}</FieldError>
  if (!data) return <Skeleton height={220} />
  if (data.state === 'preparing') return <BeforeLaunch summary={data} />
  return (
    <Stack>
      <RunHead summary={data} />
      {(data.counts.unknown ?? 0) > 0 && <UnknownNotice summary={data} />}
      {data.candidates > 0 && <Accounting summary={data} />}
      {data.candidates > 0 && <Ledger summary={data} />}
    </Stack>
  )
}

function BeforeLaunch({ summary: { stepId, form, toDo } }: { summary: DeliverySummary }) {
  const { t } = useTranslation('delivery')
  const { integer } = useFormat()
  const may = useMay('mailings.write')
  const [opened, setOpened] = useState(false)
  return (
    <>
      <EmptyState
        icon={<IconRocket size={40} stroke={1.3} />}
        title={t('before.title')}
        description={
          form === 'operation'
            ? t('before.toDo', { count: toDo ?? 0, n: integer(toDo ?? 0) })
            : t('before.text')
        }
        actions={
          <MayTip may={may}>
            {(state) => (
              <Button onClick={() => setOpened(true)} {...state}>
                {t('before.launch')}
              </Button>
            )}
          </MayTip>
        }
      />
      <LaunchDialog stepId={stepId} opened={opened} onClose={() => setOpened(false)} />
    </>
  )
}

const colors: Record<DeliverySummary['state'], string> = {
  preparing: 'gray',
  scheduled: 'blue',
  running: 'brand',
  paused: 'yellow',
  done: 'ok',
  'partly-failed': 'orange',
  cancelled: 'gray',
}

function RunHead({ summary }: { summary: DeliverySummary }) {
  const { t } = useTranslation('delivery')
  const { state, counts, candidates } = summary
  const leaving = candidates - (counts.excluded ?? 0)
  const left = (counts.pending ?? 0) + (counts['in-flight'] ?? 0)
  return (
    <Panel
      title={t('progress.title')}
      actions={
        <Badge variant="light" color={colors[state]} autoContrast>
          {t(`states.${state}`)}
        </Badge>
      }
    >
      <Stack gap="sm">
        {leaving > 0 && (
          <Progress.Root size="lg" aria-label={t('progress.title')}>
            <Share
              value={counts.submitted ?? 0}
              of={leaving}
              color="ok"
              label={t('message.submitted')}
            />
            <Share
              value={counts.refused ?? 0}
              of={leaving}
              color="red"
              label={t('message.refused')}
            />
            <Share
              value={counts.unknown ?? 0}
              of={leaving}
              color="orange"
              label={t('message.unknown')}
            />
          </Progress.Root>
        )}
        <Text size="sm" role="status">
          <Figures summary={summary} done={leaving - left} leaving={leaving} />
        </Text>
        <HoldNotice summary={summary} />
        <Group justify="space-between" gap="xs">
          <Files summary={summary} />
          <RunActions summary={summary} />
        </Group>
      </Stack>
    </Panel>
  )
}

type ShareProps = { value: number; of: number; color: string; label: string }

const Share = ({ value, of, color, label }: ShareProps) => (
  <Progress.Section value={(100 * value) / of} color={color} aria-label={label} />
)

type FiguresProps = { summary: DeliverySummary; done: number; leaving: number }

function Figures({ summary, done, leaving }: FiguresProps) {
  const { t } = useTranslation('delivery')
  const { integer, instant } = useFormat()
  const timeText = useTimeText()
  const { state, launchAt, perSecond, secondsLeft, finishedAt, frozen } = summary
  if (state === 'scheduled') return t('progress.planned', { at: launchAt ? instant(launchAt) : '' })
  if (state === 'running' && !frozen) return t('progress.preparing')
  const parts = [
    t('progress.of', { done: integer(done), total: integer(leaving) }),
    perSecond !== null && perSecond >= 1 && done < leaving
      ? t('progress.rate', { n: integer(Math.round(perSecond)) })
      : '',
    secondsLeft !== null && secondsLeft > 0
      ? t('progress.left', { time: timeText(secondsLeft) })
      : '',
    finishedAt ? t('progress.finished', { at: instant(finishedAt) }) : '',
  ]
  return parts.filter(Boolean).join(' · ')
}

function HoldNotice({ summary: { hold, state } }: { summary: DeliverySummary }) {
  const { t } = useTranslation('delivery')
  const { instant } = useFormat()
  // What somebody paused meanwhile does not go on by itself.
  if (!hold || (state === 'paused' && hold.until)) return null
  return (
    <Alert
      color={hold.until ? 'blue' : 'red'}
      variant="light"
      icon={<IconClockPause size={18} />}
      title={t(`hold.${hold.reason}`)}
    >
      {hold.detail !== '' && <Text size="sm">{t('hold.said', { words: hold.detail })}</Text>}
      <Text size="sm">
        {hold.until ? t('hold.until', { at: instant(hold.until) }) : t(`hold.act.${hold.reason}`)}
      </Text>
    </Alert>
  )
}

function Files({ summary: { stepId, files } }: { summary: DeliverySummary }) {
  return (
    <Group gap="sm">
      {files.map(({ fileId, name }) => (
        <Anchor
          key={fileId}
          href={addressFor(downloadDeliveryFile, { stepId, fileId })}
          download={name}
          size="sm"
        >
          <Group gap={4} component="span">
            <IconFileDownload size={16} aria-hidden />
            {name}
          </Group>
        </Anchor>
      ))}
    </Group>
  )
}
