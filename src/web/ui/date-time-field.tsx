import { TextInput, type TextInputProps } from '@mantine/core'
import { instantOf, wallClockAt } from '#core/kernel/zone.ts'
import { useZone } from '../platform/zone.ts'
import { useZoneNote } from './zone-note.ts'

type Props = Omit<TextInputProps, 'value' | 'onChange' | 'type'> & {
  value: string | null
  onChange: (instant: string | null) => void
}

const isTyped = (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) && text > '1900'

/** A date and time in the browser's own field, on the clock of the company, kept as an instant. */
export function DateTimeField({ value, onChange, description, ...props }: Props) {
  const zone = useZone()
  const note = useZoneNote()
  return (
    <TextInput
      {...props}
      description={description ?? note}
      type="datetime-local"
      max="9999-12-31T23:59"
      value={value === null ? '' : wallClockAt(new Date(value), zone)}
      onChange={({ currentTarget: { value: typed } }) => {
        if (typed === '') onChange(null)
        else if (isTyped(typed)) onChange(instantOf(typed, zone).toISOString())
      }}
    />
  )
}
