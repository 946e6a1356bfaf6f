/** The dictionary of merge fields: what a message or an exported file may say of its recipient. */
import { type CardFieldKey, cardFields } from '../parties/fields.ts'

export const mergeFieldGroups = [
  'identity',
  'address',
  'contact',
  'organisation',
  'shop',
  'loyalty',
  'dates',
  'free',
  'purchases',
  'custom',
  'answers',
  'appointment',
  'mailing',
] as const
type MergeFieldGroup = (typeof mergeFieldGroups)[number]

/** Derived from the card, or known only when a message is sent. Labels: `fields.<key>` of the catalogue `content`. */
const derivedFields = {
  /** First name and last name, or the company. */
  fullName: 'identity',
  /** Salutation and last name: “Madame Martin”. */
  greeting: 'identity',
  storeCity: 'shop',
  age: 'dates',
  'purchases.lastVisit': 'purchases',
  'purchases.firstVisit': 'purchases',
  'purchases.visits': 'purchases',
  'purchases.revenue': 'purchases',
  'purchases.quantity': 'purchases',
  'purchases.averageBasket': 'purchases',
  /** Of the operation that the message is from: day and hour, and where. */
  'appointment.when': 'appointment',
  'appointment.place': 'appointment',
  today: 'mailing',
  unsubscribeUrl: 'mailing',
} as const satisfies Record<string, MergeFieldGroup>
type DerivedFieldKey = keyof typeof derivedFields

/** Facts about consent are for the program, not for a letter to the person. */
const isForLetters = (key: CardFieldKey) => cardFields[key].group !== 'consent'

/** Of the organisation that somebody is written to for; the others are about the person himself. */
const organisationCard = [
  'company',
  'code',
  'address1',
  'address2',
  'postalCode',
  'city',
  'country',
  'phone',
  'mobile',
  'email',
  'store',
  'category',
  'criterion1',
  'criterion2',
  'criterion3',
] as const satisfies readonly CardFieldKey[]

export const organisationPrefix = 'organisation.'
/** What the person does there. */
export const functionField = `${organisationPrefix}function`

/** What a field asks of the organisation's card; undefined when it asks nothing of it. */
export const ofOrganisation = (field: string): string | undefined =>
  field.startsWith(organisationPrefix) && field !== functionField
    ? field.slice(organisationPrefix.length)
    : undefined

const organisationKeys = (customKeys: readonly string[]): string[] => [
  ...organisationCard.map((key) => `${organisationPrefix}${key}`),
  functionField,
  ...customKeys.map((key) => `${organisationPrefix}custom.${key}`),
]

export type MergeField = { readonly key: string; readonly group: MergeFieldGroup }

const builtIn: readonly MergeField[] = [
  ...(Object.keys(cardFields) as CardFieldKey[]).filter(isForLetters).map((key) => ({
    key,
    group: cardFields[key].group as MergeFieldGroup,
  })),
  ...(Object.keys(derivedFields) as DerivedFieldKey[]).map((key) => ({
    key,
    group: derivedFields[key],
  })),
]

/** Everything that can be inserted; custom fields by their keys and answers by the codes of their questions. */
export function mergeFields(
  customKeys: readonly string[],
  questionCodes: readonly string[] = [],
): MergeField[] {
  const custom = customKeys.map((key) => ({ key: `custom.${key}`, group: 'custom' as const }))
  const answers = questionCodes.map((code) => ({
    key: `answer.${code}`,
    group: 'answers' as const,
  }))
  const organisation = organisationKeys(customKeys).map((key) => ({
    key,
    group: 'organisation' as const,
  }))
  return [...builtIn, ...organisation, ...custom, ...answers]
}

/** Names as older programs write them, upper case; the table is whatever they call a customer. */
const aliases: Record<string, CardFieldKey | DerivedFieldKey> = {
  TIERS: 'code',
  CODE: 'code',
  NOM: 'lastName',
  PRENOM: 'firstName',
  CIVILITE: 'salutation',
  TIT: 'salutation',
  SOCIETE: 'company',
  RUE: 'address1',
  ADRESSE: 'address1',
  ADRESSE1: 'address1',
  ADRCPL1: 'address2',
  ADRESSE2: 'address2',
  CPOSTAL: 'postalCode',
  CP: 'postalCode',
  VIL: 'city',
  VILLE: 'city',
  PAY: 'country',
  PAYS: 'country',
  TEL: 'phone',
  TELEPHONE: 'phone',
  GSM: 'mobile',
  PORTABLE: 'mobile',
  EMAIL: 'email',
  MEL: 'email',
  MAGASIN: 'store',
  CARTE: 'cardNumber',
  NAISSANCE: 'birthday',
  MBX: 'unsubscribeUrl',
  DESABONNEMENT: 'unsubscribeUrl',
}
const aliasTables = ['CLI', 'PRO', 'FOU', 'VRP', 'TIA', 'TIERS', 'PCFIDX', 'T2', 'CLIENT']

/** The key of a field for the name that a text uses, undefined when there is no such field. */
export type FieldLookup = (name: string) => string | undefined

export function fieldLookup(
  customKeys: readonly string[],
  questionCodes: readonly string[] = [],
): FieldLookup {
  const keys = new Set(mergeFields(customKeys, questionCodes).map(({ key }) => key))
  return (name) => (keys.has(name) ? name : keyOfAlias(name))
}

function keyOfAlias(name: string): string | undefined {
  const [table = '', field = '', ...more] = name.toUpperCase().split('.')
  if (more.length > 0 || !aliasTables.includes(table)) return undefined
  return Object.hasOwn(aliases, field) ? aliases[field] : undefined
}
