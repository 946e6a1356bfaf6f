import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printDay, printDayTime, readDay, readDayTime, readTime } from './typed-time.ts'

const locale = fc.constantFrom('fr' as const, 'en' as const)
const instant = fc.date({
  min: new Date('1800-01-01'),
  max: new Date('9999-12-31'),
  noInvalidDate: true,
})
const day = instant.map((at) => at.toISOString().slice(0, 10))
const dayTime = instant.map((at) => at.toISOString().slice(0, 16))

describe('a typed day', () => {
  it('is read as it is printed', () => {
    fc.assert(fc.property(day, locale, (one, l) => readDay(printDay(one, l), l) === one))
    fc.assert(fc.property(day, locale, (one, l) => readDay(one, l) === one))
  })

  it('has the day first in French and the month first in English', () => {
    expect(readDay('12/03/2026', 'fr')).toBe('2026-03-12')
    expect(readDay('03/12/2026', 'en')).toBe('2026-03-12')
    expect(readDay('12032026', 'fr')).toBe('2026-03-12')
    expect(readDay('12.3.26', 'fr')).toBe('2026-03-12')
  })

  it('is what it can only be', () => {
    expect(readDay('25/12/2026', 'en')).toBe('2026-12-25')
    expect(readDay('12/25/2026', 'fr')).toBe('2026-12-25')
  })

  it.each([
    ['12 March 2026', '2026-03-12'],
    ['March 12th, 2026', '2026-03-12'],
    ['1er août 2026', '2026-08-01'],
    ['3 fevr. 2026', '2026-02-03'],
    ['14 juil 26', '2026-07-14'],
  ])('may have its month in words: %s', (text, expected) => {
    expect([readDay(text, 'fr'), readDay(text, 'en')]).toEqual([expected, expected])
  })

  it.each([
    '',
    '12',
    '12/03',
    '12/03/202',
    '31/02/2026',
    '13/13/2026',
    '3 ju 2026',
    'demain',
    '2026-02-30',
  ])('is not: %j', (text) => {
    expect([readDay(text, 'fr'), readDay(text, 'en')]).toEqual([null, null])
  })
})

describe('a typed day and time', () => {
  it('is read as it is printed', () => {
    fc.assert(
      fc.property(dayTime, locale, (at, l) => readDayTime(printDayTime(at, l), l, '09:00') === at),
    )
    fc.assert(fc.property(dayTime, locale, (at, l) => readDayTime(at, l, '09:00') === at))
  })

  it.each([
    ['12/03/2026 14:30', '2026-03-12T14:30'],
    ['12/03/2026 à 14h30', '2026-03-12T14:30'],
    ['12 mars 2026 14 h', '2026-03-12T14:00'],
    ['12 03 2026', '2026-03-12T09:00'],
    ['12/03/2026', '2026-03-12T09:00'],
    ['12/03/2026 25:00', null],
    ['demain 14:30', null],
  ])('in French: %s', (text, expected) => {
    expect(readDayTime(text, 'fr', '09:00')).toBe(expected)
  })

  it.each([
    ['03/12/2026 2:30 pm', '2026-03-12T14:30'],
    ['March 12, 2026 at 12am', '2026-03-12T00:00'],
    ['12 March 2026, 13 pm', null],
  ])('in English: %s', (text, expected) => {
    expect(readDayTime(text, 'en', '09:00')).toBe(expected)
  })

  it.each([
    ['9', '09:00'],
    ['12 pm', '12:00'],
    ['24:00', null],
    ['9:5', null],
  ])('has a time of day: %s', (text, expected) => {
    expect(readTime(text)).toBe(expected)
  })
})
