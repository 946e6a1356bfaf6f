import { Button, Group, Select, TextInput } from '@mantine/core'
import { IconForms, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fold } from '#core/kernel/fold.ts'
import {
  createCustomField,
  deleteCustomField,
  updateCustomField,
} from '#core/parties/catalogue-api.ts'
import { type CustomFieldDraft, isChoice } from '#core/parties/custom-field.ts'
import { fieldTypes } from '#core/parties/fields.ts'
import { call } from '../../../platform/call.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Page } from '../../../ui/page.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { SimpleTable } from '../../../ui/simple-table.tsx'
import { useCatalogue } from '../catalogue.ts'
import { ConfirmDelete, EntryEditor, RowActions, useListMutation } from './entry-editor.tsx'
import { OptionsEditor } from './options-editor.tsx'

type Draft = CustomFieldDraft & { id: number | null }

/** Lower-case letters, figures and underscores from a label: the key that files and messages use. */
const keyFrom = (label: string) =>
  fold(label)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '')
    .slice(0, 40)

/** The fields that the administrator adds to the card. */
export function FieldsPage() {
  const { t } = useTranslation('parties')
  const { customFields, loaded } = useCatalogue()
  const [draft, setDraft] = useState<Draft | null>(null)
  const [doomed, setDoomed] = useState<{ id: number; label: string } | null>(null)
  const remove = useListMutation((id: number) => call(deleteCustomField, { id }))
  const add = () =>
    setDraft({
      id: null,
      key: '',
      labelFr: '',
      labelEn: '',
      type: 'text',
      options: [],
      position: customFields.length,
    })
  return (
    <Page narrow>
      <PageHeader
        title={t('settings.fields')}
        subtitle={t('settings.fieldsText')}
        actions={
          <Button leftSection={<IconPlus size={17} />} onClick={add}>
            {t('settings.newField')}
          </Button>
        }
      />
      {loaded && customFields.length === 0 ? (
        <EmptyState
          icon={<IconForms size={22} />}
          title={t('settings.noFields')}
          description={t('settings.noFieldsText')}
        />
      ) : (
        <Panel flush>
          <SimpleTable
            label={t('settings.fields')}
            rows={customFields}
            keyOf={({ id }) => id}
            rowHeader
            columns={[
              { key: 'label', header: t('settings.name'), cell: ({ label }) => label },
              { key: 'key', header: t('settings.key'), cell: ({ key }) => <code>{key}</code> },
              { key: 'type', header: t('settings.type'), cell: ({ type }) => t(`types.${type}`) },
              {
                key: 'actions',
                header: t('settings.actions'),
                numeric: true,
                cell: ({ label: name, choices: _, ...field }) => (
                  <RowActions
                    name={name}
                    onEdit={() => setDraft(field)}
                    onDelete={() => setDoomed({ id: field.id, label: name })}
                  />
                ),
              },
            ]}
          />
        </Panel>
      )}
      <FieldEditor draft={draft} onClose={() => setDraft(null)} />
      <ConfirmDelete
        opened={doomed !== null}
        title={t('settings.deleteEntry', { name: doomed?.label ?? '' })}
        text={t('settings.deleteFieldText')}
        onClose={() => setDoomed(null)}
        onConfirm={() => doomed && remove.mutate(doomed.id)}
      />
    </Page>
  )
}

function FieldEditor({ draft, onClose }: { draft: Draft | null; onClose: () => void }) {
  const { t } = useTranslation('parties')
  const save = ({ id, ...field }: Draft) => {
    const complete = {
      ...field,
      key: field.key || keyFrom(field.labelFr),
      labelEn: field.labelEn || field.labelFr,
    }
    return id === null
      ? call(createCustomField, complete)
      : call(updateCustomField, { ...complete, id })
  }
  return (
    <EntryEditor
      draft={draft}
      title={t(draft?.id === null ? 'settings.newField' : 'settings.editField')}
      onClose={onClose}
      onSave={save}
      fields={(field, change) => (
        <>
          <Group grow>
            <TextInput
              data-autofocus
              required
              label={t('settings.labelFr')}
              value={field.labelFr}
              onChange={(event) => change({ labelFr: event.currentTarget.value })}
            />
            <TextInput
              label={t('settings.labelEn')}
              value={field.labelEn}
              onChange={(event) => change({ labelEn: event.currentTarget.value })}
            />
          </Group>
          <Group grow align="flex-start">
            <Select
              label={t('settings.type')}
              data={fieldTypes.map((value) => ({ value, label: t(`types.${value}`) }))}
              value={field.type}
              allowDeselect={false}
              disabled={field.id !== null}
              onChange={(value) =>
                change({ type: fieldTypes.find((known) => known === value) ?? 'text' })
              }
            />
            <TextInput
              label={t('settings.key')}
              description={t('settings.keyText')}
              placeholder={keyFrom(field.labelFr)}
              value={field.key}
              disabled={field.id !== null}
              onChange={(event) => change({ key: event.currentTarget.value })}
            />
          </Group>
          {isChoice(field.type) && (
            <OptionsEditor
              options={field.options}
              keyFrom={keyFrom}
              onChange={(options) => change({ options })}
            />
          )}
        </>
      )}
    />
  )
}
