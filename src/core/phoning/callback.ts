/** The buttons of the callback: when to call again (D-81). */
import { addDays, weekday } from '../kernel/days.ts'
import { clockAt, instantAt } from '../kernel/zone.ts'

const quickCallbacks = ['hour', 'afternoon', 'tomorrow', 'monday', 'week'] as const
export type QuickCallback = (typeof quickCallbacks)[number]

/** Only those that lie ahead: this afternoon is not offered in the evening. */
export function callbackChoices(now: Date, zone: string): { key: QuickCallback; at: Date }[] {
  const { day } = clockAt(now, zone)
  const nextMonday = addDays(day, (8 - weekday(day)) % 7 || 7)
  const choices: { key: QuickCallback; at: Date }[] = [
    { key: 'hour', at: new Date(Math.ceil((now.getTime() + 3_600_000) / 300_000) * 300_000) },
    { key: 'afternoon', at: instantAt(day, '15:00', zone) },
    { key: 'tomorrow', at: instantAt(addDays(day, 1), '10:00', zone) },
    { key: 'monday', at: instantAt(nextMonday, '10:00', zone) },
    { key: 'week', at: instantAt(addDays(day, 7), '10:00', zone) },
  ]
  return choices.filter(({ at }) => at > now)
}
