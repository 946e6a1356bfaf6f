import { ActionIcon, Button, Group, Select, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { fold } from '#core/kernel/fold.ts'
import { type CustomFieldDraft, isChoice } from '#core/parties/custom-field.ts'
import { fieldTypes } from '#core/parties/fields.ts'
import { OptionsEditor } from '../parties/settings/options-editor.tsx'
import classes from './activities.module.css'

const keyFrom = (label: string) =>
  fold(label)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '')
    .slice(0, 40)

type Props = {
  fields: readonly CustomFieldDraft[]
  onChange: (fields: CustomFieldDraft[]) => void
}

/** The fields that a type adds; a field is known by the label it was first given. */
export function CustomFieldsEditor({ fields, onChange }: Props) {
  const { t } = useTranslation('activities')
  const set = (at: number, patch: Partial<CustomFieldDraft>) =>
    onChange(fields.map((field, index) => (index === at ? { ...field, ...patch } : field)))
  const add = () => {
    const taken = new Set(fields.map(({ key }) => key))
    let number = fields.length + 1
    while (taken.has(`field_${number}`)) number++
    const fresh = { key: `field_${number}`, labelFr: '', labelEn: '', type: 'text' as const }
    onChange([...fields, { ...fresh, options: [], position: fields.length }])
  }
  const rename = (at: number, labelFr: string) => {
    const field = fields[at]
    if (!field) return
    const key = keyFrom(labelFr)
    const isNew = field.key.startsWith('field_') || field.key === keyFrom(field.labelFr)
    const taken = fields.some((other, index) => index !== at && other.key === key)
    set(at, {
      labelFr,
      ...(field.labelEn === field.labelFr ? { labelEn: labelFr } : {}),
      ...(isNew && key && !taken ? { key } : {}),
    })
  }
  return (
    <fieldset className={classes.fields}>
      <legend>{t('settings.customFields')}</legend>
      {fields.map((field, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: its key follows what is typed, its place does not
        <div key={at} className={classes.custom}>
          <Group gap={6} wrap="nowrap" align="flex-end">
            <TextInput
              flex={1}
              required
              label={t('settings.labelFr')}
              value={field.labelFr}
              onChange={(event) => rename(at, event.currentTarget.value)}
            />
            <TextInput
              flex={1}
              required
              label={t('settings.labelEn')}
              value={field.labelEn}
              onChange={(event) => set(at, { labelEn: event.currentTarget.value })}
            />
            <Select
              w={120}
              label={t('settings.fieldType')}
              data={fieldTypes.map((value) => ({ value, label: t(`fieldTypes.${value}`) }))}
              value={field.type}
              allowDeselect={false}
              onChange={(value) =>
                set(at, { type: fieldTypes.find((known) => known === value) ?? 'text' })
              }
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              mb={4}
              aria-label={t('deleteNamed', { name: field.labelFr })}
              onClick={() => onChange(fields.filter((_, index) => index !== at))}
            >
              <IconTrash size={17} />
            </ActionIcon>
          </Group>
          {isChoice(field.type) && (
            <OptionsEditor
              options={field.options}
              keyFrom={keyFrom}
              onChange={(options) => set(at, { options })}
            />
          )}
        </div>
      ))}
      <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={15} />} onClick={add}>
        {t('settings.addField')}
      </Button>
    </fieldset>
  )
}
