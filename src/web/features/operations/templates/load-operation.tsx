import { Checkbox, Skeleton, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { OperationDraft, type OperationView } from '#core/operations/operation.ts'
import { flatten, outlineOf } from '#core/operations/outline.ts'
import { differences, HeaderField } from '#core/operations/template.ts'
import { loadIntoOperation } from '#core/operations/template-api.ts'
import { call } from '../../../platform/call.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { operationQuery, useOperationAction } from '../operation-data.ts'
import classes from '../operations.module.css'
import { DifferenceList } from './difference-list.tsx'
import { LoadDialog } from './load-dialog.tsx'

type Props = { operation: OperationView; opened: boolean; onClose: () => void }

/** A template into this operation: header field by field, and copies of its steps (D-125, L-14). */
export function LoadOperation({ operation, opened, onClose }: Props) {
  const { t } = useTranslation('operations')
  const problemText = useProblemText()
  const [campaignId, setCampaignId] = useState<number | null>(null)
  const [fields, setFields] = useState<ReadonlySet<string>>(new Set())
  const [stepIds, setStepIds] = useState<ReadonlySet<number>>(new Set())
  const { data: template } = useQuery({
    ...operationQuery(campaignId ?? 0),
    enabled: campaignId !== null,
  })
  const different = template
    ? differences(
        OperationDraft.parse(operation),
        OperationDraft.parse(template),
        HeaderField.options,
      )
    : []
  const load = useOperationAction(() =>
    call(loadIntoOperation, {
      id: operation.id,
      version: operation.version,
      campaignId: campaignId ?? 0,
      fields: HeaderField.options.filter((field) => fields.has(field)),
      stepIds: [...stepIds],
    }),
  )
  const close = () => {
    load.reset()
    setCampaignId(null)
    setFields(new Set())
    setStepIds(new Set())
    onClose()
  }
  return (
    <LoadDialog
      opened={opened}
      onClose={close}
      title={t('load.operation')}
      optionsOf={({ operations }) => operations.filter(({ id }) => id !== operation.id)}
      chosenId={campaignId}
      onChoose={(id) => {
        setCampaignId(id)
        setFields(new Set())
        setStepIds(new Set())
      }}
      changes={fields.size + stepIds.size}
      error={load.error ? problemText(load.error) : undefined}
      busy={load.isPending}
      onLoad={() => load.mutate(undefined, { onSuccess: close })}
    >
      {template ? (
        <Stack>
          <Title order={3}>{t('load.header')}</Title>
          <DifferenceList differences={different} chosen={fields} onChange={setFields} />
          {template.steps.length > 0 && (
            <>
              <Title order={3}>{t('load.steps')}</Title>
              <StepList template={template} chosen={stepIds} onChange={setStepIds} />
            </>
          )}
        </Stack>
      ) : (
        <Skeleton height={160} />
      )}
    </LoadDialog>
  )
}

type StepsProps = {
  template: OperationView
  chosen: ReadonlySet<number>
  onChange: (chosen: ReadonlySet<number>) => void
}

/** Steps that would be added below those that are there; nothing of those is overwritten. */
function StepList({ template, chosen, onChange }: StepsProps) {
  const { t } = useTranslation('operations')
  const lines = flatten(outlineOf(template.steps))
  const isAll = lines.every(({ step }) => chosen.has(step.id))
  return (
    <div className={classes.differences}>
      <Checkbox
        label={t('load.allSteps')}
        checked={isAll}
        indeterminate={!isAll && chosen.size > 0}
        onChange={() => onChange(new Set(isAll ? [] : lines.map(({ step }) => step.id)))}
      />
      {lines.map(({ step, level }) => (
        <Checkbox
          key={step.id}
          ml={(level - 1) * 20}
          label={step.isTemplate ? t('load.stepTemplate', { label: step.label }) : step.label}
          checked={chosen.has(step.id)}
          onChange={({ currentTarget }) => {
            const next = new Set(chosen)
            if (currentTarget.checked) next.add(step.id)
            else next.delete(step.id)
            onChange(next)
          }}
        />
      ))}
    </div>
  )
}
