import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CardType, CardTypeDraft } from '#core/parties/catalogue.ts'
import { createCardType, deleteCardType, updateCardType } from '#core/parties/catalogue-api.ts'
import { call } from '../../../platform/call.ts'
import { useFormat } from '../../../platform/format.ts'
import { Panel } from '../../../ui/panel.tsx'
import { SimpleTable } from '../../../ui/simple-table.tsx'
import { useCatalogue } from '../catalogue.ts'
import {
  AddButton,
  ConfirmDelete,
  EntryEditor,
  RowActions,
  useListMutation,
} from './entry-editor.tsx'
import { useCounts } from './tags-page.tsx'

type Form = CardTypeDraft & { id: number | null }

/** The types of loyalty card, each with the currency its amounts are in. */
export function CardTypes() {
  const { t } = useTranslation('parties')
  const { integer } = useFormat()
  const { cardTypes } = useCatalogue()
  const counts = useCounts()
  const [draft, setDraft] = useState<Form | null>(null)
  const [doomed, setDoomed] = useState<CardType | null>(null)
  const remove = useListMutation((id: number) => call(deleteCardType, { id }))
  return (
    <Panel
      title={t('settings.cardTypes')}
      flush
      actions={
        <AddButton
          label={t('settings.newCardType')}
          onClick={() => setDraft({ id: null, label: '', currency: 'EUR' })}
        />
      }
    >
      <SimpleTable
        label={t('settings.cardTypes')}
        rows={cardTypes}
        keyOf={({ id }) => id}
        rowHeader
        columns={[
          { key: 'label', header: t('settings.name'), cell: ({ label }) => label },
          { key: 'currency', header: t('settings.currency'), cell: ({ currency }) => currency },
          {
            key: 'count',
            header: t('title'),
            numeric: true,
            cell: ({ id }) => integer(counts?.cardTypes[String(id)] ?? 0),
          },
          {
            key: 'actions',
            header: t('settings.actions'),
            numeric: true,
            cell: (type) => (
              <RowActions
                name={type.label}
                onEdit={() => setDraft(type)}
                onDelete={() => setDoomed(type)}
              />
            ),
          },
        ]}
      />
      <EntryEditor
        draft={draft}
        title={t(draft?.id === null ? 'settings.newCardType' : 'settings.editCardType')}
        onClose={() => setDraft(null)}
        onSave={({ id, ...type }) =>
          id === null ? call(createCardType, type) : call(updateCardType, { ...type, id })
        }
        fields={(type, change) => (
          <>
            <TextInput
              data-autofocus
              required
              label={t('settings.name')}
              value={type.label}
              onChange={(event) => change({ label: event.currentTarget.value })}
            />
            <TextInput
              label={t('settings.currency')}
              description={t('settings.cardCurrencyText')}
              required
              maxLength={3}
              value={type.currency}
              onChange={(event) => change({ currency: event.currentTarget.value.toUpperCase() })}
            />
          </>
        )}
      />
      <ConfirmDelete
        opened={doomed !== null}
        title={t('settings.deleteEntry', { name: doomed?.label ?? '' })}
        text={t('settings.deleteCardTypeText')}
        onClose={() => setDoomed(null)}
        onConfirm={() => doomed && remove.mutate(doomed.id)}
      />
    </Panel>
  )
}
