import { Select } from '@mantine/core'
import { IconListTree } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import type { OperationView, StepOfOperation } from '#core/operations/operation.ts'
import { useFormat } from '../../platform/format.ts'
import { useUrlState } from '../../platform/url-state.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { TargetsPanel } from './targets-panel.tsx'

const Address = z.object({
  step: z.coerce.number().int().positive().optional().catch(undefined),
})

const peopleOf = (step: StepOfOperation) =>
  Object.values(step.statuses).reduce((sum, people) => sum + people, 0)

/** The people of an operation, step by step. */
export function PeopleTab({ operation }: { operation: OperationView }) {
  const { t } = useTranslation('targets')
  const { integer } = useFormat()
  const [{ step: stepId }, setAddress] = useUrlState(Address)
  const steps = operation.steps.filter(({ isFinal }) => isFinal)
  const step = steps.find(({ id }) => id === stepId) ?? steps[0]
  if (!step) {
    return (
      <EmptyState
        icon={<IconListTree size={26} />}
        title={t('noStep.title')}
        description={t('noStep.text')}
      />
    )
  }
  return (
    <>
      <Select
        label={t('step')}
        maw={420}
        mb="md"
        allowDeselect={false}
        data={steps.map((one) => ({
          value: String(one.id),
          label: t('stepWithPeople', { step: one.label, n: integer(peopleOf(one)) }),
        }))}
        value={String(step.id)}
        onChange={(value) => value && setAddress({ step: Number(value) })}
      />
      <TargetsPanel key={step.id} operation={operation} step={step} />
    </>
  )
}
