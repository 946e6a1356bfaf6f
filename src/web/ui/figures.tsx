import { useFormat } from '../platform/format.ts'

/** A calendar day, `2026-11-22`, or the one that an instant is on. */
export function DayText({ day }: { day: string }) {
  return <time dateTime={day}>{useFormat().day(day)}</time>
}

/** An instant, on the clock of the company. */
export function InstantText({ instant }: { instant: string }) {
  return <time dateTime={instant}>{useFormat().instant(instant)}</time>
}
