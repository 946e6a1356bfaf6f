import { MultiSelect, Select, Stack, Switch } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listOperations } from '#core/operations/api.ts'
import type { OperationView } from '#core/operations/operation.ts'
import type { TargetSource } from '#core/targets/source.ts'
import { call } from '../../../platform/call.ts'
import { useFormat } from '../../../platform/format.ts'
import { operationQuery, useTables } from '../../operations/operation-data.ts'
import type { AddProps } from './add-dialog.tsx'
import { ProposalFoot } from './proposal.tsx'

/** The people of another step, copied as they stand there (D-93, A-S5). */
export function ByStep({ operation, step, onAdded }: AddProps) {
  const { t } = useTranslation('targets')
  const { statesOf } = useTables()
  const [from, setFrom] = useState<number>(operation.id)
  const [stepId, setStepId] = useState<number | null>(null)
  const [onlyProcessed, setOnlyProcessed] = useState(false)
  const [statuses, setStatuses] = useState<string[]>([])
  const other = useQuery(operationQuery(from))
  const source: TargetSource | undefined =
    stepId === null ? undefined : { kind: 'step', stepId, onlyProcessed, statuses }
  return (
    <>
      <Stack gap="sm">
        <OperationSelect
          operation={operation}
          value={from}
          onChange={(id) => {
            setFrom(id)
            setStepId(null)
          }}
        />
        <StepSelect operation={other.data} except={step.id} value={stepId} onChange={setStepId} />
        <Switch
          label={t('add.onlyProcessed')}
          description={t('add.onlyProcessedText')}
          checked={onlyProcessed}
          onChange={(event) => setOnlyProcessed(event.currentTarget.checked)}
        />
        <MultiSelect
          label={t('add.statuses')}
          placeholder={statuses.length === 0 ? t('add.anyStatus') : ''}
          data={statesOf('target').map(({ code, label }) => ({ value: code, label }))}
          value={statuses}
          onChange={setStatuses}
          clearable
        />
      </Stack>
      <ProposalFoot stepId={step.id} source={source} onAdded={onAdded} />
    </>
  )
}

type OperationSelectProps = {
  operation: OperationView
  value: number
  onChange: (id: number) => void
}

function OperationSelect({ operation, value, onChange }: OperationSelectProps) {
  const { t } = useTranslation('targets')
  const [search, setSearch] = useState('')
  const { data } = useQuery({
    queryKey: ['operations', 'pick', search],
    queryFn: ({ signal }) => call(listOperations, { search, limit: 30 }, signal),
    placeholderData: keepPreviousData,
  })
  const found = (data?.rows ?? []).filter(({ id }) => id !== operation.id)
  const choices = [
    { value: String(operation.id), label: t('add.thisOperation', { label: operation.label }) },
    ...found.map(({ id, label, code }) => ({
      value: String(id),
      label: code ? `${label} (${code})` : label,
    })),
  ]
  return (
    <Select
      label={t('add.operation')}
      data={choices}
      value={String(value)}
      onChange={(chosen) => chosen && onChange(Number(chosen))}
      searchable
      onSearchChange={(text) => setSearch(choices.some(({ label }) => label === text) ? '' : text)}
      allowDeselect={false}
    />
  )
}

type StepSelectProps = {
  operation: OperationView | undefined
  except: number
  value: number | null
  onChange: (id: number | null) => void
}

function StepSelect({ operation, except, value, onChange }: StepSelectProps) {
  const { t } = useTranslation('targets')
  const { integer } = useFormat()
  const steps = (operation?.steps ?? []).filter(({ isFinal, id }) => isFinal && id !== except)
  const peopleOf = (statuses: Record<string, number>) =>
    Object.values(statuses).reduce((sum, people) => sum + people, 0)
  return (
    <Select
      label={t('step')}
      placeholder={t('add.chooseStep')}
      nothingFoundMessage={t('add.noStep')}
      data={steps.map(({ id, label, statuses }) => ({
        value: String(id),
        label: t('stepWithPeople', { step: label, n: integer(peopleOf(statuses)) }),
      }))}
      value={value === null ? null : String(value)}
      onChange={(chosen) => onChange(chosen ? Number(chosen) : null)}
    />
  )
}
