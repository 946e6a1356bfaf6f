import { Button, Select, TextInput } from '@mantine/core'
import { IconFolders, IconLock, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FamilyDraft } from '#core/operations/tables.ts'
import * as api from '#core/operations/tables-api.ts'
import { call } from '../../../platform/call.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { useTables } from '../operation-data.ts'
import { LineEditor } from './line-editor.tsx'
import { LineName } from './line-name.tsx'
import { OrderedTable } from './ordered-table.tsx'
import classes from './settings.module.css'
import { useTableChange, useTableOrder, useTableUses } from './settings-data.ts'

type Draft = FamilyDraft & { id: number | null }

/** Families, each with the key that its operations are kept under (D-10, D-32, D-33, D-S8). */
export function Families() {
  const { t } = useTranslation('operations')
  const { families, keys, loaded } = useTables()
  const findUse = useTableUses()
  const [draft, setDraft] = useState<Draft | null>(null)
  const order = useTableOrder()
  const remove = useTableChange((id: number) => call(api.deleteFamily, { id }))
  const keyLabel = (keyId: number | null) => keys.find(({ id }) => id === keyId)?.label
  return (
    <Panel
      flush
      title={t('settings.tabs.families')}
      actions={
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={15} />}
          onClick={() => setDraft({ id: null, label: '', keyId: null })}
        >
          {t('settings.new.families')}
        </Button>
      }
    >
      {loaded && families.length === 0 ? (
        <EmptyState
          plain
          icon={<IconFolders size={22} />}
          title={t('settings.noFamilies')}
          description={t('settings.noFamiliesText')}
        />
      ) : (
        <OrderedTable
          label={t('settings.tabs.families')}
          rows={families}
          keyOf={({ id }) => String(id)}
          nameOf={({ label }) => label}
          onOrder={(order_) => order.mutate({ table: 'families', keys: order_ })}
          columns={[
            {
              key: 'label',
              header: t('settings.name'),
              cell: (family) => (
                <LineName label={family.label} use={findUse('families', family.id)} />
              ),
            },
            {
              key: 'key',
              header: t('settings.key'),
              cell: ({ keyId }) => (
                <span className={classes.use}>
                  {keyId !== null && <IconLock size={15} aria-hidden />}
                  {keyLabel(keyId) ?? t('settings.noKey')}
                </span>
              ),
            },
          ]}
          actions={{
            onEdit: setDraft,
            onDelete: ({ id }) => remove.mutate(id),
            keeps: ({ id }) => findUse('families', id) && t('settings.inUse'),
          }}
        />
      )}
      <LineEditor
        draft={draft}
        title={t(draft?.id === null ? 'settings.new.families' : 'settings.change.families')}
        onClose={() => setDraft(null)}
        onSave={({ id, ...family }) =>
          id === null ? call(api.createFamily, family) : call(api.updateFamily, { ...family, id })
        }
        fields={(family, change) => (
          <>
            <TextInput
              data-autofocus
              required
              maxLength={100}
              label={t('settings.name')}
              value={family.label}
              onChange={(event) => change({ label: event.currentTarget.value })}
            />
            <Select
              label={t('settings.key')}
              description={t('settings.keyHelp')}
              placeholder={t('settings.noKey')}
              data={keys.map(({ id, label }) => ({ value: String(id), label }))}
              value={family.keyId === null ? null : String(family.keyId)}
              clearable
              onChange={(value) => change({ keyId: value === null ? null : Number(value) })}
            />
          </>
        )}
      />
    </Panel>
  )
}
