import { Button, Group, Loader } from '@mantine/core'
import { IconPhoneCheck, IconPlayerPlay } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getCallStep } from '#core/phoning/api.ts'
import type { CallStep } from '#core/phoning/call.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FieldError } from '../../ui/field-error.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { useUndoToast } from '../../ui/undo-toast.tsx'
import { useActor } from '../access/session.ts'
import { CallPanel } from './call-panel.tsx'
import { useObstacleSentence } from './obstacle-text.tsx'
import { OfflineBar } from './offline-bar.tsx'
import { PersonPanel } from './person-panel.tsx'
import classes from './phoning.module.css'
import { QueuePanel } from './queue-panel.tsx'
import { type Cockpit, useCockpit } from './use-cockpit.ts'

/** The desk of an agent: one person at a time until nobody is left or the agent stops. */
export function CockpitPage() {
  const { id: stepId } = useParams({ strict: false })
  const id = Number(stepId)
  const problemText = useProblemText()
  const { data: step, error } = useQuery({
    queryKey: ['calls', id, 'step'],
    queryFn: ({ signal }) => call(getCallStep, { id }, signal),
  })
  if (error && !step) return <FieldError>{problemText(error)}</FieldError>
  return step ? <Desk key={id} step={step} /> : null
}

function Desk({ step }: { step: CallStep }) {
  const { t } = useTranslation('phoning')
  const { instant } = useFormat()
  const problemText = useProblemText()
  const undoToast = useUndoToast()
  const client = useQueryClient()
  const userId = useActor()?.id ?? ''
  const { among, take } = useSearch({ strict: false })
  const ids = idsOf(among)
  const cockpit = useCockpit({
    stepId: step.stepId,
    among: ids,
    take: Number(take) || undefined,
    onFinished: (person) =>
      undoToast({
        message: t('result.saved', { name: person.name }),
        undo: () => cockpit.undo(person.partyId),
        forMs: 10_000,
      }),
  })
  const [proposed, setProposed] = useState<'ok-continue' | 'not-done-continue' | 'to-do'>(
    'ok-continue',
  )
  const onSent = useCallback(
    () => void client.invalidateQueries({ queryKey: ['calls', step.stepId] }),
    [client, step.stepId],
  )
  const { person, phase } = cockpit
  const error = cockpit.error
  return (
    <Page>
      <PageHeader
        title={step.label}
        subtitle={
          step.closedUntil
            ? t('closedUntil', { operation: step.campaign, when: instant(step.closedUntil) })
            : step.campaign
        }
        actions={
          <Button variant="default" renderRoot={(props) => <Link to="/calls" {...props} />}>
            {t('otherSteps')}
          </Button>
        }
      />
      <OfflineBar userId={userId} onSent={onSent} />
      <FieldError>{error ? problemText(error) : undefined}</FieldError>
      <div className={classes.cockpit}>
        {person ? (
          <>
            <PersonPanel
              key={person.partyId}
              stepId={step.stepId}
              person={person}
              onNumber={(number) => cockpit.openCall.mutate(number)}
            />
            <CallPanel
              key={`call${person.partyId}`}
              step={step}
              cockpit={cockpit}
              person={person}
              proposed={proposed}
              onResult={(wanted) => {
                setProposed(wanted)
                cockpit.setPhase('result')
              }}
            />
          </>
        ) : (
          <Idle cockpit={cockpit} />
        )}
        <div className={classes.side}>
          <QueuePanel
            stepId={step.stepId}
            figures={cockpit.queue}
            statuses={step.statuses}
            onStop={phase === 'stopped' ? undefined : () => cockpit.stop.mutate()}
            onTake={(partyId) => cockpit.takeAgain.mutate(partyId)}
          />
        </div>
      </div>
    </Page>
  )
}

const idsOf = (among: unknown): number[] =>
  typeof among === 'string'
    ? among
        .split(',')
        .map(Number)
        .filter((id) => Number.isInteger(id) && id > 0)
    : []

/** Nobody on the screen: still asking, stopped, or nobody left. */
function Idle({ cockpit }: { cockpit: Cockpit }) {
  const { t } = useTranslation('phoning')
  const sentence = useObstacleSentence()
  const { phase, obstacles, queue, next } = cockpit
  if (phase === 'loading') {
    return (
      <Group className={classes.idle ?? ''} justify="center" role="status">
        <Loader size="sm" />
        {t('asking')}
      </Group>
    )
  }
  const why = sentence(obstacles)
  const later =
    queue && queue.callbacksLater > 0 ? t('idle.later', { count: queue.callbacksLater }) : ''
  return (
    <div className={classes.idle}>
      <EmptyState
        icon={<IconPhoneCheck size={32} stroke={1.4} />}
        title={t(phase === 'stopped' ? 'idle.stopped' : 'idle.nobody')}
        description={[why, later, queue ? t('idle.done', { count: queue.mine.calls }) : '']
          .filter((part) => part !== '')
          .join(' ')}
        actions={
          <Button
            leftSection={<IconPlayerPlay size={16} />}
            loading={next.isPending}
            onClick={() => next.mutate()}
          >
            {t(phase === 'stopped' ? 'idle.resume' : 'idle.again')}
          </Button>
        }
      />
    </div>
  )
}
