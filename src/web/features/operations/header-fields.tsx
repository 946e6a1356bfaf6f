import { Checkbox, MultiSelect, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCatalogue } from '../parties/catalogue.ts'
import type { HeaderProps } from './general-tab.tsx'
import { useTables } from './operation-data.ts'
import classes from './operations.module.css'

const asValue = (id: number | null) => (id === null ? null : String(id))
const asId = (value: string | null) => (value === null ? null : Number(value))

/** Name, state, family, owner, whom it may target, and who may know of it. */
export function HeaderFields({ draft, set, readOnly }: HeaderProps) {
  const { t } = useTranslation('operations')
  const { kinds } = useCatalogue()
  const { statesOf, stateOf, types, families, people, keys } = useTables()
  const options = (entries: readonly { id: number; label: string }[]) =>
    entries.map(({ id, label }) => ({ value: String(id), label }))
  const activeTypes = types.filter(
    ({ id, stateCode }) =>
      id === draft.typeId || stateOf('operation-type', stateCode)?.meaning !== 'retired',
  )
  return (
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
        label={t('fields.stateCode')}
        data={statesOf('operation', draft.stateCode).map(({ code, label }) => ({
          value: code,
          label,
        }))}
        value={draft.stateCode}
        onChange={(code) => code !== null && set({ stateCode: code })}
        allowDeselect={false}
        disabled={readOnly}
      />
      <Select
        label={t('fields.typeId')}
        placeholder={t('values.none')}
        data={options(activeTypes)}
        value={asValue(draft.typeId)}
        onChange={(value) => set({ typeId: asId(value) })}
        clearable={!readOnly}
        disabled={readOnly}
      />
      <Select
        label={t('fields.familyId')}
        placeholder={t('values.none')}
        data={options(families)}
        value={asValue(draft.familyId)}
        onChange={(value) => set({ familyId: asId(value) })}
        searchable
        clearable={!readOnly}
        disabled={readOnly}
      />
      <Select
        label={t('fields.ownerId')}
        placeholder={t('values.nobody')}
        data={people.map(({ id, name }) => ({ value: id, label: name }))}
        value={draft.ownerId}
        onChange={(ownerId) => set({ ownerId })}
        searchable
        clearable={!readOnly}
        disabled={readOnly}
      />
      <TextInput
        label={t('fields.place')}
        value={draft.place}
        onChange={(event) => set({ place: event.currentTarget.value })}
        maxLength={200}
        readOnly={readOnly}
      />
      <MultiSelect
        className={classes.full ?? ''}
        label={t('fields.kinds')}
        description={t('help.kinds')}
        placeholder={draft.kinds.length === 0 ? t('values.allKinds') : ''}
        data={kinds.map(({ code, label }) => ({ value: code, label }))}
        value={draft.kinds}
        onChange={(chosen) => set({ kinds: chosen })}
        clearable={!readOnly}
        disabled={readOnly}
      />
      {(keys.length > 0 || draft.keyId !== null) && (
        <Select
          className={classes.full ?? ''}
          label={t('fields.keyId')}
          description={t('help.key')}
          placeholder={t('values.everybody')}
          data={options(keys)}
          value={asValue(draft.keyId)}
          onChange={(value) => set({ keyId: asId(value) })}
          clearable={!readOnly}
          disabled={readOnly}
        />
      )}
      <Checkbox
        className={classes.full ?? ''}
        label={t('fields.isTemplate')}
        description={t('help.template')}
        checked={draft.isTemplate}
        onChange={(event) => set({ isTemplate: event.currentTarget.checked })}
        disabled={readOnly}
      />
    </div>
  )
}
