import type { TFunction } from 'i18next'
import type { Dictionary } from '#core/segments/api.ts'
import type { CriterionOf } from '#core/segments/criteria.ts'

type Option = { value: string; label: string }

const named = (rows: { id: number; label: string }[]): Option[] =>
  rows.map(({ id, label }) => ({ value: String(id), label }))

/** What a choice can be. */
export function optionsOf(
  field: CriterionOf<'choice'>['field'],
  dictionary: Dictionary,
  t: TFunction<'segments'>,
): Option[] {
  const closed = (values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`choices.${field}.${value}`) }))
  switch (field) {
    case 'store':
      return named(dictionary.stores)
    case 'category':
      return named(dictionary.categories)
    case 'cardType':
      return named(dictionary.cardTypes)
    case 'kind':
      return dictionary.kinds.map(({ code, label }) => ({ value: code, label }))
    case 'nature':
      return closed(['person', 'company', 'account'])
    case 'sex':
      return closed(['f', 'm'])
    case 'language':
      return dictionary.languages.map((code) => ({
        value: code,
        label: nameOf('language', code, t('code')),
      }))
    case 'country':
      return dictionary.countries.map((code) => ({
        value: code,
        label: nameOf('region', code, t('code')),
      }))
    default:
      return dictionary.customFields.find(({ key }) => field === `custom.${key}`)?.options ?? []
  }
}

function nameOf(type: 'language' | 'region', code: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type }).of(code) ?? code
  } catch {
    return code
  }
}
