import { allOf, type Criteria } from '../segments/criteria.ts'
import { demoDepartments } from './shop.ts'

const shirts = demoDepartments.filter(({ label }) => label === 'Chemises').map(({ id }) => id)

const lastYear = { kind: 'last', n: 12, unit: 'months' } as const

/** Saved segments of the demo shop; the first is the question that started it all. */
export const demoSegments: readonly { name: string; criteria: Criteria }[] = [
  {
    name: 'Amateurs de chemises à faire revenir',
    criteria: allOf(
      { kind: 'visit', which: 'last', test: { op: 'older-than', n: 2, unit: 'months' } },
      {
        kind: 'purchases',
        measure: 'revenue',
        currency: 'EUR',
        window: lastYear,
        of: null,
        test: { op: 'more-than', value: 30_000 },
      },
      { kind: 'bought', op: 'any', what: 'department', ids: shirts, window: { kind: 'ever' } },
    ),
  },
  {
    name: 'Meilleurs clients des 12 derniers mois',
    criteria: allOf({
      kind: 'purchases',
      measure: 'revenue',
      currency: 'EUR',
      window: lastYear,
      of: null,
      test: { op: 'at-least', value: 120_000 },
    }),
  },
  {
    name: 'Anniversaires du mois prochain',
    criteria: allOf({ kind: 'birthday', test: { op: 'next-month' } }),
  },
  {
    name: 'Lyon et ses environs, joignables par e-mail',
    criteria: allOf(
      { kind: 'text', field: 'postalCode', test: { op: 'starts-with', value: '69' } },
      { kind: 'flag', field: 'hasEmail', is: true },
    ),
  },
  {
    name: 'Perdus de vue depuis un an',
    criteria: allOf({
      kind: 'visit',
      which: 'last',
      test: { op: 'older-than', n: 12, unit: 'months' },
    }),
  },
]

/** Where in the list above; the row's number is one more. */
export const shirtSegment = 1
