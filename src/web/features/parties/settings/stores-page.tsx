import { Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Category, Kind, StoreDraft } from '#core/parties/catalogue.ts'
import {
  createCategory,
  createStore,
  deleteCategory,
  deleteKind,
  deleteStore,
  saveKind,
  updateCategory,
  updateStore,
} from '#core/parties/catalogue-api.ts'
import { call } from '../../../platform/call.ts'
import { useFormat } from '../../../platform/format.ts'
import { Page } from '../../../ui/page.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { SimpleTable } from '../../../ui/simple-table.tsx'
import { useCatalogue } from '../catalogue.ts'
import { CardTypes } from './card-types.tsx'
import {
  AddButton,
  ConfirmDelete,
  EntryEditor,
  RowActions,
  useListMutation,
} from './entry-editor.tsx'
import { useCounts } from './tags-page.tsx'

/** Stores, categories and kinds: what cards are classed by. */
export function StoresPage() {
  const { t } = useTranslation('parties')
  return (
    <Page narrow>
      <PageHeader title={t('settings.stores')} subtitle={t('settings.storesText')} />
      <Stores />
      <Categories />
      <CardTypes />
      <Kinds />
    </Page>
  )
}

type StoreForm = StoreDraft & { id: number | null }

const blankStore: StoreForm = {
  id: null,
  code: '',
  name: '',
  postalCode: '',
  city: '',
  currency: 'EUR',
}

function Stores() {
  const { t } = useTranslation('parties')
  const { integer } = useFormat()
  const { stores } = useCatalogue()
  const counts = useCounts()
  const [draft, setDraft] = useState<StoreForm | null>(null)
  const [doomed, setDoomed] = useState<{ id: number; name: string } | null>(null)
  const remove = useListMutation((id: number) => call(deleteStore, { id }))
  return (
    <Panel
      title={t('settings.storeList')}
      flush
      actions={<AddButton label={t('settings.newStore')} onClick={() => setDraft(blankStore)} />}
    >
      <SimpleTable
        label={t('settings.storeList')}
        rows={stores}
        keyOf={({ id }) => id}
        rowHeader
        columns={[
          { key: 'name', header: t('settings.name'), cell: ({ name }) => name },
          { key: 'code', header: t('fields.code'), cell: ({ code }) => code },
          { key: 'city', header: t('fields.city'), cell: ({ city }) => city },
          { key: 'currency', header: t('settings.currency'), cell: ({ currency }) => currency },
          {
            key: 'count',
            header: t('title'),
            numeric: true,
            cell: ({ id }) => integer(counts?.stores[String(id)] ?? 0),
          },
          {
            key: 'actions',
            header: t('settings.actions'),
            numeric: true,
            cell: (store) => (
              <RowActions
                name={store.name}
                onEdit={() => setDraft(store)}
                onDelete={() => setDoomed(store)}
              />
            ),
          },
        ]}
      />
      <StoreEditor draft={draft} onClose={() => setDraft(null)} />
      <ConfirmDelete
        opened={doomed !== null}
        title={t('settings.deleteEntry', { name: doomed?.name ?? '' })}
        text={t('settings.deleteStoreText')}
        onClose={() => setDoomed(null)}
        onConfirm={() => doomed && remove.mutate(doomed.id)}
      />
    </Panel>
  )
}

function StoreEditor({ draft, onClose }: { draft: StoreForm | null; onClose: () => void }) {
  const { t } = useTranslation('parties')
  return (
    <EntryEditor
      draft={draft}
      title={t(draft?.id === null ? 'settings.newStore' : 'settings.editStore')}
      onClose={onClose}
      onSave={({ id, ...store }) =>
        id === null ? call(createStore, store) : call(updateStore, { ...store, id })
      }
      fields={(store, change) => {
        const input = (key: 'name' | 'code' | 'postalCode' | 'city', label: string) => (
          <TextInput
            label={label}
            required={key === 'name' || key === 'code'}
            value={store[key]}
            onChange={(event) => change({ [key]: event.currentTarget.value })}
          />
        )
        return (
          <>
            {input('name', t('settings.name'))}
            {input('code', t('fields.code'))}
            <Group grow>
              {input('postalCode', t('fields.postalCode'))}
              {input('city', t('fields.city'))}
            </Group>
            <TextInput
              label={t('settings.currency')}
              description={t('settings.currencyText')}
              required
              maxLength={3}
              value={store.currency}
              onChange={(event) => change({ currency: event.currentTarget.value.toUpperCase() })}
            />
          </>
        )
      }}
    />
  )
}

function Categories() {
  const { t } = useTranslation('parties')
  const { integer } = useFormat()
  const { categories } = useCatalogue()
  const counts = useCounts()
  const [draft, setDraft] = useState<{ id: number | null; label: string } | null>(null)
  const [doomed, setDoomed] = useState<Category | null>(null)
  const remove = useListMutation((id: number) => call(deleteCategory, { id }))
  return (
    <Panel
      title={t('settings.categories')}
      flush
      actions={
        <AddButton
          label={t('settings.newCategory')}
          onClick={() => setDraft({ id: null, label: '' })}
        />
      }
    >
      <SimpleTable
        label={t('settings.categories')}
        rows={categories}
        keyOf={({ id }) => id}
        rowHeader
        columns={[
          { key: 'label', header: t('settings.name'), cell: ({ label }) => label },
          {
            key: 'count',
            header: t('title'),
            numeric: true,
            cell: ({ id }) => integer(counts?.categories[String(id)] ?? 0),
          },
          {
            key: 'actions',
            header: t('settings.actions'),
            numeric: true,
            cell: (category) => (
              <RowActions
                name={category.label}
                onEdit={() => setDraft(category)}
                onDelete={() => setDoomed(category)}
              />
            ),
          },
        ]}
      />
      <EntryEditor
        draft={draft}
        title={t(draft?.id === null ? 'settings.newCategory' : 'settings.editCategory')}
        onClose={() => setDraft(null)}
        onSave={({ id, label }) =>
          id === null ? call(createCategory, { label }) : call(updateCategory, { id, label })
        }
        fields={({ label }, change) => (
          <TextInput
            data-autofocus
            required
            label={t('settings.name')}
            value={label}
            onChange={(event) => change({ label: event.currentTarget.value })}
          />
        )}
      />
      <ConfirmDelete
        opened={doomed !== null}
        title={t('settings.deleteEntry', { name: doomed?.label ?? '' })}
        text={t('settings.deleteCategoryText')}
        onClose={() => setDoomed(null)}
        onConfirm={() => doomed && remove.mutate(doomed.id)}
      />
    </Panel>
  )
}

type KindForm = Kind & { isNew: boolean }

function Kinds() {
  const { t } = useTranslation('parties')
  const { kinds } = useCatalogue()
  const [draft, setDraft] = useState<KindForm | null>(null)
  const [doomed, setDoomed] = useState<{ code: string; label: string } | null>(null)
  const remove = useListMutation((code: string) => call(deleteKind, { code }))
  const blank = { code: '', labelFr: '', labelEn: '', position: kinds.length + 1, isNew: true }
  return (
    <Panel
      title={t('settings.kinds')}
      flush
      actions={<AddButton label={t('settings.newKind')} onClick={() => setDraft(blank)} />}
    >
      <SimpleTable
        label={t('settings.kinds')}
        rows={kinds}
        keyOf={({ code }) => code}
        rowHeader
        columns={[
          { key: 'label', header: t('settings.name'), cell: ({ label }) => label },
          { key: 'code', header: t('fields.code'), cell: ({ code }) => code },
          {
            key: 'actions',
            header: t('settings.actions'),
            numeric: true,
            cell: (kind) => (
              <RowActions
                name={kind.label}
                onEdit={() => setDraft({ ...kind, isNew: false })}
                onDelete={() => setDoomed(kind)}
              />
            ),
          },
        ]}
      />
      <EntryEditor
        draft={draft}
        title={t(draft?.isNew ? 'settings.newKind' : 'settings.editKind')}
        onClose={() => setDraft(null)}
        onSave={({ code, labelFr, labelEn, position }) =>
          call(saveKind, { code, labelFr, labelEn, position })
        }
        fields={(kind, change) => (
          <>
            <TextInput
              label={t('fields.code')}
              description={t('settings.keyText')}
              required
              disabled={!kind.isNew}
              value={kind.code}
              onChange={(event) => change({ code: event.currentTarget.value.toLowerCase() })}
            />
            <TextInput
              label={t('settings.labelFr')}
              required
              value={kind.labelFr}
              onChange={(event) => change({ labelFr: event.currentTarget.value })}
            />
            <TextInput
              label={t('settings.labelEn')}
              required
              value={kind.labelEn}
              onChange={(event) => change({ labelEn: event.currentTarget.value })}
            />
          </>
        )}
      />
      <ConfirmDelete
        opened={doomed !== null}
        title={t('settings.deleteEntry', { name: doomed?.label ?? '' })}
        text={t('settings.deleteKindText')}
        onClose={() => setDoomed(null)}
        onConfirm={() => doomed && remove.mutate(doomed.code)}
      />
    </Panel>
  )
}
