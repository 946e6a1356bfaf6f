import { useTranslation } from 'react-i18next'
import { minorDigits } from '#core/kernel/money.ts'
import { useZone } from './zone.ts'

/* Inter draws U+202F, the French thousands space, almost invisibly; U+00A0 is as correct and visible. */
const visible = (text: string) => text.replaceAll('\u202f', '\u00a0')

/** Formats of the language of the page; `money` takes minor units, `quantity` thousandths, instants are told by the clock of the zone. */
function createFormat(locale: string, zone: string) {
  const number = new Intl.NumberFormat(locale)
  const decimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 })
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const dayThere = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: zone })
  const clock = { timeStyle: 'short', timeZone: zone } as const
  const instant = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', ...clock })
  const time = new Intl.DateTimeFormat(locale, clock)
  return {
    integer: (value: number) => visible(number.format(value)),
    quantity: (thousandths: number) => visible(decimal.format(thousandths / 1_000)),
    percent: (ratio: number) => visible(percent.format(ratio)),
    money: (minor: number, currency: string) =>
      visible(
        new Intl.NumberFormat(locale, { style: 'currency', currency }).format(
          minor / 10 ** minorDigits(currency),
        ),
      ),
    /** A calendar day, `2026-11-22`, or the one that an instant is on. */
    day: (value: string) =>
      value.length > 10
        ? dayThere.format(new Date(value))
        : day.format(new Date(`${value}T00:00:00Z`)),
    instant: (value: string) => instant.format(new Date(value)),
    /** The time of day alone. */
    time: (value: string) => time.format(new Date(value)),
  }
}

export type Format = ReturnType<typeof createFormat>

const formats = new Map<string, Format>()

export function useFormat(): Format {
  const { language } = useTranslation().i18n
  const zone = useZone()
  const key = `${language} ${zone}`
  const known = formats.get(key) ?? createFormat(language, zone)
  formats.set(key, known)
  return known
}
