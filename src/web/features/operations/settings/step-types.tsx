import { Button, Select } from '@mantine/core'
import { IconCircle, IconCircleFilled, IconMinus, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  FieldUse,
  messageChannelOf,
  StepChannel,
  StepFields,
  stepFields,
} from '#core/campaigns/step-type.ts'
import type { StepTypeDraft } from '#core/operations/tables.ts'
import * as api from '#core/operations/tables-api.ts'
import { call } from '../../../platform/call.ts'
import { Panel } from '../../../ui/panel.tsx'
import { type NamedStepType, useTables } from '../operation-data.ts'
import { CodeField, LabelFields } from './label-fields.tsx'
import { LineEditor } from './line-editor.tsx'
import { LineName } from './line-name.tsx'
import { OrderedTable } from './ordered-table.tsx'
import classes from './settings.module.css'
import { useTableChange, useTableOrder, useTableUses } from './settings-data.ts'
import { UseChoices } from './use-choices.tsx'

type Draft = StepTypeDraft & { isNew: boolean; isBuiltin: boolean }

const blank: Draft = {
  code: '',
  labelFr: '',
  labelEn: '',
  channel: 'email',
  fields: StepFields.parse({}),
  relayId: null,
  isActive: true,
  isNew: true,
  isBuiltin: false,
}

/** Which fields a step of each type has: unused, optional or mandatory (D-24, D-108). */
export function StepTypes() {
  const { t } = useTranslation('operations')
  const { stepTypes } = useTables()
  const findUse = useTableUses()
  const [draft, setDraft] = useState<Draft | null>(null)
  const order = useTableOrder()
  const save = useTableChange((type: StepTypeDraft) => call(api.saveStepType, type))
  const remove = useTableChange((code: string) => call(api.deleteStepType, { code }))
  return (
    <Panel
      flush
      title={t('settings.tabs.step-types')}
      actions={
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={15} />}
          onClick={() => setDraft(blank)}
        >
          {t('settings.new.step-types')}
        </Button>
      }
    >
      <p className={classes.text}>{t('settings.stepTypesText')}</p>
      <div className={classes.legend}>
        {FieldUse.options.map((use) => (
          <UseMark key={use} use={use} />
        ))}
      </div>
      <OrderedTable
        label={t('settings.tabs.step-types')}
        rows={stepTypes}
        keyOf={({ code }) => code}
        nameOf={({ label }) => label}
        onOrder={(keys) => order.mutate({ table: 'step-types', keys })}
        columns={[
          {
            key: 'label',
            header: t('settings.name'),
            cell: (type) => (
              <LineName
                label={type.label}
                retired={!type.isActive}
                use={findUse('step-types', type.code)}
              />
            ),
          },
          ...stepFields.map((field) => ({
            key: field,
            header: t(`settings.fields.${field}`),
            cell: (type: NamedStepType) => (
              <span className={classes.cell}>
                <UseMark use={type.fields[field]} />
              </span>
            ),
          })),
        ]}
        actions={{
          onEdit: (type) => setDraft({ ...type, isNew: false }),
          onDelete: ({ code }) => remove.mutate(code),
          onRetire: (type) => save.mutate({ ...type, isActive: !type.isActive }),
          isRetired: ({ isActive }) => !isActive,
          keeps: ({ isBuiltin, code }) =>
            isBuiltin ? t('settings.ours') : findUse('step-types', code) && t('settings.inUse'),
        }}
      />
      <LineEditor
        draft={draft}
        size="lg"
        title={t(draft?.isNew ? 'settings.new.step-types' : 'settings.change.step-types')}
        onClose={() => setDraft(null)}
        onSave={({ isNew: _n, isBuiltin: _b, ...type }) => call(api.saveStepType, type)}
        fields={(type, change) => <TypeFields type={type} change={change} />}
      />
    </Panel>
  )
}

function UseMark({ use }: { use: FieldUse }) {
  const { t } = useTranslation('operations')
  const word = t(`settings.use.${use}`)
  const Icon = { unused: IconMinus, optional: IconCircle, mandatory: IconCircleFilled }[use]
  return (
    <span className={classes.use} data-use={use} title={word}>
      <Icon size={15} aria-hidden />
      <span className={classes.word}>{word}</span>
    </span>
  )
}

type FieldsProps = { type: Draft; change: (patch: Partial<Draft>) => void }

function TypeFields({ type, change }: FieldsProps) {
  const { t } = useTranslation('operations')
  const { relays } = useTables()
  const sends = messageChannelOf(type.channel)
  const own = relays.filter(({ channel }) => channel === sends)
  return (
    <>
      <LabelFields value={type} onChange={change} />
      {type.isNew && <CodeField value={type.code} onChange={(code) => change({ code })} />}
      <Select
        label={t('settings.channel')}
        data={StepChannel.options.map((value) => ({
          value,
          label: t(`settings.channels.${value}`),
        }))}
        value={type.channel}
        disabled={type.isBuiltin}
        allowDeselect={false}
        onChange={(value) => change({ channel: StepChannel.parse(value), relayId: null })}
      />
      {own.length > 0 && (
        <Select
          label={t('settings.relay')}
          description={t('settings.relayHelp')}
          placeholder={t('settings.relayDefault')}
          data={own.map(({ id, label }) => ({ value: String(id), label }))}
          value={type.relayId === null ? null : String(type.relayId)}
          clearable
          onChange={(value) => change({ relayId: value === null ? null : Number(value) })}
        />
      )}
      <UseChoices value={type.fields} onChange={(fields) => change({ fields })} />
    </>
  )
}
