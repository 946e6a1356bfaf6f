import { Button, Select } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Entity, type EntityStateDraft, meaningsOf } from '#core/operations/tables.ts'
import * as api from '#core/operations/tables-api.ts'
import { call } from '../../../platform/call.ts'
import { Panel } from '../../../ui/panel.tsx'
import { useTables } from '../operation-data.ts'
import { CodeField, LabelFields } from './label-fields.tsx'
import { LineEditor } from './line-editor.tsx'
import { LineName } from './line-name.tsx'
import { OrderedTable } from './ordered-table.tsx'
import classes from './settings.module.css'
import { useTableChange, useTableOrder, useTableUses } from './settings-data.ts'

type Draft = EntityStateDraft & { isNew: boolean; isBuiltin: boolean }

/** The words of the house, each with what the program understands by it (D-34, D-107, D-109). */
export function States() {
  return (['operation', 'step', 'target', 'operation-type'] as const).map((entity) => (
    <StatesOf key={entity} entity={entity} />
  ))
}

function StatesOf({ entity }: { entity: Entity }) {
  const { t } = useTranslation('operations')
  const { states } = useTables()
  const findUse = useTableUses()
  const [draft, setDraft] = useState<Draft | null>(null)
  const order = useTableOrder()
  const save = useTableChange((state: EntityStateDraft) => call(api.saveState, state))
  const remove = useTableChange((code: string) => call(api.deleteState, { entity, code }))
  const meanings = meaningsOf[entity]
  const blank: Draft = {
    entity,
    code: '',
    labelFr: '',
    labelEn: '',
    meaning: meanings[0],
    isActive: true,
    isNew: true,
    isBuiltin: false,
  }
  const title = t(`settings.entities.${entity}`)
  return (
    <Panel
      flush
      title={title}
      actions={
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={15} />}
          onClick={() => setDraft(blank)}
        >
          {t('settings.new.states')}
        </Button>
      }
    >
      <p className={classes.text}>{t(`settings.entitiesText.${entity}`)}</p>
      <OrderedTable
        label={title}
        rows={states.filter((state) => state.entity === entity)}
        keyOf={({ code }) => code}
        nameOf={({ label }) => label}
        onOrder={(keys) => order.mutate({ table: 'states', entity, keys })}
        columns={[
          {
            key: 'label',
            header: t('settings.name'),
            cell: (state) => (
              <LineName
                label={state.label}
                retired={!state.isActive}
                use={findUse(entity, state.code)}
              />
            ),
          },
          {
            key: 'meaning',
            header: t('settings.meaning'),
            cell: (state) => <Meaning value={state.meaning} />,
          },
        ]}
        actions={{
          onEdit: (state) => setDraft({ ...state, isNew: false }),
          onDelete: ({ code }) => remove.mutate(code),
          onRetire: (state) => save.mutate({ ...state, isActive: !state.isActive }),
          isRetired: ({ isActive }) => !isActive,
          keeps: ({ isBuiltin, code }) =>
            isBuiltin ? t('settings.ours') : findUse(entity, code) && t('settings.inUse'),
        }}
      />
      <LineEditor
        draft={draft}
        title={t(draft?.isNew ? 'settings.new.states' : 'settings.change.states')}
        onClose={() => setDraft(null)}
        onSave={({ isNew: _n, isBuiltin: _b, ...state }) => call(api.saveState, state)}
        fields={(state, change) => (
          <>
            <LabelFields value={state} onChange={change} />
            {state.isNew && <CodeField value={state.code} onChange={(code) => change({ code })} />}
            <Select
              label={t('settings.meaning')}
              description={t('settings.meaningHelp')}
              data={meanings.map((value) => ({ value, label: t(`settings.meanings.${value}`) }))}
              value={state.meaning}
              disabled={state.isBuiltin}
              allowDeselect={false}
              onChange={(value) => change({ meaning: value ?? meanings[0] })}
            />
          </>
        )}
      />
    </Panel>
  )
}

/** A meaning that this build does not know is shown as it is. */
function Meaning({ value }: { value: string }) {
  const { t } = useTranslation('operations')
  const known = Object.values(meaningsOf)
    .flat()
    .find((meaning) => meaning === value)
  return known ? t(`settings.meanings.${known}`) : value
}
