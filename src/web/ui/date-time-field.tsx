import { instantOf, wallClockAt } from '#core/kernel/zone.ts'
import { useZone } from '../platform/zone.ts'
import { DateField, type DateFieldProps } from './date-field.tsx'
import { useZoneNote } from './zone-note.ts'

/** A day and time on the clock of the company, kept as an instant. */
export function DateTimeField({ value, onChange, description, ...props }: DateFieldProps) {
  const zone = useZone()
  const note = useZoneNote()
  return (
    <DateField
      {...props}
      withTime
      description={description ?? note}
      value={value === null ? null : wallClockAt(new Date(value), zone)}
      onChange={(at) => onChange(at === null ? null : instantOf(at, zone).toISOString())}
    />
  )
}
