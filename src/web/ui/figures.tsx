import { useFormat } from '../platform/format.ts'

/** An amount in minor units of its currency. */
export function MoneyText({ minor, currency }: { minor: number; currency: string }) {
  return useFormat().money(minor, currency)
}

/** A quantity in thousandths. */
export function QuantityText({ thousandths }: { thousandths: number }) {
  return useFormat().quantity(thousandths)
}

export function IntegerText({ value }: { value: number }) {
  return useFormat().integer(value)
}

/** A calendar day, `2026-11-22`. */
export function DayText({ day }: { day: string }) {
  return <time dateTime={day}>{useFormat().day(day)}</time>
}

/** An instant in the reader's own time zone. */
export function InstantText({ instant }: { instant: string }) {
  return <time dateTime={instant}>{useFormat().instant(instant)}</time>
}
