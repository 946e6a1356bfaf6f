import { Alert, Group, SegmentedControl, Skeleton, Text } from '@mantine/core'
import { lazy, Suspense } from 'react'
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

const StepGraph = lazy(async () => ({
  default: (await import('../graph/step-graph.tsx')).StepGraph,
}))

const Address = z.object({
  step: z.coerce.number().int().positive().optional().catch(undefined),
  layout: z.enum(['outline', 'graph']).catch('outline').default('outline'),
})

/** The steps as an outline that is edited or a graph that is looked at, and the step chosen beside them. */
export function StepsTab({ operation }: OperationTabProps) {
  const { t } = useTranslation('operations')
  const [{ step: stepId, layout }, setAddress] = useUrlState(Address)
  const may = useMay('mailings.write')
  const step = operation.steps.find(({ id }) => id === stepId)
  const open = (id: number | undefined) => setAddress({ step: id }, { push: true })
  if (operation.steps.length === 0) return <FirstStep operation={operation} onAdded={open} />
  const isMissing = stepId !== undefined && !step
  return (
    <div className={classes.split} data-open={step !== undefined || undefined}>
      <div className={classes.main}>
        <Group justify="space-between" mb="sm" gap="xs">
          <SegmentedControl
            aria-label={t('view.label')}
            value={layout}
            onChange={(value) => setAddress({ layout: value === 'graph' ? 'graph' : 'outline' })}
            data={[
              { value: 'outline', label: t('view.outline') },
              { value: 'graph', label: t('view.graph') },
            ]}
          />
          <AddStep operation={operation} may={may} onAdded={open} />
        </Group>
        {isMissing && (
          <Alert color="gray" mb="sm" withCloseButton onClose={() => open(undefined)}>
            <Text size="sm">{t('step.gone')}</Text>
          </Alert>
        )}
        {layout === 'outline' ? (
          <Outline operation={operation} shown={stepId} onOpen={open} />
        ) : (
          <Suspense fallback={<Skeleton height={480} radius="lg" />}>
            <StepGraph operation={operation} shown={stepId} onOpen={open} />
          </Suspense>
        )}
      </div>
      {step && <StepPane operation={operation} step={step} onClose={() => open(undefined)} />}
    </div>
  )
}
