import { Group, Input, Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { parseBirthday, printBirthday } from '#core/parties/birthday.ts'
import { NumberField } from '../../ui/number-field.tsx'

type Props = {
  label: string
  value: string | null
  onChange: (value: string | null) => void
  disabled?: boolean
}

type Draft = { day: number | null; month: number | null; year: number | null }

const blank: Draft = { day: null, month: null, year: null }

/** Day and month, and the year when it is known. */
export function BirthdayInput({ label, value, onChange, disabled = false }: Props) {
  const { t, i18n } = useTranslation('parties')
  const [shown, setShown] = useState<{ of: string | null; draft: Draft }>({
    of: value,
    draft: value === null ? blank : (parseBirthday(value) ?? blank),
  })
  const draft =
    shown.of === value ? shown.draft : value === null ? blank : (parseBirthday(value) ?? blank)
  const change = (patch: Partial<Draft>) => {
    const next = { ...draft, ...patch }
    const { day, month, year } = next
    const text = day && month ? printBirthday({ year, month, day }) : null
    const valid = text !== null && parseBirthday(text) !== undefined ? text : null
    setShown({ of: valid, draft: next })
    onChange(valid)
  }
  const started = draft.day !== null || draft.month !== null || draft.year !== null
  const problem = started && value === null && t('birthday.incomplete')
  const months = Array.from({ length: 12 }, (_, at) => ({
    value: String(at + 1),
    label: new Intl.DateTimeFormat(i18n.language, { month: 'long' }).format(new Date(2000, at, 1)),
  }))
  const number = (given: string | number) => (given === '' ? null : Number(given))
  return (
    <Input.Wrapper
      label={label}
      labelElement="div"
      error={problem || undefined}
      role="group"
      aria-label={label}
    >
      <Group gap={6} wrap="nowrap">
        <NumberField
          aria-label={t('birthday.day')}
          placeholder={t('birthday.day')}
          value={draft.day ?? ''}
          onChange={(day) => change({ day: number(day) })}
          min={1}
          max={31}
          hideControls
          disabled={disabled}
          w={70}
        />
        <Select
          aria-label={t('birthday.month')}
          placeholder={t('birthday.month')}
          data={months}
          value={draft.month === null ? null : String(draft.month)}
          onChange={(month) => change({ month: month === null ? null : Number(month) })}
          clearable
          disabled={disabled}
          flex={1}
        />
        <NumberField
          aria-label={t('birthday.year')}
          placeholder={t('birthday.year')}
          value={draft.year ?? ''}
          onChange={(year) => change({ year: number(year) })}
          hideControls
          thousandSeparator=""
          disabled={disabled}
          w={84}
        />
      </Group>
    </Input.Wrapper>
  )
}
