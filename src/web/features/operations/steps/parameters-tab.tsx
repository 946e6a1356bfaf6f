import { Alert, Button, List, Stack, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconTemplate } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StepOfOperation } from '#core/operations/operation.ts'
import type { StepParameters } from '#core/operations/step.ts'
import { useMay } from '../../access/session.ts'
import { useTables } from '../operation-data.ts'
import classes from '../operations.module.css'
import { SavedStatus } from '../saved-status.tsx'
import type { StepTabProps } from '../step-tabs.ts'
import { LoadStep } from '../templates/load-step.tsx'
import { ActivityFields } from './activity-fields.tsx'
import { ContentFields } from './content-fields.tsx'
import { IdentityFields } from './identity-fields.tsx'
import { OriginFields } from './origin-fields.tsx'
import { useStepSaves } from './use-step-saves.ts'

const FileFields = lazy(async () => ({
  default: (await import('./file-fields.tsx')).FileFields,
}))

/** What every part of the form is given. */
export type FieldsProps = StepTabProps & {
  draft: StepParameters
  set: (patch: Partial<StepParameters>) => void
  /** Without the right to change, everything can still be read. */
  readOnly: boolean
}

/** What a step is and does: the fields that its type uses (D-108), and no others. */
export function ParametersTab({ operation, step }: StepTabProps) {
  const may = useMay('mailings.write')
  const { loaded } = useTables()
  const saves = useStepSaves(operation, step)
  const { draft, change } = saves
  const readOnly = !may || operation.closedAt !== null
  const set = (patch: Partial<StepParameters>) => change({ ...draft, ...patch })
  const props: FieldsProps = { operation, step, draft, set, readOnly }
  if (!loaded) return null
  return (
    <Stack gap="lg">
      {step.isFinal && step.problems.length > 0 && <Problems step={step} />}
      {step.isFinal ? (
        <>
          <IdentityFields {...props} />
          <OriginFields {...props} />
          <ContentFields {...props} />
          <Suspense>
            <FileFields {...props} />
          </Suspense>
          <ActivityFields {...props} />
          {!readOnly && <LoadTemplate step={step} />}
        </>
      ) : (
        <TitleFields {...props} />
      )}
      {!readOnly && (
        <div className={classes.foot}>
          <SavedStatus saves={saves} />
        </div>
      )}
    </Stack>
  )
}

function LoadTemplate({ step }: { step: StepOfOperation }) {
  const { t } = useTranslation('operations')
  const [loading, setLoading] = useState(false)
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        w="fit-content"
        leftSection={<IconTemplate size={15} />}
        onClick={() => setLoading(true)}
      >
        {t('load.step')}
      </Button>
      <LoadStep step={step} opened={loading} onClose={() => setLoading(false)} />
    </>
  )
}

/** A title has a code and a label, nothing else (D-36). */
function TitleFields({ draft, set, readOnly }: FieldsProps) {
  const { t } = useTranslation('operations')
  return (
    <>
      <TextInput
        label={t('fields.label')}
        value={draft.label}
        onChange={(event) => set({ label: event.currentTarget.value })}
        error={draft.label.trim() === '' ? t('labelMissing') : null}
        maxLength={200}
        readOnly={readOnly}
        required
      />
      <TextInput
        label={t('fields.code')}
        value={draft.code}
        onChange={(event) => set({ code: event.currentTarget.value })}
        maxLength={40}
        readOnly={readOnly}
        w={180}
      />
    </>
  )
}

/** Asked for before the launch, never before saving. */
function Problems({ step }: { step: StepOfOperation }) {
  const { t } = useTranslation('operations')
  return (
    <Alert
      color="yellow"
      variant="light"
      icon={<IconAlertTriangle size={18} />}
      title={t('problems.title')}
    >
      <List size="sm">
        {step.problems.map(({ reason, field }) => (
          <List.Item key={`${reason} ${field ?? ''}`}>
            {field ? t(`problems.fields.${field}`) : t('problems.no-message')}
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}
