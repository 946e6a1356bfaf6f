import { useTranslation } from 'react-i18next'

export const delayUnits = { minutes: 1, hours: 60, days: 1_440, weeks: 10_080 } as const
export type DelayUnit = keyof typeof delayUnits
const largestFirst = ['weeks', 'days', 'hours', 'minutes'] as const

/** The largest unit that a number of minutes is a whole number of. */
export function delayParts(minutes: number): { amount: number; unit: DelayUnit } {
  const unit =
    minutes === 0
      ? 'days'
      : (largestFirst.find((one) => minutes % delayUnits[one] === 0) ?? 'minutes')
  return { amount: minutes / delayUnits[unit], unit }
}

/** `3 jours`, in the language of the page. */
export function useDelayText(): (minutes: number) => string {
  const { t } = useTranslation('operations')
  return (minutes) => {
    const { amount, unit } = delayParts(minutes)
    return t(`delay.${unit}`, { count: amount })
  }
}
