/**
 * Who may be called now: the law of France as settings whose defaults are its strictest reading. Consent of
 * consumers since 11 August 2026 (loi 2025-594), hours, four calls in thirty days and sixty days of silence
 * after a refusal (décret 2022-1313).
 */
import { z } from 'zod'
import { addDays, weekday } from '../kernel/days.ts'
import { clockAt, instantAt, isTimeZone } from '../kernel/zone.ts'
import { isFrenchHoliday } from './holidays.ts'

const Time = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)
const Span = z
  .object({ from: Time, to: Time })
  .refine(({ from, to }) => from < to, { message: 'It ends before it begins.', path: ['to'] })

export const CallLaw = z.object({
  timeZone: z.string().max(100).refine(isTimeZone).default('Europe/Paris'),
  /** A consumer must have agreed to be called. */
  requiresConsent: z.boolean().default(true),
  /** Whether companies are protected as consumers are. */
  companiesAreConsumers: z.boolean().default(false),
  /** Kinds of party that buy for their trade: persons who are not consumers. */
  professionalKinds: z.array(z.string().max(40)).max(50).default([]),
  /** 0 for Sunday to 6 for Saturday. */
  weekdays: z.array(z.number().int().min(0).max(6)).max(7).default([1, 2, 3, 4, 5]),
  hours: z
    .array(Span)
    .max(6)
    .default([
      { from: '10:00', to: '13:00' },
      { from: '14:00', to: '20:00' },
    ]),
  onHolidays: z.boolean().default(false),
  /** At most so many calls … */
  mostCalls: z.number().int().min(1).max(100).default(4),
  /** … within so many days. */
  withinDays: z.number().int().min(1).max(366).default(30),
  silenceDays: z.number().int().min(0).max(3_660).default(60),
})
export type CallLaw = z.infer<typeof CallLaw>

/** Why the calls of a step are allowed at all. `contract`: they perform a contract in force (L223-1). */
export const CallGround = z.enum(['consent', 'contract'])
export type CallGround = z.infer<typeof CallGround>

/** In the order in which they are told: the first that holds is the reason. */
const obstacles = [
  'gone',
  'do-not-contact',
  'no-number',
  'listed',
  'withdrawn',
  'refused',
  'no-consent',
  'too-often',
  'outside-hours',
] as const
export const ObstacleReason = z.enum(obstacles)
export type ObstacleReason = z.infer<typeof ObstacleReason>

/** `until` is when it passes by itself; null for what somebody must change. */
export type Obstacle = { reason: ObstacleReason; until: Date | null }

export type CallFacts = {
  isGone: boolean
  isConsumer: boolean
  doNotContact: boolean
  numbers: readonly { number: string; isListed: boolean }[]
  consent: 'granted' | 'withdrawn' | null
  refusedAt: Date | null
  /** When the person was called, latest first; those before `withinDays` do not matter. */
  calls: readonly Date[]
}

type Circumstances = { law: CallLaw; ground: CallGround; now: Date }

const oneDay = 86_400_000
const daysAfter = (date: Date, days: number) => new Date(date.getTime() + days * oneDay)

/** Who calls in the name of an organisation speaks to a professional. */
export function isConsumer(
  person: { nature: string; kind: string; hasOrganisation: boolean },
  law: CallLaw,
): boolean {
  if (person.hasOrganisation || person.nature !== 'person') return law.companiesAreConsumers
  return !law.professionalKinds.includes(person.kind)
}

/** What stands in the way of a call now, null when nothing does. The queue's statement is its twin. */
export function obstacleTo(facts: CallFacts, { law, ground, now }: Circumstances): Obstacle | null {
  return lasting(facts) ?? refusal(facts, law, now) ?? ofConsumers(facts, { law, ground, now })
}

/** What forbids to dial this number: it is on a list, or not the person's at all. */
export function numberProblem(
  { numbers }: Pick<CallFacts, 'numbers'>,
  dialled: string,
): 'listed' | 'not-theirs' | null {
  const known = numbers.filter(({ number }) => number === dialled)
  if (known.length === 0) return 'not-theirs'
  return known.some(({ isListed }) => isListed) ? 'listed' : null
}

function lasting({ isGone, doNotContact, numbers }: CallFacts): Obstacle | null {
  if (isGone) return { reason: 'gone', until: null }
  if (doNotContact) return { reason: 'do-not-contact', until: null }
  if (numbers.length === 0) return { reason: 'no-number', until: null }
  if (numbers.every(({ isListed }) => isListed)) return { reason: 'listed', until: null }
  return null
}

function refusal({ consent, refusedAt }: CallFacts, law: CallLaw, now: Date): Obstacle | null {
  if (consent === 'withdrawn') return { reason: 'withdrawn', until: null }
  if (!refusedAt) return null
  const until = daysAfter(refusedAt, law.silenceDays)
  return until > now ? { reason: 'refused', until } : null
}

function ofConsumers(facts: CallFacts, { law, ground, now }: Circumstances): Obstacle | null {
  if (!facts.isConsumer) return null
  if (law.requiresConsent && ground === 'consent' && facts.consent === null)
    return { reason: 'no-consent', until: null }
  const oldest = facts.calls[law.mostCalls - 1]
  if (oldest && daysAfter(oldest, law.withinDays) > now)
    return { reason: 'too-often', until: daysAfter(oldest, law.withinDays) }
  return isOpen(law, now) ? null : { reason: 'outside-hours', until: nextOpening(law, now) }
}

const isOpenDay = (law: CallLaw, day: string) =>
  law.weekdays.includes(weekday(day)) && (law.onHolidays || !isFrenchHoliday(day))

/** Whether consumers may be called at this hour of this day. */
export function isOpen(law: CallLaw, now: Date): boolean {
  const { day, time } = clockAt(now, law.timeZone)
  return isOpenDay(law, day) && law.hours.some(({ from, to }) => from <= time && time < to)
}

/** When they may be again; now while they may be, null when the settings never allow it. */
export function nextOpening(law: CallLaw, now: Date): Date | null {
  if (isOpen(law, now)) return now
  const { day } = clockAt(now, law.timeZone)
  for (let ahead = 0; ahead < 15; ahead += 1) {
    const then = addDays(day, ahead)
    if (!isOpenDay(law, then)) continue
    const opening = law.hours
      .map(({ from }) => instantAt(then, from, law.timeZone))
      .sort((a, b) => a.getTime() - b.getTime())
      .find((at) => at > now)
    if (opening) return opening
  }
  return null
}
