/** The field dictionary of a customer card: one list for criteria, merge fields, imports, columns and bulk edits. */

export const fieldTypes = [
  'text',
  'number',
  'date',
  'boolean',
  'choice',
  'choices',
  'money',
] as const
export type FieldType = (typeof fieldTypes)[number]

export type CardField = {
  readonly type: FieldType
  /** How the criteria list, the field picker and the mapping group it. */
  readonly group:
    | 'identity'
    | 'address'
    | 'contact'
    | 'shop'
    | 'loyalty'
    | 'dates'
    | 'free'
    | 'consent'
  /** May be changed for many cards at once (P-S8). */
  readonly bulk: boolean
}

const text = (group: CardField['group'], bulk = false): CardField => ({ type: 'text', group, bulk })

/**
 * Keys are the properties of a party; `birthday` stands for its three columns. Labels are
 * `fields.<key>` of the catalogue `parties`. Custom fields join at run time as `custom.<key>`.
 */
export const cardFields = {
  code: text('identity'),
  kind: { type: 'choice', group: 'identity', bulk: true },
  nature: { type: 'choice', group: 'identity', bulk: true },
  salutation: text('identity', true),
  lastName: text('identity'),
  firstName: text('identity'),
  company: text('identity'),
  sex: { type: 'choice', group: 'identity', bulk: true },
  language: { type: 'choice', group: 'identity', bulk: true },
  address1: text('address'),
  address2: text('address'),
  postalCode: text('address', true),
  city: text('address', true),
  country: { type: 'choice', group: 'address', bulk: true },
  phone: text('contact'),
  mobile: text('contact'),
  email: text('contact'),
  store: { type: 'choice', group: 'shop', bulk: true },
  category: { type: 'choice', group: 'shop', bulk: true },
  cardNumber: text('shop'),
  cardType: { type: 'choice', group: 'loyalty', bulk: true },
  loyaltyPoints: { type: 'number', group: 'loyalty', bulk: true },
  loyaltyItems: { type: 'number', group: 'loyalty', bulk: true },
  loyaltyVisits: { type: 'number', group: 'loyalty', bulk: true },
  loyaltyBonus: { type: 'number', group: 'loyalty', bulk: true },
  loyaltySales: { type: 'money', group: 'loyalty', bulk: true },
  loyaltyGift: { type: 'money', group: 'loyalty', bulk: true },
  loyaltyCurrency: { type: 'choice', group: 'loyalty', bulk: true },
  birthday: { type: 'date', group: 'dates', bulk: false },
  date2: { type: 'date', group: 'dates', bulk: true },
  date3: { type: 'date', group: 'dates', bulk: true },
  criterion1: { type: 'number', group: 'free', bulk: true },
  criterion2: { type: 'number', group: 'free', bulk: true },
  criterion3: { type: 'number', group: 'free', bulk: true },
  doNotContact: { type: 'boolean', group: 'consent', bulk: true },
  opensConsent: { type: 'boolean', group: 'consent', bulk: true },
} as const satisfies Record<string, CardField>

export type CardFieldKey = keyof typeof cardFields
