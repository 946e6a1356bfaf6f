/** A criterion on activities as a clause. */
import { assertNever } from '../kernel/assert-never.ts'
import type { ActivityFieldTest, ActivityTest } from './activity-test.ts'
import { fill, type Phrase } from './phrase.ts'
import { bounds, dateTest, textTest, windowText } from './test-words.ts'

/** Whether who reads may know which activities are meant: nothing is told of a type that is hidden or gone. */
export const isTold = ({ activityTypeIds }: ActivityTest, { naming }: Phrase): boolean =>
  activityTypeIds.every((id) => naming('activityType', String(id)) !== undefined)

export function activityClause(asked: ActivityTest, phrase: Phrase): string {
  const { words } = phrase
  const { is, activityTypeIds, state, period, field } = asked
  if (!isTold(asked, phrase)) return words.activity[is ? 'is-hidden' : 'is-not-hidden']
  const [typeId = 0] = activityTypeIds
  return fill(words.activity[is ? 'is' : 'is-not'], {
    types: phrase.list(activityTypeIds, 'or', phrase.called('activityType')),
    state: words.activity[state],
    window: windowText(period, phrase),
    field: field ? ` ${fieldClause(field, typeId, phrase)}` : '',
  })
}

function fieldClause(field: ActivityFieldTest, typeId: number, phrase: Phrase): string {
  const { words } = phrase
  const place = `${typeId}.${field.key}`
  const noun = fill(words.custom, { label: phrase.called('activityField')(place) })
  if (field.of === 'flag') return fill(words.flag[field.is ? 'custom' : 'not-custom'], { noun })
  return fill(words.whose, { noun, test: testText(field, place, phrase) })
}

function testText(
  field: Exclude<ActivityFieldTest, { of: 'flag' }>,
  place: string,
  phrase: Phrase,
): string {
  switch (field.of) {
    case 'text':
      return textTest(field.test, phrase, phrase.quote)
    case 'number':
      return fill(phrase.words.number[field.test.op], bounds(field.test, phrase.number))
    case 'money':
      // Custom amounts have no currency of their own: they are shown, and typed, in euros.
      return fill(
        phrase.words.number[field.test.op],
        bounds(field.test, (value) => phrase.figure('revenue', value, 'EUR')),
      )
    case 'date':
      return dateTest(field.test, phrase.words.date, phrase)
    case 'choice':
      return textTest(field.test, phrase, (value) =>
        phrase.called('activityOption')(`${place}.${value}`),
      )
    default:
      return assertNever(field)
  }
}
