import { Checkbox, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { setStepStatus } from '#core/operations/api.ts'
import { withoutUnused } from '#core/operations/step.ts'
import { call } from '../../../platform/call.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { DateTimeField } from '../../../ui/date-time-field.tsx'
import { useOperationAction, useTables } from '../operation-data.ts'
import classes from '../operations.module.css'
import type { FieldsProps } from './parameters-tab.tsx'
import { Section } from './section.tsx'

/** Name, type, state and dates. */
export function IdentityFields(props: FieldsProps) {
  const { draft, set, readOnly } = props
  const { t } = useTranslation('operations')
  const { stepTypes, typeOf } = useTables()
  const fields = typeOf(draft.typeCode)?.fields
  const shows = { period: fields?.period !== 'unused', completion: fields?.completion !== 'unused' }
  const changeType = (code: string | null) => {
    const type = typeOf(code ?? '')
    if (type) set({ ...withoutUnused(draft, type.fields), typeCode: type.code })
  }
  return (
    <Section title={t('sections.identity')}>
      <div className={classes.fields}>
        <TextInput
          className={classes.full ?? ''}
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
        />
        <Select
          label={t('fields.typeCode')}
          data={stepTypes
            .filter(({ code, isActive }) => isActive || code === draft.typeCode)
            .map(({ code, label }) => ({ value: code, label }))}
          value={draft.typeCode}
          onChange={changeType}
          allowDeselect={false}
          disabled={readOnly}
        />
        <StateField {...props} />
        {shows.completion && (
          <DateTimeField
            label={t('fields.doneAt')}
            value={draft.doneAt}
            onChange={(doneAt) => set({ doneAt })}
            readOnly={readOnly}
          />
        )}
        {shows.period && (
          <>
            <DateTimeField
              label={t('fields.startsAt')}
              value={draft.startsAt}
              onChange={(startsAt) => set({ startsAt })}
              readOnly={readOnly}
              withAsterisk={fields?.period === 'mandatory'}
            />
            <DateTimeField
              label={t('fields.endsAt')}
              value={draft.endsAt}
              onChange={(endsAt) => set({ endsAt })}
              readOnly={readOnly}
              error={isBackwards(draft) ? t('endsTooEarly') : null}
            />
          </>
        )}
        <Checkbox
          className={classes.full ?? ''}
          label={t('fields.isTemplate')}
          description={t('help.stepTemplate')}
          checked={draft.isTemplate}
          onChange={(event) => set({ isTemplate: event.currentTarget.checked })}
          disabled={readOnly}
        />
      </div>
    </Section>
  )
}

const isBackwards = ({ startsAt, endsAt }: FieldsProps['draft']) =>
  startsAt !== null && endsAt !== null && endsAt < startsAt

/** “Finished” also dates the completion, so the server is told at once. */
function StateField({ step, draft, set, readOnly }: FieldsProps) {
  const { t } = useTranslation('operations')
  const problemText = useProblemText()
  const { statesOf } = useTables()
  const put = useOperationAction((statusCode: string) =>
    call(setStepStatus, { id: step.id, statusCode }),
  )
  return (
    <Select
      label={t('fields.statusCode')}
      data={statesOf('step', draft.statusCode).map(({ code, label }) => ({ value: code, label }))}
      value={draft.statusCode}
      onChange={(code) =>
        code !== null &&
        put.mutate(code, {
          onSuccess: ({ steps }) => {
            const now = steps.find(({ id }) => id === step.id)
            if (now) set({ statusCode: now.statusCode, doneAt: now.doneAt })
          },
        })
      }
      error={put.error ? problemText(put.error) : null}
      allowDeselect={false}
      disabled={readOnly}
    />
  )
}
