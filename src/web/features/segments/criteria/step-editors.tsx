/** Rules about what happened to people in a step of a campaign. */
import { MultiSelect, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Dictionary } from '#core/segments/api.ts'
import { type CriterionOf, deliveryFacts } from '#core/segments/criteria.ts'
import classes from './criteria.module.css'
import { Pick } from './inputs.tsx'
import type { EditorProps } from './rule-editors.tsx'

export function StatusEditor({ criterion, onChange, dictionary }: EditorProps<'status'>) {
  const { t } = useTranslation('segments')
  const { stepId, op, statuses } = criterion
  return (
    <>
      <StepPicker
        steps={dictionary.steps}
        id={stepId}
        onChange={(id) => onChange({ ...criterion, stepId: id })}
      />
      <Pick
        label={t('builder.operator')}
        options={(['is', 'is-not'] as const).map((value) => ({
          value,
          label: t(`ops.status.${value}`),
        }))}
        value={op}
        onChange={(value) => onChange({ ...criterion, op: value })}
      />
      <MultiSelect
        size="xs"
        className={classes.wide ?? ''}
        classNames={{ inputField: classes.search ?? '' }}
        aria-label={t('builder.value')}
        placeholder={statuses.length === 0 ? t('builder.choose') : ''}
        data={dictionary.statuses.map(({ code, label }) => ({ value: code, label }))}
        value={statuses}
        onChange={(next) => onChange({ ...criterion, statuses: next })}
        nothingFoundMessage={t('builder.nothingFound')}
      />
    </>
  )
}

const deliveries = deliveryFacts.flatMap((fact) => [`is-${fact}`, `is-not-${fact}`] as const)

export function DeliveryEditor({ criterion, onChange, dictionary }: EditorProps<'delivery'>) {
  const { t } = useTranslation('segments')
  const { stepId, fact, is } = criterion
  return (
    <>
      <Pick
        label={t('builder.operator')}
        options={deliveries.map((value) => ({ value, label: t(`ops.delivery.${value}`) }))}
        value={is ? `is-${fact}` : `is-not-${fact}`}
        onChange={(value) => {
          const next = deliveryFacts.find((each) => value.endsWith(`-${each}`)) ?? fact
          onChange({ ...criterion, fact: next, is: !value.startsWith('is-not-') })
        }}
      />
      <StepPicker
        steps={dictionary.steps}
        id={stepId}
        onChange={(id) => onChange({ ...criterion, stepId: id })}
      />
    </>
  )
}

type SinceProps = EditorProps<'bought-since'>

export function BoughtSinceEditor({ criterion, onChange, dictionary }: SinceProps) {
  const { t } = useTranslation('segments')
  return (
    <>
      <Pick
        label={t('builder.operator')}
        options={(['is', 'is-not'] as const).map((value) => ({
          value,
          label: t(`ops.bought-since.${value}`),
        }))}
        value={criterion.is ? 'is' : 'is-not'}
        onChange={(value) => onChange({ ...criterion, is: value === 'is' })}
      />
      <StepPicker
        steps={dictionary.steps}
        id={criterion.stepId}
        onChange={(stepId) => onChange({ ...criterion, stepId })}
      />
    </>
  )
}

type PickerProps = {
  steps: Dictionary['steps']
  id: CriterionOf<'status'>['stepId']
  onChange: (id: number) => void
}

/** Steps below the operation or mailing that they belong to. */
function StepPicker({ steps, id, onChange }: PickerProps) {
  const { t } = useTranslation('segments')
  const groups = [...Map.groupBy(steps, ({ campaign }) => campaign)].map(([group, of]) => ({
    group,
    items: of.map((step) => ({ value: String(step.id), label: step.label })),
  }))
  const isGone = id !== 0 && !steps.some((step) => step.id === id)
  return (
    <Select
      size="xs"
      className={classes.wide ?? ''}
      aria-label={t('builder.step')}
      placeholder={t('builder.chooseStep')}
      data={isGone ? [{ value: String(id), label: t('builder.gone', { id }) }, ...groups] : groups}
      value={id === 0 ? null : String(id)}
      onChange={(value) => value && onChange(Number(value))}
      searchable
      allowDeselect={false}
      nothingFoundMessage={t('builder.nothingFound')}
      maxDropdownHeight={300}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
    />
  )
}
