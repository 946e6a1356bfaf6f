/** Rules about what happened to people in a step of a campaign. */
import { MultiSelect, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Dictionary } from '#core/segments/api.ts'
import { deliveryFacts } from '#core/segments/criteria.ts'
import classes from './criteria.module.css'
import { Pick } from './inputs.tsx'
import type { EditorProps } from './rule-editors.tsx'

export function StatusEditor({ criterion, onChange, dictionary }: EditorProps<'status'>) {
  const { stepId, op, statuses } = criterion
  return (
    <>
      <StepPicker
        steps={dictionary.steps}
        id={stepId}
        onChange={(id) => onChange({ ...criterion, stepId: id })}
      />
      <WordsChoice
        op={op}
        codes={statuses}
        choices={dictionary.statuses}
        onChange={(next) => onChange({ ...criterion, op: next.op, statuses: next.codes })}
      />
    </>
  )
}

export function StepStateEditor({ criterion, onChange, dictionary }: EditorProps<'step-state'>) {
  const { stepId, op, states } = criterion
  return (
    <>
      <StepPicker
        steps={dictionary.steps}
        id={stepId}
        onChange={(id) => onChange({ ...criterion, stepId: id })}
      />
      <WordsChoice
        op={op}
        codes={states}
        choices={dictionary.states.filter(({ entity }) => entity === 'step')}
        onChange={(next) => onChange({ ...criterion, op: next.op, states: next.codes })}
      />
    </>
  )
}

type OperationStateProps = EditorProps<'operation-state'>

export function OperationStateEditor({ criterion, onChange, dictionary }: OperationStateProps) {
  const { t } = useTranslation('segments')
  const { campaignId, op, states } = criterion
  return (
    <>
      <NamedPicker
        label={t('builder.operation')}
        placeholder={t('builder.chooseOperation')}
        data={dictionary.operations.map(itemOf)}
        id={campaignId}
        isKnown={dictionary.operations.some(({ id }) => id === campaignId)}
        onChange={(id) => onChange({ ...criterion, campaignId: id })}
      />
      <WordsChoice
        op={op}
        codes={states}
        choices={dictionary.states.filter(({ entity }) => entity === 'operation')}
        onChange={(next) => onChange({ ...criterion, op: next.op, states: next.codes })}
      />
    </>
  )
}

type Choice = { op: 'is' | 'is-not'; codes: string[] }
type ChoiceProps = Choice & {
  choices: readonly { code: string; label: string }[]
  onChange: (choice: Choice) => void
}

/** Is, or is other than, some words of the house. */
function WordsChoice({ op, codes, choices, onChange }: ChoiceProps) {
  const { t } = useTranslation('segments')
  return (
    <>
      <Pick
        label={t('builder.operator')}
        options={(['is', 'is-not'] as const).map((value) => ({
          value,
          label: t(`ops.status.${value}`),
        }))}
        value={op}
        onChange={(next) => onChange({ op: next, codes })}
      />
      <MultiSelect
        size="xs"
        className={classes.wide ?? ''}
        classNames={{ inputField: classes.search ?? '' }}
        aria-label={t('builder.value')}
        placeholder={codes.length === 0 ? t('builder.choose') : ''}
        data={choices.map(({ code, label }) => ({ value: code, label }))}
        value={codes}
        onChange={(next) => onChange({ op, codes: next })}
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

type StepPickerProps = {
  steps: Dictionary['steps']
  id: number
  onChange: (id: number) => void
}

/** Steps below the operation or mailing that they belong to. */
function StepPicker({ steps, ...rest }: StepPickerProps) {
  const { t } = useTranslation('segments')
  const data = [...Map.groupBy(steps, ({ campaign }) => campaign)].map(([group, of]) => ({
    group,
    items: of.map(itemOf),
  }))
  return (
    <NamedPicker
      {...rest}
      label={t('builder.step')}
      placeholder={t('builder.chooseStep')}
      data={data}
      isKnown={steps.some(({ id }) => id === rest.id)}
    />
  )
}

const itemOf = ({ id, label }: { id: number; label: string }) => ({ value: String(id), label })

type Item = ReturnType<typeof itemOf>
type NamedPickerProps = {
  label: string
  placeholder: string
  data: readonly (Item | { group: string; items: Item[] })[]
  /** Zero is not chosen yet. */
  id: number
  /** Whether it is among the data: what is not there any more goes by its number. */
  isKnown: boolean
  onChange: (id: number) => void
}

function NamedPicker({ label, placeholder, data, id, isKnown, onChange }: NamedPickerProps) {
  const { t } = useTranslation('segments')
  const gone = id === 0 || isKnown ? [] : [{ value: String(id), label: t('builder.gone', { id }) }]
  return (
    <Select
      size="xs"
      className={classes.wide ?? ''}
      aria-label={label}
      placeholder={placeholder}
      data={[...gone, ...data]}
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
