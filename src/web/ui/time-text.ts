import { useTranslation } from 'react-i18next'

/** A length of time, coarse as a person would say it: “40 s”, “6 min”, “2 h 05”. */
export function useTimeText(): (seconds: number) => string {
  const { t } = useTranslation()
  return (seconds) => {
    if (seconds < 60) return t('ui.time.seconds', { n: Math.max(1, Math.round(seconds)) })
    const minutes = Math.round(seconds / 60)
    if (minutes < 60) return t('ui.time.minutes', { n: minutes })
    const rest = String(minutes % 60).padStart(2, '0')
    return t('ui.time.hours', { hours: Math.floor(minutes / 60), minutes: rest })
  }
}
