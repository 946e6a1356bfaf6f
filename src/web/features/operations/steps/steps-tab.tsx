import { Alert, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useUrlState } from '../../../platform/url-state.ts'
import { useMay } from '../../access/session.ts'
import type { OperationTabProps } from '../operation-tabs.ts'
import classes from '../operations.module.css'
import { AddStep } from './add-step.tsx'
import { FirstStep } from './first-step.tsx'
import { Outline } from './outline.tsx'
import { StepPane } from './step-pane.tsx'

const Address = z.object({
  step: z.coerce.number().int().positive().optional().catch(undefined),
})

/** The steps as an outline that is edited or a graph that is looked at, and the step chosen beside them. */
export function StepsTab({ operation }: OperationTabProps) {
  const { t } = useTranslation('operations')
  const [{ step: stepId }, setAddress] = useUrlState(Address)
  const may = useMay('mailings.write')
  const step = operation.steps.find(({ id }) => id === stepId)
  const open = (id: number | undefined) => setAddress({ step: id }, { push: true })
  if (operation.steps.length === 0) return <FirstStep operation={operation} onAdded={open} />
  const isMissing = stepId !== undefined && !step
  return (
    <div className={classes.split} data-open={step !== undefined || undefined}>
      <div className={classes.main}>
        <Group justify="space-between" mb="sm" gap="xs">
          <span />
          <AddStep operation={operation} may={may} onAdded={open} />
        </Group>
        {isMissing && (
          <Alert color="gray" mb="sm" withCloseButton onClose={() => open(undefined)}>
            <Text size="sm">{t('step.gone')}</Text>
          </Alert>
        )}
        <Outline operation={operation} shown={stepId} onOpen={open} />
      </div>
      {step && <StepPane operation={operation} step={step} onClose={() => open(undefined)} />}
    </div>
  )
}
