/** The calendar of a date field, and the quarters of an hour beside it. */
import { Button, Group, NativeSelect } from '@mantine/core'
import { DatePicker } from '@mantine/dates'
import '@mantine/dates/styles.layer.css'
import 'dayjs/locale/fr'
import { useTranslation } from 'react-i18next'
import { printTime } from '#core/kernel/typed-time.ts'
import type { Locale } from '#core/kernel/values.ts'

type Props = {
  day: string | null
  /** Null when only the day is asked for. */
  time: string | null
  locale: Locale
  onDay: (day: string) => void
  onTime: (time: string) => void
  onDone: () => void
}

const quarters = Array.from({ length: 96 }, (_, at) => {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${two(Math.floor(at / 4))}:${two((at % 4) * 15)}`
})

export function DateCalendar({ day, time, locale, onDay, onTime, onDone }: Props) {
  const { t } = useTranslation()
  const times = time === null || quarters.includes(time) ? quarters : [...quarters, time].sort()
  return (
    <>
      <DatePicker
        value={day}
        {...(day === null ? {} : { defaultDate: day })}
        onChange={(chosen) => {
          if (chosen !== null) onDay(chosen.slice(0, 10))
        }}
        locale={locale}
        firstDayOfWeek={locale === 'fr' ? 1 : 0}
        maxLevel="decade"
        ariaLabels={{
          nextMonth: t('ui.date.nextMonth'),
          previousMonth: t('ui.date.previousMonth'),
          nextYear: t('ui.date.nextYear'),
          previousYear: t('ui.date.previousYear'),
          nextDecade: t('ui.date.nextDecade'),
          previousDecade: t('ui.date.previousDecade'),
        }}
      />
      {time !== null && (
        <Group align="flex-end" gap="xs" mt="sm">
          <NativeSelect
            label={t('ui.date.time')}
            size="xs"
            value={time}
            disabled={day === null}
            data={times.map((one) => ({ value: one, label: printTime(one, locale) }))}
            onChange={({ currentTarget }) => onTime(currentTarget.value)}
          />
          <Button size="xs" disabled={day === null} onClick={onDone}>
            {t('ui.date.done')}
          </Button>
        </Group>
      )}
    </>
  )
}
