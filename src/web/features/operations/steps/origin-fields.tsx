import { Checkbox, Group, Radio, Select, TagsInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OperationView } from '#core/operations/operation.ts'
import { audienceFixedBy, isCyclic } from '#core/operations/step.ts'
import { NumberField } from '../../../ui/number-field.tsx'
import { useTables } from '../operation-data.ts'
import classes from '../operations.module.css'
import { type DelayUnit, delayParts, delayUnits } from './delay.ts'
import type { FieldsProps } from './parameters-tab.tsx'
import { Section } from './section.tsx'

const start = 'start'

/** Steps that this one can come after: final ones that do not come after it themselves. */
const originsFor = ({ steps }: OperationView, id: number) =>
  steps.filter((one) => {
    if (!one.isFinal || one.id === id) return false
    const linked = steps.map((step) => (step.id === id ? { ...step, originId: one.id } : step))
    return !isCyclic(linked, 'originId')
  })

/** Where people come from, who they are, and what they are given afterwards. */
export function OriginFields({ operation, step, draft, set, readOnly }: FieldsProps) {
  const { t } = useTranslation('operations')
  const { statesOf, stepTypes } = useTables()
  const type = stepTypes.find(({ code }) => code === draft.typeCode)
  const fixed = type ? audienceFixedBy(type.channel) : null
  const audience = fixed ?? draft.audience
  const origins = originsFor(operation, step.id)
  return (
    <Section title={t('sections.people')}>
      <div className={classes.fields}>
        <Select
          className={classes.full ?? ''}
          label={t('fields.originId')}
          description={t(draft.originId === null ? 'help.noOrigin' : 'help.origin')}
          data={[
            { value: start, label: t('step.start') },
            ...origins.map(({ id, label }) => ({ value: String(id), label })),
          ]}
          value={draft.originId === null ? start : String(draft.originId)}
          onChange={(value) => set({ originId: value === start ? null : Number(value) })}
          allowDeselect={false}
          disabled={readOnly}
        />
        {draft.originId !== null && (
          <DelayField
            minutes={draft.delayMinutes}
            onChange={(delayMinutes) => set({ delayMinutes })}
            readOnly={readOnly}
          />
        )}
        {fixed === null && (
          <Radio.Group
            className={classes.full ?? ''}
            label={t('fields.audience')}
            value={draft.audience}
            onChange={(value) => set({ audience: value === 'contacts' ? 'contacts' : 'parties' })}
          >
            <Group gap="lg" mt={6}>
              <Radio value="parties" label={t('audience.parties')} disabled={readOnly} />
              <Radio value="contacts" label={t('audience.contacts')} disabled={readOnly} />
            </Group>
          </Radio.Group>
        )}
        {audience === 'contacts' && (
          <TagsInput
            className={classes.full ?? ''}
            label={t('fields.contactFunctions')}
            description={t('help.contactFunctions')}
            value={draft.contactFunctions}
            onChange={(contactFunctions) => set({ contactFunctions })}
            maxTags={50}
            readOnly={readOnly}
            clearable={!readOnly}
          />
        )}
        <Checkbox
          className={classes.full ?? ''}
          label={t('fields.skipsContacted')}
          description={t('help.skipsContacted')}
          checked={draft.skipsContacted}
          onChange={(event) => set({ skipsContacted: event.currentTarget.checked })}
          disabled={readOnly}
        />
        <Select
          className={classes.full ?? ''}
          label={t('fields.finalStatus')}
          description={t('help.finalStatus')}
          data={statesOf('target', draft.finalStatus).map(({ code, label }) => ({
            value: code,
            label,
          }))}
          value={draft.finalStatus}
          onChange={(code) => code !== null && set({ finalStatus: code })}
          allowDeselect={false}
          disabled={readOnly}
        />
      </div>
    </Section>
  )
}

type DelayProps = { minutes: number; onChange: (minutes: number) => void; readOnly: boolean }

const most = 527_040

function DelayField({ minutes, onChange, readOnly }: DelayProps) {
  const { t } = useTranslation('operations')
  const [unit, setUnit] = useState<DelayUnit>(delayParts(minutes).unit)
  const put = (amount: number, of: DelayUnit) =>
    onChange(Math.min(most, Math.max(0, Math.round(amount * delayUnits[of]))))
  return (
    <Group className={classes.full ?? ''} gap="xs" align="flex-end" wrap="nowrap">
      <NumberField
        label={t('fields.delayMinutes')}
        value={Number((minutes / delayUnits[unit]).toFixed(2))}
        onChange={(value) => put(Number(value) || 0, unit)}
        min={0}
        max={most / delayUnits[unit]}
        clampBehavior="strict"
        readOnly={readOnly}
        w={160}
      />
      <Select
        aria-label={t('delay.unit')}
        data={(['minutes', 'hours', 'days', 'weeks'] as const).map((value) => ({
          value,
          label: t(`delay.units.${value}`),
        }))}
        value={unit}
        onChange={(value) => {
          const next = (['minutes', 'hours', 'days', 'weeks'] as const).find((one) => one === value)
          if (!next) return
          put(minutes / delayUnits[unit], next)
          setUnit(next)
        }}
        allowDeselect={false}
        disabled={readOnly}
        w={140}
      />
    </Group>
  )
}
