import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readReply } from './outcome.ts'
import { maxAttempts, retryDelay } from './retry.ts'
import { grant, largestBurst, rateOf } from './throttle.ts'

describe('readReply', () => {
  it('always decides by the first digit', () => {
    void fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), fc.string(), (code, text) => {
        const { kind } = readReply({ code, text }, 'rcpt')
        const expected = code < 400 ? 'accepted' : code < 500 ? 'deferred' : 'refused'
        expect(kind).toBe(expected)
      }),
    )
  })

  it.each([
    [550, '5.1.1 No such user', 'rcpt', 'address'],
    [550, 'No such user here', 'rcpt', 'address'],
    [550, '5.7.1 Rejected as spam', 'rcpt', 'message'],
    [554, 'Relay access denied', 'rcpt', 'message'],
    [550, 'Blocked by policy', 'rcpt', 'message'],
    [550, 'Message contains a virus', 'other', 'message'],
    [552, '5.2.2 Mailbox full', 'rcpt', 'message'],
  ] as const)('%i %s blames the right thing', (code, text, command, fault) => {
    expect(readReply({ code, text }, command)).toMatchObject({ kind: 'refused', fault })
  })
})

describe('retryDelay', () => {
  it('never shrinks, whatever the spread, and ends', () => {
    const spread = fc.double({ min: 0, max: 0.999, noNaN: true })
    void fc.assert(
      fc.property(fc.integer({ min: 1, max: maxAttempts - 2 }), spread, spread, (n, a, b) => {
        expect(retryDelay(n + 1, a) ?? 0).toBeGreaterThan((retryDelay(n, b) ?? 0) * 0.9)
      }),
    )
    expect(retryDelay(maxAttempts, 0)).toBeNull()
  })
})

describe('grant', () => {
  it('never exceeds the rate by more than one burst, over any window', () => {
    const asked = fc.array(
      fc.record({
        after: fc.integer({ min: 0, max: 3_000 }),
        wanted: fc.integer({ min: 1, max: 500 }),
      }),
      { minLength: 1, maxLength: 60 },
    )
    const pace = fc.record({
      perSecond: fc.option(fc.integer({ min: 1, max: 500 })),
      perHour: fc.option(fc.integer({ min: 1, max: 100_000 })),
    })
    void fc.assert(
      fc.property(asked, pace, (questions, limits) => {
        const rate = rateOf(limits)
        fc.pre(rate !== null)
        const given: { at: number; count: number }[] = []
        let [freeAt, now] = [0, 0]
        for (const { after, wanted } of questions) {
          now += after
          const answer = grant(freeAt, rate, wanted, now)
          freeAt = answer.freeAt
          given.push({ at: now, count: answer.granted })
        }
        for (const [from, { at }] of given.entries()) {
          let sum = 0
          for (const { at: until, count } of given.slice(from)) {
            sum += count
            expect(sum).toBeLessThanOrEqual(
              (rate ?? 0) * (until - at) + largestBurst(rate ?? 0) + 1e-6,
            )
          }
        }
      }),
    )
  })

  it('gets on: waiting as long as it says is enough', () => {
    void fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (perHour) => {
        const rate = rateOf({ perSecond: null, perHour })
        const first = grant(0, rate, 1, 1_000)
        const refused = grant(first.freeAt, rate, 1, 1_000)
        expect(grant(first.freeAt, rate, 1, 1_000 + refused.wait).granted).toBe(1)
      }),
    )
  })
})
