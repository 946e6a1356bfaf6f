import { Button, Group, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ActivityView } from '#core/activities/activity.ts'
import { createActivity, updateActivity } from '#core/activities/api.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { MayTip } from '../../ui/may-tip.tsx'
import { useActor, useMay } from '../access/session.ts'
import { FieldInput } from '../parties/field-input.tsx'
import classes from './activities.module.css'
import { useActivityTables, useKeepActivity } from './activity-data.ts'
import { DateFields } from './date-fields.tsx'
import type { FormDraft } from './draft.ts'
import { type FieldProps, isMandatory, shows } from './field-props.ts'
import { WhoFields } from './who-fields.tsx'

type Props = {
  start: FormDraft
  /** What is changed; null for a new one. */
  activity: ActivityView | null
  onSaved: (view: ActivityView) => void
  onCancel: () => void
}

export function ActivityForm({ start, activity, onSaved, onCancel }: Props) {
  const { t } = useTranslation('activities')
  const actor = useActor()
  const may = useMay('activities.write')
  const problemText = useProblemText()
  const keep = useKeepActivity()
  const { typeOf } = useActivityTables()
  const [draft, setDraft] = useState<FormDraft>({
    ...start,
    ownerId: activity ? start.ownerId : (start.ownerId ?? actor?.id ?? null),
  })
  const set = (patch: Partial<FormDraft>) => setDraft((before) => ({ ...before, ...patch }))
  const save = useMutation({
    mutationFn: () => {
      const { partyLabel: _, cause: _cause, ...written } = draft
      return activity
        ? call(updateActivity, { ...written, id: activity.id, version: activity.version })
        : call(createActivity, written)
    },
    onSuccess: async (view) => {
      notifications.show({ message: t('saved') })
      await keep(view)
      onSaved(view)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  const fields = { draft, set, type: typeOf(draft.typeId), disabled: !may }
  const changed = JSON.stringify(draft) !== JSON.stringify(start)
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <What {...fields} isNew={activity === null} />
        <WhoFields {...fields} />
        <DateFields {...fields} />
        <Details {...fields} />
        <CustomFields {...fields} />
        <Textarea
          label={t('fields.text')}
          autosize
          minRows={3}
          maxRows={14}
          value={draft.text}
          disabled={!may}
          onChange={(event) => set({ text: event.currentTarget.value })}
        />
        <FieldError>{save.error ? problemText(save.error) : null}</FieldError>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t(activity ? 'close' : 'cancel')}
          </Button>
          <MayTip may={may}>
            {(state) => (
              <Button
                {...state}
                disabled={state.disabled || (activity !== null && !changed)}
                type="submit"
                loading={save.isPending}
              >
                {t(activity ? 'save' : 'create')}
              </Button>
            )}
          </MayTip>
        </Group>
      </Stack>
    </form>
  )
}

function What({ draft, set, disabled, isNew }: FieldProps & { isNew: boolean }) {
  const { t } = useTranslation('activities')
  const { types } = useActivityTables()
  const choices = types.filter(({ id, isActive }) => isActive || id === draft.typeId)
  return (
    <>
      <Select
        label={t('fields.type')}
        data={choices.map(({ id, label }) => ({ value: String(id), label }))}
        value={String(draft.typeId)}
        allowDeselect={false}
        disabled={disabled}
        onChange={(id) => {
          const chosen = types.find((type) => String(type.id) === id)
          if (chosen)
            set({
              typeId: chosen.id,
              ...(isNew && chosen.defaultOwnerId ? { ownerId: chosen.defaultOwnerId } : {}),
            })
        }}
      />
      <TextInput
        data-autofocus={isNew || undefined}
        required
        maxLength={500}
        label={t('fields.subject')}
        value={draft.subject}
        disabled={disabled}
        onChange={(event) => set({ subject: event.currentTarget.value })}
      />
    </>
  )
}

function Details({ draft, set, type, disabled }: FieldProps) {
  const { t } = useTranslation('activities')
  const lines = (['place', 'source', 'result'] as const).filter((field) =>
    shows(type, field, draft[field] !== ''),
  )
  return (
    <div className={classes.pair}>
      {lines.map((field) => (
        <TextInput
          key={field}
          label={t(`fields.${field}`)}
          required={field !== 'result' && isMandatory(type, field)}
          value={draft[field]}
          disabled={disabled}
          onChange={(event) => set({ [field]: event.currentTarget.value })}
        />
      ))}
      {shows(type, 'priority', draft.priority > 0) && (
        <Select
          label={t('fields.priority')}
          data={[0, 1, 2, 3].map((value) => ({
            value: String(value),
            label: t(`priorities.${value}`),
          }))}
          value={String(draft.priority)}
          allowDeselect={false}
          disabled={disabled}
          onChange={(value) => set({ priority: Number(value ?? 0) })}
        />
      )}
      {draft.cause && (
        <TextInput label={t('fields.cause')} value={draft.cause.label} readOnly variant="filled" />
      )}
    </div>
  )
}

function CustomFields({ draft, set, type, disabled }: FieldProps) {
  const { own } = useActivityTables()
  if (!type || type.customFields.length === 0) return null
  return (
    <div className={classes.pair}>
      {type.customFields.map((field) => (
        <FieldInput
          key={field.key}
          view={{
            field: `custom.${field.key}`,
            label: own(field),
            type: field.type,
            choices: field.options.map((option) => ({ value: option.value, label: own(option) })),
            isId: false,
          }}
          value={draft.custom[field.key] ?? null}
          disabled={disabled}
          onChange={(value) => set({ custom: { ...draft.custom, [field.key]: value } })}
        />
      ))}
    </div>
  )
}
