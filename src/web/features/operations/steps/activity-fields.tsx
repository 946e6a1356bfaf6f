import { Checkbox, Select, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { messageChannelOf } from '#core/campaigns/step-type.ts'
import { NumberField } from '../../../ui/number-field.tsx'
import { useTables } from '../operation-data.ts'
import classes from '../operations.module.css'
import type { FieldsProps } from './parameters-tab.tsx'
import { Section } from './section.tsx'

const per = ['party', 'contact', 'step'] as const

/** What running the step leaves on people's cards. */
export function ActivityFields(props: FieldsProps) {
  const { draft, set, readOnly } = props
  const { t } = useTranslation('operations')
  const { typeOf, activityTypes } = useTables()
  const use = typeOf(draft.typeCode)?.fields.activity ?? 'unused'
  if (use === 'unused') return null
  return (
    <Section title={t('sections.activity')}>
      <div className={classes.fields}>
        <Select
          className={classes.full ?? ''}
          label={t('fields.activityTypeId')}
          placeholder={t('values.noActivity')}
          data={activityTypes.map(({ id, label }) => ({ value: String(id), label }))}
          value={draft.activityTypeId === null ? null : String(draft.activityTypeId)}
          onChange={(value) => set({ activityTypeId: value === null ? null : Number(value) })}
          withAsterisk={use === 'mandatory'}
          clearable={!readOnly}
          disabled={readOnly}
        />
        {draft.activityTypeId !== null && <Details {...props} />}
      </div>
    </Section>
  )
}

function Details({ draft, set, readOnly }: FieldsProps) {
  const { t } = useTranslation('operations')
  const { typeOf, people } = useTables()
  const isWritten = messageChannelOf(typeOf(draft.typeCode)?.channel ?? 'other') !== null
  return (
    <>
      <Select
        label={t('fields.activityPer')}
        data={per.map((value) => ({ value, label: t(`activityPer.${value}`) }))}
        value={draft.activityPer}
        onChange={(value) =>
          set({ activityPer: per.find((one) => one === value) ?? draft.activityPer })
        }
        allowDeselect={false}
        disabled={readOnly}
      />
      <Select
        label={t('fields.activityOwnerId')}
        placeholder={t('values.launcher')}
        data={people.map(({ id, name }) => ({ value: id, label: name }))}
        value={draft.activityOwnerId}
        onChange={(activityOwnerId) => set({ activityOwnerId })}
        searchable
        clearable={!readOnly}
        disabled={readOnly}
      />
      <TextInput
        className={classes.full ?? ''}
        label={t('fields.activitySubject')}
        description={t('help.activitySubject')}
        value={draft.activitySubject}
        onChange={(event) => set({ activitySubject: event.currentTarget.value })}
        maxLength={500}
        readOnly={readOnly}
      />
      <Textarea
        className={classes.full ?? ''}
        label={t('fields.activityText')}
        value={draft.activityText}
        onChange={(event) => set({ activityText: event.currentTarget.value })}
        maxLength={10_000}
        autosize
        minRows={2}
        maxRows={8}
        readOnly={readOnly}
      />
      <NumberField
        label={t('fields.activityDueDays')}
        value={draft.activityDueDays}
        onChange={(value) => set({ activityDueDays: Math.round(Number(value)) || 0 })}
        min={0}
        max={3_660}
        clampBehavior="strict"
        readOnly={readOnly}
      />
      <Checkbox
        className={classes.full ?? ''}
        label={t('fields.activityIsDone')}
        checked={draft.activityIsDone}
        onChange={(event) => set({ activityIsDone: event.currentTarget.checked })}
        disabled={readOnly}
      />
      {isWritten && (
        <Checkbox
          className={classes.full ?? ''}
          label={t('fields.attachesMessage')}
          checked={draft.attachesMessage}
          onChange={(event) => set({ attachesMessage: event.currentTarget.checked })}
          disabled={readOnly}
        />
      )}
    </>
  )
}
