/** An appointment as other calendars read it (RFC 5545), in UTC. */
import ical, { ICalEventStatus } from 'ical-generator'
import type { ActivityView } from '#core/activities/activity.ts'

const hour = 3_600_000

export function calendarOf(activity: ActivityView, host: string, now: Date): string {
  const start = new Date(activity.startsAt)
  const calendar = ical({ prodId: { company: 'Malleposte', product: 'Malleposte' } })
  calendar.createEvent({
    // The same appointment, fetched again after a change, takes the place of the first.
    id: `activity-${activity.id}@${host}`,
    sequence: activity.version,
    stamp: now,
    start,
    end: activity.endsAt ? new Date(activity.endsAt) : new Date(start.getTime() + hour),
    summary: activity.subject,
    description: activity.text || null,
    location: activity.place || null,
    status: activity.state === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  })
  return calendar.toString()
}
