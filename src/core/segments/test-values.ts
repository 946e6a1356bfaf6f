/** Whether one value passes a test: what a missing value means is said here, once. */
import { assertNever } from '../kernel/assert-never.ts'
import { fold } from '../kernel/fold.ts'
import { dateRange, isWithin } from './calendar.ts'
import type { ChoiceTest, DateTest, NumberTest, SumTest, TextTest } from './tests.ts'

/** Digits only, the French country code as 0, so that every way of writing a number is one. */
const plainPhone = (text: string): string =>
  text.replace(/[^0-9+]/g, '').replace(/^(\+33|0033)/, '0')

/** How a text field is compared: phones by their digits, all else without case and accents. */
export const comparable = (field: string, text: string): string =>
  field === 'phone' || field === 'mobile' ? plainPhone(text) : fold(text)

export function testText(test: TextTest, field: string, text: string): boolean {
  const own = comparable(field, text)
  const same = (value: string) => comparable(field, value) === own && own !== ''
  // What is nothing once its form is plain, such as a phone without a digit, is nowhere.
  const found = (value: string, how: (needle: string) => boolean) => {
    const needle = comparable(field, value)
    return needle !== '' && how(needle)
  }
  switch (test.op) {
    case 'is':
      return same(test.value)
    case 'is-not':
      return !same(test.value)
    case 'one-of':
      return test.values.some(same)
    case 'none-of':
      return !test.values.some(same)
    case 'starts-with':
      return found(test.value, (needle) => own.startsWith(needle))
    case 'ends-with':
      return found(test.value, (needle) => own.endsWith(needle))
    case 'contains':
      return found(test.value, (needle) => own.includes(needle))
    case 'not-contains':
      return !found(test.value, (needle) => own.includes(needle))
    case 'empty':
      return text === ''
    case 'filled':
      return text !== ''
    default:
      return assertNever(test)
  }
}

export function testNumber(test: NumberTest, value: number | null): boolean {
  switch (test.op) {
    case 'empty':
      return value === null
    case 'filled':
      return value !== null
    default:
      return value !== null && holds(test, value)
  }
}

/** Whether a sum or number passes; `times` scales the bounds, so that an average is compared without dividing. */
export function holds(test: SumTest, value: number, times = 1): boolean {
  switch (test.op) {
    case 'equals':
      return value === test.value * times
    case 'at-least':
      return value >= test.value * times
    case 'at-most':
      return value <= test.value * times
    case 'more-than':
      return value > test.value * times
    case 'less-than':
      return value < test.value * times
    case 'between':
      return value >= test.from * times && value <= test.to * times
    default:
      return assertNever(test)
  }
}

export function testDate(test: DateTest, day: string | null, today: string): boolean {
  const range = dateRange(test, today)
  if (range === 'empty' || range === 'filled') return (day === null) === (range === 'empty')
  return day !== null && isWithin(day, range)
}

export function testChoice(test: ChoiceTest, values: string[]): boolean {
  switch (test.op) {
    case 'one-of':
      return test.values.some((value) => values.includes(value))
    case 'all-of':
      return test.values.every((value) => values.includes(value))
    case 'none-of':
      return !test.values.some((value) => values.includes(value))
    case 'empty':
      return values.length === 0
    case 'filled':
      return values.length > 0
    default:
      return assertNever(test)
  }
}
