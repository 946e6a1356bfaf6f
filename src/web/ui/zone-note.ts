import { useTranslation } from 'react-i18next'
import { placeOf, wallClockAt } from '#core/kernel/zone.ts'
import { useZone } from '../platform/zone.ts'

/** “Paris time”, beside a time that somebody plans. */
export function useZoneText(): string {
  const { t } = useTranslation()
  return t('ui.zone', { place: placeOf(useZone()) })
}

const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

/** The same where the clock of this browser shows another time, which would be taken for what is meant. */
export function useZoneNote(): string | undefined {
  const text = useZoneText()
  const now = new Date()
  return wallClockAt(now, useZone()) === wallClockAt(now, browserZone()) ? undefined : text
}
