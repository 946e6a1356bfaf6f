import { Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { createActivityFamily, updateActivityFamily } from '#core/activities/api.ts'
import type { ActivityFamily } from '#core/activities/type.ts'
import { call } from '../../platform/call.ts'
import { EntryEditor } from '../parties/settings/entry-editor.tsx'
import { useActivityTables } from './activity-data.ts'
import { useRefreshTables } from './use-table-change.ts'

type Props = { draft: Partial<ActivityFamily> | null; onClose: () => void }

export function FamilyEditor({ draft, onClose }: Props) {
  const { t } = useTranslation('activities')
  const refresh = useRefreshTables()
  return (
    <EntryEditor
      draft={draft}
      title={t(draft?.id ? 'settings.editFamily' : 'settings.new.families')}
      onClose={onClose}
      onSave={async ({ id, label = '', keyId = null }) => {
        if (id) await call(updateActivityFamily, { id, label, keyId })
        else await call(createActivityFamily, { label, keyId })
        await refresh()
      }}
      fields={(family, change) => (
        <>
          <TextInput
            data-autofocus
            required
            maxLength={100}
            label={t('settings.label')}
            value={family.label ?? ''}
            onChange={(event) => change({ label: event.currentTarget.value })}
          />
          <KeyField value={family.keyId ?? null} onChange={(keyId) => change({ keyId })} />
        </>
      )}
    />
  )
}

type KeyProps = { value: number | null; onChange: (keyId: number | null) => void }

/** The confidentiality key, of those that the person holds. */
export function KeyField({ value, onChange }: KeyProps) {
  const { t } = useTranslation('activities')
  const { keys } = useActivityTables()
  return (
    <Select
      label={t('settings.key')}
      description={t('settings.keyText')}
      placeholder={t('settings.noKey')}
      data={keys.map(({ id, label }) => ({ value: String(id), label }))}
      value={value === null ? null : String(value)}
      clearable
      clearButtonProps={{ 'aria-label': t('clear') }}
      onChange={(id) => onChange(id === null ? null : Number(id))}
    />
  )
}
