import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from './days.ts'
import { clockAt, dayOf, instantAt, spanOfDays, startOfDay } from './zone.ts'

const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'))
const day = fc.integer({ min: 0, max: 25_000 }).map((days) => addDays('1990-01-01', days))

/** The days around a change of the clocks of the last years and the next ones, where mistakes live. */
const nearChange = fc
  .constantFrom('2025-03-30', '2025-10-26', '2026-03-08', '2026-09-06', '2026-11-01', '2021-10-29')
  .chain((change) => fc.integer({ min: -2, max: 2 }).map((days) => addDays(change, days)))

/** Islands that once left out a day, to change to the other side of the date line. */
const leftOut = new Set(
  ['Apia', 'Enderbury', 'Fakaofo', 'Kanton', 'Kiritimati', 'Kwajalein'].map(
    (island) => `Pacific/${island}`,
  ),
)

describe('the day of an instant', () => {
  it('is that of the place, not of UTC', () => {
    const at = new Date('2026-11-22T23:30:00Z')
    expect(dayOf(at, 'Europe/Paris')).toBe('2026-11-23')
    expect(dayOf(at, 'America/Guadeloupe')).toBe('2026-11-22')
    expect(dayOf(new Date('2026-11-23T03:30:00Z'), 'America/Guadeloupe')).toBe('2026-11-22')
  })

  it('lasts from the start of the day up to that of the next, whatever the clocks do', () => {
    fc.assert(
      fc.property(fc.oneof(day, nearChange), zone, (one, place) => {
        fc.pre(!leftOut.has(place))
        const { from, until } = spanOfDays(one, one, place)
        expect(dayOf(from, place)).toBe(one)
        expect(dayOf(new Date(until.getTime() - 1), place)).toBe(one)
        expect(dayOf(new Date(from.getTime() - 1), place)).toBe(addDays(one, -1))
        expect(dayOf(until, place)).toBe(addDays(one, 1))
      }),
    )
  })

  it('has 23 hours when summer time begins and 25 when it ends', () => {
    const hours = (one: string) => {
      const { from, until } = spanOfDays(one, one, 'Europe/Paris')
      return (until.getTime() - from.getTime()) / 3_600_000
    }
    expect(['2026-03-28', '2026-03-29', '2026-10-25'].map(hours)).toEqual([24, 23, 25])
  })
})

describe('the instant of a time of day', () => {
  it('shows that time on the clock, unless summer time leaps over it', () => {
    const minute = fc.integer({ min: 0, max: 1_439 })
    fc.assert(
      fc.property(nearChange, minute, zone, (one, minutes, place) => {
        const two = (n: number) => String(n).padStart(2, '0')
        const time = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
        const shown = clockAt(instantAt(one, time, place), place)
        expect(`${shown.day}T${shown.time}` >= `${one}T${time}`).toBe(true)
      }),
    )
  })

  it('is an hour later where summer time leaps over it, and the first of two where it ends', () => {
    expect(instantAt('2026-03-29', '02:30', 'Europe/Paris')).toEqual(
      new Date('2026-03-29T01:30:00Z'),
    )
    expect(instantAt('2026-10-25', '02:30', 'Europe/Paris')).toEqual(
      new Date('2026-10-25T00:30:00Z'),
    )
    expect(startOfDay('2026-09-06', 'America/Santiago')).toEqual(new Date('2026-09-06T04:00:00Z'))
  })
})
