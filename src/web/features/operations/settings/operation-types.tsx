import { Button, Select } from '@mantine/core'
import { IconPlus, IconTags } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CampaignTypeDraft } from '#core/operations/tables.ts'
import * as api from '#core/operations/tables-api.ts'
import { call } from '../../../platform/call.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { useTables } from '../operation-data.ts'
import { LabelFields } from './label-fields.tsx'
import { LineEditor } from './line-editor.tsx'
import { LineName } from './line-name.tsx'
import { OrderedTable } from './ordered-table.tsx'
import { useTableChange, useTableOrder, useTableUses } from './settings-data.ts'

type Draft = CampaignTypeDraft & { id: number | null }

const blank: Draft = { id: null, labelFr: '', labelEn: '', stateCode: 'active' }

const write = ({ id, ...type }: Draft) =>
  id === null ? call(api.createCampaignType, type) : call(api.updateCampaignType, { ...type, id })

export function OperationTypes() {
  const { t } = useTranslation('operations')
  const { types, loaded, stateOf, statesOf } = useTables()
  const findUse = useTableUses()
  const [draft, setDraft] = useState<Draft | null>(null)
  const order = useTableOrder()
  const save = useTableChange(write)
  const remove = useTableChange((id: number) => call(api.deleteCampaignType, { id }))
  const isRetired = (code: string) => stateOf('operation-type', code)?.meaning === 'retired'
  const codeOf = (meaning: string) =>
    statesOf('operation-type').find((state) => state.meaning === meaning)?.code ?? 'active'
  const add = (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconPlus size={15} />}
      onClick={() => setDraft(blank)}
    >
      {t('settings.new.types')}
    </Button>
  )
  return (
    <Panel flush title={t('settings.tabs.types')} actions={add}>
      {loaded && types.length === 0 ? (
        <EmptyState
          plain
          icon={<IconTags size={22} />}
          title={t('settings.noTypes')}
          description={t('settings.noTypesText')}
        />
      ) : (
        <OrderedTable
          label={t('settings.tabs.types')}
          rows={types}
          keyOf={({ id }) => String(id)}
          nameOf={({ label }) => label}
          onOrder={(keys) => order.mutate({ table: 'types', keys })}
          columns={[
            {
              key: 'label',
              header: t('settings.name'),
              cell: (type) => <LineName label={type.label} use={findUse('types', type.id)} />,
            },
            {
              key: 'state',
              header: t('settings.typeState'),
              cell: ({ stateCode }) => stateOf('operation-type', stateCode)?.label ?? stateCode,
            },
          ]}
          actions={{
            onEdit: setDraft,
            onDelete: ({ id }) => remove.mutate(id),
            onRetire: (type) =>
              save.mutate({
                ...type,
                stateCode: codeOf(isRetired(type.stateCode) ? 'active' : 'retired'),
              }),
            isRetired: ({ stateCode }) => isRetired(stateCode),
            keeps: ({ id }) => findUse('types', id) && t('settings.inUse'),
          }}
        />
      )}
      <LineEditor
        draft={draft}
        title={t(draft?.id === null ? 'settings.new.types' : 'settings.change.types')}
        onClose={() => setDraft(null)}
        onSave={write}
        fields={(type, change) => (
          <>
            <LabelFields value={type} onChange={change} />
            <Select
              label={t('settings.typeState')}
              data={statesOf('operation-type', type.stateCode).map(({ code, label }) => ({
                value: code,
                label,
              }))}
              value={type.stateCode}
              allowDeselect={false}
              onChange={(value) => change({ stateCode: value ?? 'active' })}
            />
          </>
        )}
      />
    </Panel>
  )
}
