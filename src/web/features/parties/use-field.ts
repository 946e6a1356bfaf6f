import { useTranslation } from 'react-i18next'
import { parseBirthday } from '#core/parties/birthday.ts'
import type { FieldValue } from '#core/parties/custom-field.ts'
import { type CardFieldKey, cardFields, type FieldType } from '#core/parties/fields.ts'
import { isLoyaltyAmount } from '#core/parties/loyalty.ts'
import { natures } from '#core/parties/party.ts'
import { useFormat } from '../../platform/format.ts'
import { type Catalogue, useCatalogue } from './catalogue.ts'
import { useCountries } from './countries.ts'

type Choice = { value: string; label: string }

export type FieldView = {
  field: string
  label: string
  type: FieldType
  /** For choices, what there is to choose; ids of stores and categories as text. */
  choices: readonly Choice[]
  /** The choice is kept as a number. */
  isId: boolean
  /** What an amount is in; euro where nothing else is known. */
  currency?: string
}

const languages = ['fr', 'en', 'de', 'es', 'it', 'nl', 'pt']

/** Everything a form or a list needs to know of a field of the card, custom ones included. */
export function useFields(): (field: string) => FieldView {
  const { t, i18n } = useTranslation('parties')
  const catalogue = useCatalogue()
  const countries = useCountries()
  const names = new Intl.DisplayNames(i18n.language, { type: 'language' })
  const choicesOf: Record<string, () => readonly Choice[]> = {
    kind: () => catalogue.kinds.map(({ code, label }) => ({ value: code, label })),
    nature: () => natures.map((value) => ({ value, label: t(`nature.${value}`) })),
    sex: () => ['f', 'm'].map((value) => ({ value, label: t(`sex.${value}`) })),
    language: () =>
      languages.map((value) => ({ value, label: capitalised(names.of(value) ?? value) })),
    country: () => countries,
    store: () => catalogue.stores.map(({ id, name }) => ({ value: String(id), label: name })),
    category: () => catalogue.categories.map(({ id, label }) => ({ value: String(id), label })),
    cardType: () => catalogue.cardTypes.map(({ id, label }) => ({ value: String(id), label })),
    loyaltyCurrency: () =>
      [
        ...new Set([
          'EUR',
          ...[...catalogue.stores, ...catalogue.cardTypes].map((of) => of.currency),
        ]),
      ].map((value) => ({ value, label: value })),
  }
  return (field) => {
    if (field.startsWith('custom.')) return customView(catalogue, field)
    const known = cardFields[field as CardFieldKey]
    return {
      field,
      label: t(`fields.${field}`),
      type: known?.type ?? 'text',
      choices: choicesOf[field]?.() ?? [],
      isId: field === 'store' || field === 'category' || field === 'cardType',
    }
  }
}

const capitalised = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1)

function customView({ customFields }: Catalogue, field: string): FieldView {
  const custom = customFields.find(({ key }) => `custom.${key}` === field)
  return {
    field,
    label: custom?.label ?? field,
    type: custom?.type ?? 'text',
    choices: custom?.choices ?? [],
    isId: false,
  }
}

/** The field with its amounts in the currency of the loyalty card. */
export const inCurrency = (view: FieldView, currency: FieldValue | undefined): FieldView =>
  isLoyaltyAmount(view.field) && typeof currency === 'string' ? { ...view, currency } : view

/** A value as people read it. */
export function useFieldText(): (view: FieldView, value: FieldValue) => string {
  const { t, i18n } = useTranslation('parties')
  const format = useFormat()
  return (view, value) => {
    if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return ''
    if (view.field === 'birthday') return birthdayText(String(value), i18n.language, format.day)
    switch (view.type) {
      case 'boolean':
        return t(value === true ? 'yes' : 'no')
      case 'date':
        return format.day(String(value))
      case 'number':
        return format.quantity(Number(value) * 1_000)
      case 'money':
        return format.money(Number(value), view.currency ?? 'EUR')
      case 'choice':
      case 'choices':
        return [value]
          .flat()
          .map((one) => view.choices.find((c) => c.value === String(one))?.label ?? String(one))
          .join(', ')
      default:
        return String(value)
    }
  }
}

function birthdayText(value: string, language: string, day: (value: string) => string): string {
  const parts = parseBirthday(value)
  if (!parts) return value
  if (parts.year !== null) return day(value)
  const date = new Date(Date.UTC(2000, parts.month - 1, parts.day))
  return new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(date)
}
