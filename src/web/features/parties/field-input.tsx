import { Checkbox, MultiSelect, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { minorDigits } from '#core/kernel/money.ts'
import type { FieldValue } from '#core/parties/custom-field.ts'
import { DayField } from '../../ui/date-field.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { BirthdayInput } from './birthday-input.tsx'
import type { FieldView } from './use-field.ts'

type Props = {
  view: FieldView
  value: FieldValue
  onChange: (value: FieldValue) => void
  disabled?: boolean
  error?: string | undefined
  required?: boolean
  description?: string
}

const inputTypes: Record<string, string> = { email: 'email', phone: 'tel', mobile: 'tel' }

const separators = (language: string) =>
  language === 'fr'
    ? { decimalSeparator: ',', thousandSeparator: '\u00a0' }
    : { decimalSeparator: '.', thousandSeparator: ',' }

/** The control for a field of the card, whatever its type. */
export function FieldInput(props: Props) {
  const { view, value, onChange, disabled = false } = props
  if (view.field === 'birthday')
    return (
      <BirthdayInput
        label={view.label}
        value={typeof value === 'string' ? value : null}
        onChange={onChange}
        disabled={disabled}
      />
    )
  switch (view.type) {
    case 'boolean':
      return (
        <Checkbox
          {...common(props)}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      )
    case 'number':
    case 'money':
      return <FigureInput {...props} />
    case 'choice':
    case 'choices':
      return <ChoiceInput {...props} />
    case 'date':
      return (
        <DayField
          {...common(props)}
          value={typeof value === 'string' && value !== '' ? value : null}
          onChange={onChange}
        />
      )
    default:
      return <LineInput {...props} />
  }
}

const textOf = (value: FieldValue) => (typeof value === 'string' ? value : '')

function LineInput(props: Props) {
  const { view, value, onChange } = props
  return (
    <TextInput
      {...common(props)}
      type={inputTypes[view.field] ?? 'text'}
      value={textOf(value)}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}

function FigureInput(props: Props) {
  const { i18n } = useTranslation()
  const { view, value, onChange } = props
  const isMoney = view.type === 'money'
  const currency = view.currency ?? 'EUR'
  const digits = minorDigits(currency)
  const scale = isMoney ? 10 ** digits : 1
  return (
    <NumberField
      {...common(props)}
      {...separators(i18n.language)}
      hideControls
      decimalScale={isMoney ? digits : 6}
      fixedDecimalScale={isMoney}
      suffix={isMoney ? `\u00a0${signOf(currency, i18n.language)}` : ''}
      value={typeof value === 'number' ? value / scale : ''}
      onChange={(entered) => onChange(entered === '' ? null : rounded(Number(entered) * scale))}
    />
  )
}

/** Without the tail that binary fractions leave. */
const rounded = (value: number) => Math.round(value * 1e6) / 1e6

/** `€`, `CHF`: as amounts show it. */
const signOf = (currency: string, language: string) =>
  new Intl.NumberFormat(language, { style: 'currency', currency })
    .formatToParts(0)
    .find(({ type }) => type === 'currency')?.value ?? currency

const common = ({ view, disabled, error, required, description }: Props) => ({
  label: view.label,
  disabled: disabled ?? false,
  required: required ?? false,
  ...(error ? { error } : {}),
  ...(description ? { description } : {}),
})

/** Fields that always hold one of their choices. */
const never = ['kind', 'nature', 'language', 'country', 'loyaltyCurrency']

function ChoiceInput(props: Props) {
  const { t } = useTranslation('parties')
  const { view, value, onChange } = props
  const choice = {
    ...common(props),
    data: [...view.choices],
    searchable: view.choices.length > 8,
    nothingFoundMessage: t('nothingFound'),
    clearButtonProps: { 'aria-label': t('clear', { field: view.label }) },
  }
  if (view.type === 'choices')
    return (
      <MultiSelect
        {...choice}
        value={Array.isArray(value) ? value : []}
        onChange={(chosen) => onChange(chosen)}
      />
    )
  const empty = view.field === 'sex' ? '' : null
  return (
    <Select
      {...choice}
      clearable={!never.includes(view.field)}
      allowDeselect={!never.includes(view.field)}
      value={value === null || value === '' ? null : String(value)}
      onChange={(chosen) => onChange(chosen === null ? empty : view.isId ? Number(chosen) : chosen)}
    />
  )
}
