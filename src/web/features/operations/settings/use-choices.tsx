import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { FieldUse, type StepFields, stepFields } from '#core/campaigns/step-type.ts'
import classes from './settings.module.css'

type Props = { value: StepFields; onChange: (fields: StepFields) => void }

/** One of three for each field of a step. */
export function UseChoices({ value, onChange }: Props) {
  const { t } = useTranslation('operations')
  return (
    <div className={classes.matrix}>
      {stepFields.map((field) => (
        <Choice
          key={field}
          name={t(`settings.fields.${field}`)}
          use={value[field]}
          onChange={(use) => onChange({ ...value, [field]: use })}
        />
      ))}
    </div>
  )
}

type ChoiceProps = { name: string; use: FieldUse; onChange: (use: FieldUse) => void }

function Choice({ name, use, onChange }: ChoiceProps) {
  const { t } = useTranslation('operations')
  return (
    <>
      <span>{name}</span>
      <SegmentedControl
        size="xs"
        aria-label={name}
        data={FieldUse.options.map((option) => ({
          value: option,
          label: t(`settings.use.${option}`),
        }))}
        value={use}
        onChange={(chosen) => onChange(FieldUse.parse(chosen))}
      />
    </>
  )
}
