import { Alert, Button, Group } from '@mantine/core'
import { useSessionStorage } from '@mantine/hooks'
import { IconFlag } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { setStepStatus } from '#core/operations/api.ts'
import type { OperationView, StepOfOperation } from '#core/operations/operation.ts'
import { isNobodyLeft } from '#core/targets/target.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { useMay } from '../access/session.ts'
import { useOperationAction, useTables } from '../operations/operation-data.ts'
import classes from './targets.module.css'

/** Of each step in which nobody is left to do, however they were done: is it finished? (D-106) */
export function FinishBanners({ operation }: { operation: OperationView }) {
  const { statesOf, stateOf, loaded } = useTables()
  const may = useMay('mailings.write')
  const finished = statesOf('step').find(({ meaning }) => meaning === 'finished')
  if (!loaded || !may || !finished || operation.state === 'finished') return null
  const isToDo = (code: string) => stateOf('target', code)?.meaning === 'to-do'
  return operation.steps
    .filter(({ isFinal, statuses }) => isFinal && isNobodyLeft(statuses, isToDo))
    .filter(({ statusCode }) => stateOf('step', statusCode)?.meaning !== 'finished')
    .map((step) => <FinishBanner key={step.id} step={step} finished={finished} />)
}

type Props = { step: StepOfOperation; finished: { code: string; label: string } }

function FinishBanner({ step, finished }: Props) {
  const { t } = useTranslation('targets')
  const problemText = useProblemText()
  const people = Object.values(step.statuses).reduce((sum, n) => sum + n, 0)
  // Whoever says “not yet” is asked again when more people have come and are done, or another day.
  const [putOff, setPutOff] = useSessionStorage({
    key: `step-finished-${step.id}`,
    defaultValue: 0,
    getInitialValueInEffect: false,
  })
  const finish = useOperationAction((statusCode: string) =>
    call(setStepStatus, { id: step.id, statusCode }),
  )
  if (putOff === people) return null
  return (
    <Alert
      icon={<IconFlag size={18} />}
      title={t('finish.title')}
      className={classes.finish ?? ''}
      role="status"
    >
      <Group justify="space-between" gap="xs">
        <span>{t('finish.text', { step: step.label })}</span>
        <Group gap="xs">
          <Button size="xs" loading={finish.isPending} onClick={() => finish.mutate(finished.code)}>
            {t('finish.yes', { state: finished.label })}
          </Button>
          <Button size="xs" variant="default" onClick={() => setPutOff(people)}>
            {t('finish.later')}
          </Button>
        </Group>
      </Group>
      <FieldError>{finish.error ? problemText(finish.error) : undefined}</FieldError>
    </Alert>
  )
}
