import { TextInput, type TextInputProps } from '@mantine/core'

type Props = Omit<TextInputProps, 'value' | 'onChange' | 'type'> & {
  value: string | null
  onChange: (instant: string | null) => void
}

const two = (number: number) => String(number).padStart(2, '0')

/** The wall clock of this browser, as the field wants it. */
function localOf(instant: string): string {
  const at = new Date(instant)
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`
}

/** A date and time in the browser's own field, kept as an instant. */
export function DateTimeField({ value, onChange, ...props }: Props) {
  return (
    <TextInput
      {...props}
      type="datetime-local"
      max="9999-12-31T23:59"
      value={value === null ? '' : localOf(value)}
      onChange={({ currentTarget }) => {
        const at = new Date(currentTarget.value)
        const isDay = !Number.isNaN(at.getTime()) && at.getFullYear() > 1900
        if (currentTarget.value === '') onChange(null)
        else if (isDay) onChange(at.toISOString())
      }}
    />
  )
}
