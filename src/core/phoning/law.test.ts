import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, weekday } from '../kernel/days.ts'
import { clockAt, instantAt } from '../kernel/zone.ts'
import { callbackChoices } from './callback.ts'
import { easter, frenchHolidays } from './holidays.ts'
import { type CallFacts, CallLaw, isOpen, nextOpening, obstacleTo } from './law.ts'

const law = CallLaw.parse({})
const paris = (day: string, time: string) => instantAt(day, time, 'Europe/Paris')
const consenting: CallFacts = {
  isGone: false,
  isConsumer: true,
  doNotContact: false,
  numbers: [{ number: '+33612345678', isListed: false }],
  consent: 'granted',
  refusedAt: null,
  calls: [],
}
const monday = paris('2026-11-23', '10:30')
const reason = (
  facts: Partial<CallFacts>,
  at = monday,
  ground: 'consent' | 'contract' = 'consent',
) => obstacleTo({ ...consenting, ...facts }, { law, ground, now: at })?.reason ?? null

describe('French holidays', () => {
  it('are eleven days; Easter is a Sunday from 22 March to 25 April, known years included', () => {
    void fc.assert(
      fc.property(fc.integer({ min: 1600, max: 4000 }), (year) => {
        const day = easter(year)
        expect(weekday(day)).toBe(0)
        expect(day >= `${year}-03-22` && day <= `${year}-04-25`).toBe(true)
        // 1 May can also be Ascension, and 8 May too.
        expect(new Set(frenchHolidays(year)).size).toBeGreaterThanOrEqual(10)
      }),
    )
    expect([2024, 2025, 2026, 2027, 2038].map(easter)).toEqual([
      '2024-03-31',
      '2025-04-20',
      '2026-04-05',
      '2027-03-28',
      '2038-04-25',
    ])
    expect(frenchHolidays(2026)).toEqual([
      '2026-01-01',
      '2026-04-06',
      '2026-05-01',
      '2026-05-08',
      '2026-05-14',
      '2026-05-25',
      '2026-07-14',
      '2026-08-15',
      '2026-11-01',
      '2026-11-11',
      '2026-12-25',
    ])
  })

  it('come round: each Easter is the first Sunday after a full moon of the nineteen-year cycle', () => {
    void fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2099 }), (year) => {
        // Meeus’ table-free rule for these two centuries.
        const d = (19 * (year % 19) + 24) % 30
        const e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + 5) % 7
        const days = d === 29 && e === 6 ? 28 : d === 28 && e === 6 && year % 19 > 10 ? 27 : d + e
        expect(easter(year)).toBe(addDays(`${year}-03-22`, days))
      }),
    )
  })
})

describe('the clock of a place', () => {
  const instants = fc.date({
    min: new Date('2020-01-01'),
    max: new Date('2040-01-01'),
    noInvalidDate: true,
  })
  it('goes both ways, but for the hour that comes twice in October', () => {
    void fc.assert(
      fc.property(
        instants,
        fc.constantFrom('Europe/Paris', 'UTC', 'America/Martinique'),
        (at, zone) => {
          const { day, time } = clockAt(at, zone)
          const back = instantAt(day, time, zone)
          expect(clockAt(back, zone)).toEqual({ day, time })
          const minute = Math.floor(at.getTime() / 60_000) * 60_000
          expect([0, 3_600_000]).toContain(Math.abs(back.getTime() - minute))
        },
      ),
    )
  })

  it('opens next at an hour that is open, never before now, with nothing open between', () => {
    void fc.assert(
      fc.property(instants, (at) => {
        const opening = nextOpening(law, at)
        expect(opening).not.toBeNull()
        if (!opening) return
        expect(opening >= at && isOpen(law, opening)).toBe(true)
        const between = at.getTime() + (opening.getTime() - at.getTime()) * 0.6
        if (opening > at) expect(isOpen(law, new Date(between))).toBe(false)
      }),
    )
  })
})

describe('whether a person may be called', () => {
  it('takes consent of consumers, weekday hours in Paris, and no holiday', () => {
    expect(reason({})).toBeNull()
    expect(reason({ consent: null })).toBe('no-consent')
    expect(reason({ consent: null }, monday, 'contract')).toBeNull()
    expect(reason({ consent: 'withdrawn' }, monday, 'contract')).toBe('withdrawn')
    expect(reason({}, paris('2026-11-23', '09:59'))).toBe('outside-hours')
    expect(reason({}, paris('2026-11-23', '13:00'))).toBe('outside-hours')
    expect(reason({}, paris('2026-11-23', '19:59'))).toBeNull()
    expect(reason({}, paris('2026-11-22', '11:00'))).toBe('outside-hours')
    expect(reason({}, paris('2026-11-11', '11:00'))).toBe('outside-hours')
    const company = { isConsumer: false, consent: null }
    expect(reason(company, paris('2026-11-22', '11:00'))).toBeNull()
  })

  it('stops after four calls in thirty days, and for sixty days after a refusal', () => {
    const daysAgo = (days: number) => new Date(monday.getTime() - days * 86_400_000)
    expect(reason({ calls: [1, 2, 3].map(daysAgo) })).toBeNull()
    expect(reason({ calls: [1, 2, 3, 29].map(daysAgo) })).toBe('too-often')
    expect(reason({ calls: [1, 2, 3, 30].map(daysAgo) })).toBeNull()
    expect(reason({ refusedAt: daysAgo(59) })).toBe('refused')
    expect(reason({ refusedAt: daysAgo(60) })).toBeNull()
    expect(reason({ refusedAt: daysAgo(59), isConsumer: false })).toBe('refused')
  })

  it('takes a number that no list names', () => {
    const listed = { number: '+33612345678', isListed: true }
    expect(reason({ numbers: [] })).toBe('no-number')
    expect(reason({ numbers: [listed] })).toBe('listed')
    expect(reason({ numbers: [listed, { ...listed, isListed: false }] })).toBeNull()
  })
})

it('offers callbacks that lie ahead, on the clock of the house', () => {
  const times = callbackChoices(monday, 'Europe/Paris').map(({ key, at }) => [
    key,
    clockAt(at, 'Europe/Paris'),
  ])
  expect(times).toEqual([
    ['hour', { day: '2026-11-23', time: '11:30' }],
    ['afternoon', { day: '2026-11-23', time: '15:00' }],
    ['tomorrow', { day: '2026-11-24', time: '10:00' }],
    ['monday', { day: '2026-11-30', time: '10:00' }],
    ['week', { day: '2026-11-30', time: '10:00' }],
  ])
})
