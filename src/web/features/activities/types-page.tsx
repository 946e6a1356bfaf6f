import { Badge, Button, Group, Tabs } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { deleteActivityFamily, deleteActivityType } from '#core/activities/api.ts'
import type { ActivityFamily } from '#core/activities/type.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useUrlState } from '../../platform/url-state.ts'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Panel } from '../../ui/panel.tsx'
import { SimpleTable } from '../../ui/simple-table.tsx'
import { ConfirmDelete, RowActions } from '../parties/settings/entry-editor.tsx'
import { type TypeView, useActivityTables } from './activity-data.ts'
import { FamilyEditor } from './family-editor.tsx'
import { HoursForm } from './hours-form.tsx'
import { OrderButtons } from './order-buttons.tsx'
import { blankType, type TypeDraft, TypeEditor } from './type-editor.tsx'
import { TypeIcon } from './type-icon.tsx'
import { useTableChange } from './use-table-change.ts'

const tabs = ['types', 'families', 'hours'] as const
const State = z.object({ tab: z.enum(tabs).default('types').catch('types') })

/** Settings: types of activity, their families, the hours that durations are counted over. */
export function ActivityTypesPage() {
  const { t } = useTranslation('activities')
  const [{ tab }, setState] = useUrlState(State)
  const [type, setType] = useState<TypeDraft | null>(null)
  const [family, setFamily] = useState<Partial<ActivityFamily> | null>(null)
  return (
    <Page>
      <PageHeader
        title={t('settings.title')}
        subtitle={t('settings.subtitle')}
        actions={
          tab !== 'hours' && (
            <Button
              leftSection={<IconPlus size={17} />}
              onClick={() => (tab === 'types' ? setType(blankType) : setFamily({}))}
            >
              {t(`settings.new.${tab}`)}
            </Button>
          )
        }
      />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) => setState({ tab: State.shape.tab.parse(next) })}
      >
        <Tabs.List mb="md">
          {tabs.map((key) => (
            <Tabs.Tab key={key} value={key}>
              {t(`settings.tabs.${key}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="types">
          <TypeTable onEdit={setType} />
        </Tabs.Panel>
        <Tabs.Panel value="families">
          <FamilyTable onEdit={setFamily} />
        </Tabs.Panel>
        <Tabs.Panel value="hours">
          <HoursForm />
        </Tabs.Panel>
      </Tabs>
      <TypeEditor draft={type} onClose={() => setType(null)} />
      <FamilyEditor draft={family} onClose={() => setFamily(null)} />
    </Page>
  )
}

function TypeTable({ onEdit }: { onEdit: (draft: TypeDraft) => void }) {
  const { t } = useTranslation('activities')
  const { integer } = useFormat()
  const { types, families } = useActivityTables()
  const [doomed, setDoomed] = useState<TypeView | null>(null)
  const remove = useTableChange((id: number) => call(deleteActivityType, { id }))
  return (
    <Panel flush>
      <SimpleTable
        label={t('settings.tabs.types')}
        rows={types}
        keyOf={({ id }) => id}
        rowHeader
        columns={[
          { key: 'label', header: t('settings.label'), cell: (type) => <TypeName type={type} /> },
          { key: 'kind', header: t('fields.kind'), cell: ({ kind }) => t(`kinds.${kind}`) },
          {
            key: 'family',
            header: t('fields.family'),
            cell: ({ activityFamilyId }) =>
              families.find(({ id }) => id === activityFamilyId)?.label ?? '',
          },
          {
            key: 'number',
            header: t('settings.numbering'),
            cell: ({ numberPrefix, lastNumber }) =>
              numberPrefix === null ? '' : `${numberPrefix}${lastNumber}`,
          },
          {
            key: 'used',
            header: t('settings.used'),
            numeric: true,
            cell: ({ used }) => (used >= 1_000 ? t('settings.thousand') : integer(used)),
          },
          {
            key: 'actions',
            header: t('settings.actions'),
            numeric: true,
            cell: ({ label, ...type }) => (
              <RowActions
                name={label}
                onEdit={() => onEdit(type)}
                onDelete={() => setDoomed({ label, ...type })}
                more={<OrderButtons table="types" rows={types} id={type.id} name={label} />}
              />
            ),
          },
        ]}
      />
      <ConfirmDelete
        opened={doomed !== null}
        title={t('deleteNamed', { name: doomed?.label ?? '' })}
        text={t('settings.deleteType')}
        onClose={() => setDoomed(null)}
        onConfirm={() => doomed && remove.mutate(doomed.id)}
      />
    </Panel>
  )
}

function TypeName({ type }: { type: TypeView }) {
  const { t } = useTranslation('activities')
  const { label, isActive, inCampaigns } = type
  return (
    <Group gap={6} component="span">
      <TypeIcon type={type} />
      {label}
      {!isActive && (
        <Badge variant="light" tt="none" size="sm" color="gray">
          {t('settings.retired')}
        </Badge>
      )}
      {inCampaigns && (
        <Badge variant="light" tt="none" size="sm">
          {t('settings.operations')}
        </Badge>
      )}
    </Group>
  )
}

function FamilyTable({ onEdit }: { onEdit: (draft: ActivityFamily) => void }) {
  const { t } = useTranslation('activities')
  const { families, keys, types } = useActivityTables()
  const [doomed, setDoomed] = useState<ActivityFamily | null>(null)
  const remove = useTableChange((id: number) => call(deleteActivityFamily, { id }))
  return (
    <Panel flush>
      <SimpleTable
        label={t('settings.tabs.families')}
        rows={families}
        keyOf={({ id }) => id}
        rowHeader
        columns={[
          { key: 'label', header: t('settings.label'), cell: ({ label }) => label },
          {
            key: 'types',
            header: t('settings.tabs.types'),
            cell: ({ id }) =>
              types
                .filter((type) => type.activityFamilyId === id)
                .map(({ label }) => label)
                .join(', '),
          },
          {
            key: 'key',
            header: t('settings.key'),
            cell: ({ keyId }) => keys.find(({ id }) => id === keyId)?.label ?? '',
          },
          {
            key: 'actions',
            header: t('settings.actions'),
            numeric: true,
            cell: (family) => (
              <RowActions
                name={family.label}
                onEdit={() => onEdit(family)}
                onDelete={() => setDoomed(family)}
                more={
                  <OrderButtons
                    table="families"
                    rows={families}
                    id={family.id}
                    name={family.label}
                  />
                }
              />
            ),
          },
        ]}
      />
      <ConfirmDelete
        opened={doomed !== null}
        title={t('deleteNamed', { name: doomed?.label ?? '' })}
        text={t('settings.deleteFamily')}
        onClose={() => setDoomed(null)}
        onConfirm={() => doomed && remove.mutate(doomed.id)}
      />
    </Panel>
  )
}
