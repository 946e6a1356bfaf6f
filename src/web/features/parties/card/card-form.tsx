import { useTranslation } from 'react-i18next'
import type { Values } from '#core/parties/change.ts'
import type { FieldValue } from '#core/parties/custom-field.ts'
import { eanMistake } from '#core/parties/ean.ts'
import { Panel } from '../../../ui/panel.tsx'
import { useCatalogue } from '../catalogue.ts'
import { FieldInput } from '../field-input.tsx'
import classes from '../parties.module.css'
import { inCurrency, useFields } from '../use-field.ts'

/** The sections of the card; the wish not to be contacted is beside the consents. */
const sections = {
  identity: [
    'nature',
    'salutation',
    'lastName',
    'firstName',
    'company',
    'sex',
    'language',
    'birthday',
  ],
  contact: ['email', 'mobile', 'phone', 'address1', 'address2', 'postalCode', 'city', 'country'],
  shop: ['code', 'kind', 'store', 'category', 'cardNumber'],
  loyalty: [
    'cardType',
    'loyaltyPoints',
    'loyaltySales',
    'loyaltyGift',
    'loyaltyVisits',
    'loyaltyItems',
    'loyaltyBonus',
    'loyaltyCurrency',
  ],
  free: ['criterion1', 'criterion2', 'criterion3', 'date2', 'date3'],
} as const

const wide = ['email', 'address1', 'address2', 'birthday', 'company']

type Props = {
  values: Values
  onChange: (field: string, value: FieldValue) => void
  disabled: boolean
  /** What the server refused, by field. */
  errors?: Record<string, string | undefined>
  /** How each phone was read, under the field. */
  hints?: Record<string, string | undefined>
  required?: readonly string[]
}

export function CardForm({
  values,
  onChange,
  disabled,
  errors = {},
  hints = {},
  required = [],
}: Props) {
  const { t } = useTranslation('parties')
  const view = useFields()
  const { customFields } = useCatalogue()
  const custom = customFields.map(({ key }) => `custom.${key}`)
  const all = [
    ...Object.entries(sections),
    ...(custom.length > 0 ? [['custom', custom] as const] : []),
  ]
  const described: Record<string, string | undefined> = {
    ...hints,
    cardNumber: useEanHint(values.cardNumber),
  }
  const isCompany = values.nature !== 'person'
  return (
    <>
      {all.map(([section, fields]) => (
        <Panel key={section} title={t(`sections.${section}`)}>
          <div className={classes.fields}>
            {fields
              .filter((field) => !(isCompany && (field === 'sex' || field === 'birthday')))
              .map((field) => (
                <div key={field} data-wide={wide.includes(field) || undefined}>
                  <FieldInput
                    view={inCurrency(view(field), values.loyaltyCurrency)}
                    value={values[field] ?? null}
                    onChange={(value) => onChange(field, value)}
                    disabled={disabled}
                    error={errors[field]}
                    required={required.includes(field)}
                    {...(described[field] ? { description: described[field] } : {})}
                  />
                </div>
              ))}
          </div>
        </Panel>
      ))}
    </>
  )
}

/** A number of the length of an EAN that is none may be a slip, or a number of the shop's own. */
function useEanHint(cardNumber: FieldValue | undefined): string | undefined {
  const { t } = useTranslation('parties')
  const digit = typeof cardNumber === 'string' ? eanMistake(cardNumber) : undefined
  return digit === undefined ? undefined : t('card.eanMistake', { digit })
}
