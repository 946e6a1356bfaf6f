import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addDays } from '../kernel/days.ts'
import { dayOf, instantAt } from '../kernel/zone.ts'
import { nextNight } from './night.ts'

const paris = 'Europe/Paris'
const from = Date.parse('2026-03-20T00:00:00Z')
const hour = fc.integer({ min: 0, max: 23 })

it('comes once on every day of the place, whatever the clocks do', () => {
  const minutes = fc.integer({ min: 0, max: 400 * 1_440 })
  const zones = fc.constantFrom(paris, 'America/Guadeloupe', 'Pacific/Noumea', 'America/Santiago')
  fc.assert(
    fc.property(minutes, hour, zones, (later, at, zone) => {
      const first = nextNight(new Date(from + later * 60_000), at, zone)
      const second = nextNight(first, at, zone)
      expect(first.getTime()).toBeGreaterThan(from + later * 60_000)
      expect(second).toEqual(
        instantAt(addDays(dayOf(first, zone), 1), `${String(at).padStart(2, '0')}:00`, zone),
      )
    }),
  )
})

it('is the hour of the company, in winter and in summer', () => {
  expect(nextNight(new Date('2026-11-22T23:30:00Z'), 3, paris)).toEqual(
    new Date('2026-11-23T02:00:00Z'),
  )
  expect(nextNight(new Date('2026-06-22T22:30:00Z'), 3, paris)).toEqual(
    new Date('2026-06-23T01:00:00Z'),
  )
  expect(nextNight(new Date('2026-11-22T23:30:00Z'), 3, 'America/Guadeloupe')).toEqual(
    new Date('2026-11-23T07:00:00Z'),
  )
})
