import { Badge } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { StepState } from '#core/campaigns/campaign.ts'
import type { OperationView, StepOfOperation } from '#core/operations/operation.ts'
import { CallError } from '../../../platform/call.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { useTables } from '../operation-data.ts'
import { useDelayText } from './delay.ts'

type Props = { operation: OperationView; step: StepOfOperation }

const runColours = {
  preparing: 'gray',
  scheduled: 'brand',
  running: 'brand',
  paused: 'yellow',
  done: 'ok',
  'partly-failed': 'red',
  cancelled: 'gray',
} as const satisfies Record<StepState, string>

/** Type, origin and delay of a step in one line. */
export function useStepFacts({ operation, step }: Props): string {
  const { t } = useTranslation('operations')
  const { typeOf } = useTables()
  const delayText = useDelayText()
  const origin = operation.steps.find(({ id }) => id === step.originId)
  return [
    typeOf(step.typeCode)?.label ?? step.typeCode,
    origin && t('step.after', { label: origin.label }),
    origin && step.delayMinutes > 0 && t('step.delayed', { delay: delayText(step.delayMinutes) }),
  ]
    .filter(Boolean)
    .join(' · ')
}

/** How far the step is: its run, the state that the house gives it, its conditions, what it lacks. */
export function StepBadges({ step }: { step: StepOfOperation }) {
  const { t } = useTranslation('operations')
  const { stateOf } = useTables()
  const problemText = useProblemText()
  const run = StepState.parse(step.state)
  const state = stateOf('step', step.statusCode)
  return (
    <>
      {run !== 'preparing' && (
        <Badge size="sm" variant="light" color={runColours[run]}>
          {t(`run.${run}`)}
        </Badge>
      )}
      {state && step.statusCode !== 'preparing' && (
        <Badge size="sm" variant="light" color={state.meaning === 'finished' ? 'ok' : 'brand'}>
          {state.label}
        </Badge>
      )}
      {step.conditions > 0 && (
        <Badge size="sm" variant="light" color="grape">
          {t('step.conditions', { count: step.conditions })}
        </Badge>
      )}
      {step.distributionProblem && (
        <Badge
          size="sm"
          variant="light"
          color="red"
          leftSection={<IconAlertTriangle size={12} aria-hidden />}
          title={problemText(new CallError(0, step.distributionProblem))}
        >
          {t('step.unaskable')}
        </Badge>
      )}
      {step.isTemplate && (
        <Badge size="sm" variant="outline" color="brand">
          {t('template')}
        </Badge>
      )}
      {step.problems.length > 0 && (
        <Badge
          size="sm"
          variant="light"
          color="yellow"
          leftSection={<IconAlertTriangle size={12} aria-hidden />}
        >
          {t('step.incomplete')}
        </Badge>
      )}
    </>
  )
}
