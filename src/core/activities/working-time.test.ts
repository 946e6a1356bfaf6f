import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endOf, minutesBetween, type WorkingHours } from './working-time.ts'

const office: WorkingHours = { days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }

describe('end and duration from each other (D-S3)', () => {
  it('count the hours that are worked, over nights and weekends', () => {
    expect(endOf('2026-11-20T17:00', 120, office)).toBe('2026-11-23T10:00')
    expect(minutesBetween('2026-11-20T17:00', '2026-11-23T10:00', office)).toBe(120)
    expect(endOf('2026-11-20T17:00', 60, office)).toBe('2026-11-20T18:00')
    expect(endOf('2026-11-21T12:00', 30, office)).toBe('2026-11-23T09:30')
  })

  it('or every hour, over midnight too', () => {
    expect(endOf('2026-11-20T23:30', 60, null)).toBe('2026-11-21T00:30')
    expect(endOf('2026-11-20T23:30', 30, null)).toBe('2026-11-21T00:00')
    expect(minutesBetween('2026-11-20T23:30', '2026-11-21T00:00', null)).toBe(30)
  })

  it('are each other’s reverse, whatever the hours', async () => {
    const two = (n: number) => String(n).padStart(2, '0')
    const start = fc
      .tuple(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 0, max: 1_439 }))
      .map(([day, at]) => `2026-02-${two(day)}T${two(Math.floor(at / 60))}:${two(at % 60)}`)
    const hours = fc.option(
      fc
        .tuple(
          fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
          fc.integer({ min: 0, max: 11 }),
          fc.integer({ min: 12, max: 23 }),
        )
        .map(([days, from, to]) => ({ days, from: `${two(from)}:00`, to: `${two(to)}:00` })),
    )
    await fc.assert(
      fc.asyncProperty(
        start,
        fc.integer({ min: 0, max: 6_000 }),
        hours,
        async (from, minutes, on) => {
          const end = endOf(from, minutes, on)
          expect(end >= from).toBe(true)
          expect(minutesBetween(from, end, on)).toBe(minutes)
        },
      ),
    )
  })
})
