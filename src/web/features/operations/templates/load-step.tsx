import { Checkbox, Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StepOfOperation } from '#core/operations/operation.ts'
import { StepParameters } from '#core/operations/step.ts'
import { differences, StepTemplateField } from '#core/operations/template.ts'
import { loadIntoStep, type TemplateList } from '#core/operations/template-api.ts'
import { call } from '../../../platform/call.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { operationQuery, useOperationAction } from '../operation-data.ts'
import { DifferenceList } from './difference-list.tsx'
import { LoadDialog, useTemplateList } from './load-dialog.tsx'

type Props = { step: StepOfOperation; opened: boolean; onClose: () => void }

const nameOf = ({ label, operationLabel }: TemplateList['steps'][number]) =>
  `${label} · ${operationLabel}`

/** A template step into this one, field by field (D-126, D-127). */
export function LoadStep({ step, opened, onClose }: Props) {
  const { t } = useTranslation('operations')
  const problemText = useProblemText()
  const [chosenId, setChosenId] = useState<number | null>(null)
  const [fields, setFields] = useState<ReadonlySet<string>>(new Set())
  const [contents, setContents] = useState(false)
  const { data: templates } = useTemplateList()
  const operationId = templates?.steps.find(({ id }) => id === chosenId)?.operationId
  const { data: source } = useQuery({
    ...operationQuery(operationId ?? 0),
    enabled: operationId !== undefined,
  })
  const template = source?.steps.find(({ id }) => id === chosenId)
  const different = template
    ? differences(
        StepParameters.parse(step),
        StepParameters.parse(template),
        StepTemplateField.options,
      )
    : []
  const load = useOperationAction(() =>
    call(loadIntoStep, {
      id: step.id,
      version: step.version,
      templateStepId: chosenId ?? 0,
      fields: StepTemplateField.options.filter((field) => fields.has(field)),
      contents,
    }),
  )
  const choose = (id: number | null) => {
    setChosenId(id)
    setFields(new Set())
    setContents(false)
  }
  const close = () => {
    load.reset()
    choose(null)
    onClose()
  }
  return (
    <LoadDialog
      opened={opened}
      onClose={close}
      title={t('load.step')}
      optionsOf={({ steps }) =>
        steps.flatMap((one) => (one.id === step.id ? [] : [{ id: one.id, label: nameOf(one) }]))
      }
      chosenId={chosenId}
      onChoose={choose}
      changes={fields.size + (contents ? 1 : 0)}
      error={load.error ? problemText(load.error) : undefined}
      busy={load.isPending}
      onLoad={() => load.mutate(undefined, { onSuccess: close })}
    >
      {template ? (
        <Stack>
          <DifferenceList differences={different} chosen={fields} onChange={setFields} />
          {template.contents > 0 && (
            <Checkbox
              label={t('load.contents', { count: template.contents })}
              checked={contents}
              onChange={(event) => setContents(event.currentTarget.checked)}
            />
          )}
        </Stack>
      ) : (
        <Skeleton height={160} />
      )}
    </LoadDialog>
  )
}
