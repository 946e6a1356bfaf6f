/** Days and times: typed as the language of the page writes them, or chosen in a calendar that comes when it is opened. */
import { ActionIcon, Popover, TextInput } from '@mantine/core'
import { IconCalendar } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { printDay, printDayTime, readDay, readDayTime } from '#core/kernel/typed-time.ts'
import { Locale } from '#core/kernel/values.ts'

const DateCalendar = lazy(async () => ({
  default: (await import('./date-calendar.tsx')).DateCalendar,
}))

import type { DateFieldProps } from './date-field.tsx'

/** Where a day goes that was given without its time. */
const morning = '09:00'

/** The text as it is typed, until the value is another one than it says. */
function useTypedDate(
  { value, onChange }: Pick<DateFieldProps, 'value' | 'onChange'>,
  withTime: boolean,
) {
  const locale = Locale.catch('fr').parse(useTranslation().i18n.language)
  const [draft, setDraft] = useState<{ text: string; of: string | null; isLeft: boolean } | null>(
    null,
  )
  const printed = value === null ? '' : (withTime ? printDayTime : printDay)(value, locale)
  const isDraft = draft !== null && draft.of === value
  const text = isDraft ? draft.text : printed
  const read = (typed: string) =>
    withTime ? readDayTime(typed, locale, value?.slice(11) ?? morning) : readDay(typed, locale)
  const tell = (next: string | null) => {
    if (next !== value) onChange(next)
  }
  return {
    locale,
    text,
    isUnreadable: isDraft && draft.isLeft,
    type: (typed: string) => {
      // A year of two figures, or a day without its time, may be the beginning of more.
      const isWhole = /\d{4}/.test(typed) && (!withTime || /\d[:h]\d\d/i.test(typed))
      const next = typed.trim() === '' ? null : ((isWhole ? read(typed) : null) ?? value)
      setDraft({ text: typed, of: next, isLeft: false })
      tell(next)
    },
    /** Done typing: whether the text says something. */
    settle: (): boolean => {
      const next = text.trim() === '' ? null : read(text)
      const isBad = next === null && text.trim() !== ''
      setDraft(isBad ? { text, of: value, isLeft: true } : null)
      if (!isBad) tell(next)
      return !isBad
    },
    choose: (next: string) => {
      setDraft(null)
      tell(next)
    },
  }
}

export function TypedDateField({
  value,
  onChange,
  withTime,
  ...props
}: DateFieldProps & { withTime: boolean }) {
  const { t } = useTranslation()
  const { locale, text, isUnreadable, type, settle, choose } = useTypedDate(
    { value, onChange },
    withTime,
  )
  const sample = withTime
    ? printDayTime('2026-03-12T14:30', locale)
    : printDay('2026-03-12', locale)
  const name = typeof props.label === 'string' ? props.label : (props['aria-label'] ?? '')
  const isFixed = props.disabled === true || props.readOnly === true
  return (
    <TextInput
      placeholder={t(withTime ? 'ui.date.dayTime' : 'ui.date.day')}
      autoComplete="off"
      {...props}
      error={isUnreadable ? t('ui.date.unreadable', { sample }) : props.error}
      value={text}
      onChange={({ currentTarget }) => type(currentTarget.value)}
      onBlur={(event) => {
        settle()
        props.onBlur?.(event)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !settle()) event.preventDefault()
      }}
      rightSectionPointerEvents="all"
      rightSection={
        isFixed ? undefined : <CalendarButton {...{ name, value, withTime, locale, choose }} />
      }
    />
  )
}

type CalendarProps = {
  name: string
  value: string | null
  withTime: boolean
  locale: Locale
  choose: (value: string) => void
}

function CalendarButton({ name, value, withTime, locale, choose }: CalendarProps) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const label = t('ui.date.open', { name })
  const [day = null, time = morning] = value?.split('T') ?? []
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={label}
          onClick={() => setOpened(!opened)}
        >
          <IconCalendar size={16} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <Suspense>
          <DateCalendar
            day={day}
            time={withTime ? time : null}
            locale={locale}
            onDay={(chosen) => {
              choose(withTime ? `${chosen}T${time}` : chosen)
              if (!withTime) setOpened(false)
            }}
            onTime={(chosen) => {
              if (day !== null) choose(`${day}T${chosen}`)
            }}
            onDone={() => setOpened(false)}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}
