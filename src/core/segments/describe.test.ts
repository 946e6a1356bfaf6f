import { describe, expect, it } from 'vitest'
import { birthdayRange, dateRange, holdsBirthday, shift } from './calendar.ts'
import {
  allOf,
  Criteria,
  type CriteriaGroup,
  type CriteriaNode,
  type Criterion,
} from './criteria.ts'
import {
  describeAnswer,
  describeCriteria,
  describeCriterion,
  describeSelection,
} from './describe.ts'
import { emptySelection } from './selection.ts'
import en from './words/en.json' with { type: 'json' }
import fr from './words/fr.json' with { type: 'json' }

const naming = (kind: string, id: string) => (kind === 'tag' ? `tag ${id}` : undefined)

const city = (value: string): Criterion => ({
  kind: 'text',
  field: 'city',
  test: { op: 'is', value },
})
const tags = (op: 'any' | 'none', ...ids: number[]): Criterion => ({ kind: 'tag', op, ids })
const group = (join: 'all' | 'any', of: CriteriaNode[], not = false): CriteriaGroup => ({
  kind: 'group',
  join,
  not,
  of,
})
const say = (...of: CriteriaNode[]) => describeCriteria(allOf(...of).root, 'fr', naming)

describe('the sentence', () => {
  it('has the same words and places in both languages', () => {
    const shape = (words: object): string[] =>
      Object.entries(words).flatMap(([key, value]) =>
        typeof value === 'object'
          ? shape(value).map((inner) => `${key}.${inner}`)
          : [`${key} ${(String(value).match(/\{\w+\}/g) ?? []).sort().join()}`],
      )
    expect(shape(fr)).toEqual(shape(en))
  })

  it('tells AND from OR by brackets and puts exceptions last', () => {
    expect(
      say(
        group('any', [city('Lyon'), city('Nice')]),
        tags('any', 1),
        group('all', [tags('any', 2, 3)], true),
      ),
    ).toBe(
      'Clients (dont la ville est «\u00a0Lyon\u00a0» ou dont la ville est «\u00a0Nice\u00a0») et qui portent l’étiquette «\u00a0tag 1\u00a0», sauf ceux qui portent l’une des étiquettes «\u00a0tag 2\u00a0» ou «\u00a0tag 3\u00a0».',
    )
    expect(say(group('all', [city('Lyon')], true))).toBe(
      'Clients qui ne sont pas parmi ceux dont la ville est «\u00a0Lyon\u00a0».',
    )
  })

  it('speaks of days, ages and names that are gone', () => {
    expect(say({ kind: 'date', field: 'date2', test: { op: 'after', day: '2026-03-01' } })).toBe(
      'Clients dont la date 2 tombe après le 1er mars 2026.',
    )
    expect(say({ kind: 'number', field: 'age', test: { op: 'between', from: 30, to: 40 } })).toBe(
      'Clients qui ont entre 30 et 40 ans.',
    )
    expect(say({ kind: 'segment', segmentId: 9, is: false })).toBe(
      'Clients qui ne sont pas dans le segment «\u00a0(supprimé)\u00a0».',
    )
  })

  it('speaks of answers by the words of their question', () => {
    const naming = (kind: string, id: string) =>
      ({ question: 'Catalogue ?', answer: id === '7.soir' ? 'Le soir' : undefined })[kind]
    const ask = (test: object, of = 'yes-no') =>
      describeCriterion({ kind: 'answer', questionId: 7, of, test } as Criterion, 'fr', naming)
    expect(ask({ op: 'is', value: true })).toBe(
      'qui ont répondu «\u00a0oui\u00a0» à «\u00a0Catalogue ?\u00a0»',
    )
    expect(ask({ op: 'empty' })).toBe('qui n’ont pas répondu à «\u00a0Catalogue ?\u00a0»')
    expect(ask({ op: 'one-of', values: ['soir'] }, 'choice')).toBe(
      'dont la réponse à «\u00a0Catalogue ?\u00a0» est «\u00a0Le soir\u00a0»',
    )
    expect(ask({ op: 'at-least', value: 3 }, 'number')).toBe(
      'dont la réponse à «\u00a0Catalogue ?\u00a0» est d’au moins 3',
    )
    const asked = { kind: 'answer', questionId: 7, of: 'date', test: { op: 'filled' } } as const
    expect(describeAnswer(asked, 'fr', naming)).toBe('«\u00a0Catalogue ?\u00a0» a une réponse')
  })

  it('speaks of activities, and tells nothing of those that are hidden', () => {
    const naming = (kind: string, id: string) =>
      id.startsWith('3')
        ? { activityType: 'Appel', activityField: 'Motif', activityOption: 'Retard' }[kind]
        : undefined
    const ask = (criterion: object) =>
      describeCriterion(
        { kind: 'activity', state: 'any', field: null, ...criterion } as Criterion,
        'fr',
        naming,
      )
    const reason = { of: 'choice', key: 'reason', test: { op: 'one-of', values: ['late'] } }
    const last = { kind: 'last', n: 12, unit: 'months' }
    const calls = { is: true, activityTypeIds: [3], state: 'done', period: last }
    expect(ask({ ...calls, field: reason })).toBe(
      'qui ont une activité « Appel » faite sur les 12 derniers mois dont le champ « Motif » est « Retard »',
    )
    const soon = { kind: 'next', n: 7, unit: 'days' }
    expect(ask({ is: false, activityTypeIds: [3], state: 'open', period: soon })).toBe(
      'qui n’ont aucune activité « Appel » à faire dans les 7 prochains jours',
    )
    expect(ask({ ...calls, activityTypeIds: [9], field: reason })).toBe(
      'qui ont une certaine activité, confidentielle ou supprimée',
    )
  })

  it('reads a selection back in order', () => {
    expect(
      describeSelection(
        {
          ...emptySelection,
          start: 'everybody',
          operations: [{ kind: 'remove', source: { kind: 'tag', tagId: 1 } }],
        },
        'en',
        naming,
      ),
    ).toBe(
      'All customers, less the customers who carry the tag “tag 1”, without those who do not wish to be contacted.',
    )
  })
})

describe('days', () => {
  it('keep to the end of shorter months and cross years', () => {
    expect(shift('2026-03-31', -1, 'months')).toBe('2026-02-28')
    expect(shift('2024-02-29', 1, 'years')).toBe('2025-02-28')
    expect(dateRange({ op: 'last-month' }, '2026-01-15')).toEqual({
      from: '2025-12-01',
      to: '2025-12-31',
    })
    expect(dateRange({ op: 'older-than', n: 2, unit: 'months' }, '2026-11-22')).toEqual({
      from: null,
      to: '2026-09-21',
    })
  })

  it('wish those of 29 February well on the 28th of plain years', () => {
    const range = (test: Parameters<typeof birthdayRange>[0], today: string) => {
      const found = birthdayRange(test, today)
      if (typeof found === 'string') throw new Error(found)
      return found
    }
    const born = [2, 29] as const
    expect(holdsBirthday(range({ op: 'today' }, '2026-02-28'), ...born)).toBe(true)
    expect(holdsBirthday(range({ op: 'today' }, '2028-02-28'), ...born)).toBe(false)
    expect(holdsBirthday(range({ op: 'in-next', days: 10 }, '2026-12-28'), 1, 7)).toBe(true)
    expect(
      holdsBirthday(range({ op: 'between', from: '12-20', to: '01-10' }, '2026-06-01'), 12, 31),
    ).toBe(true)
  })
})

describe('criteria', () => {
  it('never parse with nothing in them', () => {
    expect(Criteria.safeParse(allOf()).success).toBe(false)
    expect(Criteria.safeParse(allOf(group('any', []))).success).toBe(false)
    expect(Criteria.safeParse(allOf(city('Lyon'))).success).toBe(true)
  })
})
