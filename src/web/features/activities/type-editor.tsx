import {
  Button,
  Checkbox,
  Drawer,
  Group,
  NumberInput,
  Select,
  Stack,
  TextInput,
} from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createActivityType, updateActivityType } from '#core/activities/api.ts'
import {
  ActivityFields,
  ActivityKind,
  type ActivityTypeDraft,
  activityFields,
} from '#core/activities/type.ts'
import { FieldUse } from '#core/campaigns/step-type.ts'
import { fold } from '#core/kernel/fold.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import classes from './activities.module.css'
import { useActivityTables } from './activity-data.ts'
import { CustomFieldsEditor } from './custom-fields-editor.tsx'
import { KeyField } from './family-editor.tsx'
import { TypeImage } from './type-image.tsx'
import { useRefreshTables } from './use-table-change.ts'

export type TypeDraft = ActivityTypeDraft & { id?: number; used?: number }

export const blankType: TypeDraft = {
  code: '',
  labelFr: '',
  labelEn: '',
  kind: 'task',
  activityFamilyId: null,
  keyId: null,
  fields: ActivityFields.parse({}),
  customFields: [],
  numberPrefix: null,
  lastNumber: 0,
  defaultOwnerId: null,
  inCampaigns: true,
  icon: '',
  color: '',
  isActive: true,
}

const codeFrom = (label: string) =>
  fold(label)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)

export function TypeEditor({ draft, onClose }: { draft: TypeDraft | null; onClose: () => void }) {
  const { t } = useTranslation('activities')
  return (
    <Drawer
      opened={draft !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={t(draft?.id ? 'settings.editType' : 'settings.new.types')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {draft && <Form key={draft.id ?? 0} start={draft} onClose={onClose} />}
    </Drawer>
  )
}

type Props = { draft: TypeDraft; set: (patch: Partial<TypeDraft>) => void }

function Form({ start, onClose }: { start: TypeDraft; onClose: () => void }) {
  const { t } = useTranslation('activities')
  const problemText = useProblemText()
  const refresh = useRefreshTables()
  const [draft, setDraft] = useState(start)
  const set = (patch: Partial<TypeDraft>) => setDraft((before) => ({ ...before, ...patch }))
  const save = useMutation({
    mutationFn: async ({ id, used: _, ...type }: TypeDraft) => {
      const complete = {
        ...type,
        code: type.code || codeFrom(type.labelFr),
        labelEn: type.labelEn || type.labelFr,
      }
      await (id
        ? call(updateActivityType, { ...complete, id })
        : call(createActivityType, complete))
      await refresh()
    },
    onSuccess: onClose,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(draft)
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Identity draft={draft} set={set} />
        <TypeImage draft={draft} onChange={set} />
        <Use draft={draft} set={set} />
        <Numbering draft={draft} set={set} />
        <CustomFieldsEditor
          fields={draft.customFields}
          onChange={(customFields) => set({ customFields })}
        />
        <Checkbox
          label={t('settings.inCampaigns')}
          checked={draft.inCampaigns}
          onChange={(event) => set({ inCampaigns: event.currentTarget.checked })}
        />
        <Checkbox
          label={t('settings.isActive')}
          checked={draft.isActive}
          onChange={(event) => set({ isActive: event.currentTarget.checked })}
        />
        <FieldError>{save.error ? problemText(save.error) : null}</FieldError>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Identity({ draft, set }: Props) {
  const { t } = useTranslation('activities')
  const { families, people } = useActivityTables()
  return (
    <div className={classes.pair}>
      <TextInput
        data-autofocus
        required
        maxLength={100}
        label={t('settings.labelFr')}
        value={draft.labelFr}
        onChange={(event) => set({ labelFr: event.currentTarget.value })}
      />
      <TextInput
        maxLength={100}
        label={t('settings.labelEn')}
        placeholder={draft.labelFr}
        value={draft.labelEn}
        onChange={(event) => set({ labelEn: event.currentTarget.value })}
      />
      <Select
        label={t('fields.kind')}
        data={ActivityKind.options.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        value={draft.kind}
        allowDeselect={false}
        disabled={(draft.used ?? 0) > 0}
        onChange={(kind) => set({ kind: ActivityKind.catch('task').parse(kind) })}
      />
      <TextInput
        label={t('settings.code')}
        placeholder={codeFrom(draft.labelFr)}
        value={draft.code}
        onChange={(event) => set({ code: event.currentTarget.value })}
      />
      <Select
        label={t('fields.family')}
        placeholder={t('settings.noFamily')}
        data={families.map(({ id, label }) => ({ value: String(id), label }))}
        value={draft.activityFamilyId === null ? null : String(draft.activityFamilyId)}
        clearable
        clearButtonProps={{ 'aria-label': t('clear') }}
        onChange={(id) => set({ activityFamilyId: id === null ? null : Number(id) })}
      />
      <Select
        label={t('settings.defaultOwner')}
        data={people.map(({ id, name }) => ({ value: id, label: name }))}
        value={draft.defaultOwnerId}
        clearable
        clearButtonProps={{ 'aria-label': t('clear') }}
        searchable
        onChange={(defaultOwnerId) => set({ defaultOwnerId })}
      />
      <KeyField value={draft.keyId} onChange={(keyId) => set({ keyId })} />
    </div>
  )
}

function Use({ draft, set }: Props) {
  const { t } = useTranslation('activities')
  return (
    <fieldset className={classes.fields}>
      <legend>{t('settings.fields')}</legend>
      <div className={classes.pair}>
        {activityFields.map((field) => (
          <Select
            key={field}
            size="xs"
            label={t(`fields.${field}`)}
            data={FieldUse.options.map((value) => ({ value, label: t(`settings.uses.${value}`) }))}
            value={draft.fields[field]}
            allowDeselect={false}
            onChange={(use) =>
              set({ fields: { ...draft.fields, [field]: FieldUse.catch('optional').parse(use) } })
            }
          />
        ))}
      </div>
    </fieldset>
  )
}

function Numbering({ draft, set }: Props) {
  const { t } = useTranslation('activities')
  return (
    <>
      <Checkbox
        label={t('settings.numbers')}
        checked={draft.numberPrefix !== null}
        onChange={(event) => set({ numberPrefix: event.currentTarget.checked ? '' : null })}
      />
      {draft.numberPrefix !== null && (
        <div className={classes.pair}>
          <TextInput
            maxLength={20}
            label={t('settings.prefix')}
            value={draft.numberPrefix}
            onChange={(event) => set({ numberPrefix: event.currentTarget.value })}
          />
          <NumberInput
            min={0}
            allowDecimal={false}
            label={t('settings.lastNumber')}
            value={draft.lastNumber}
            onChange={(value) => set({ lastNumber: Math.round(Number(value) || 0) })}
          />
        </div>
      )}
    </>
  )
}
