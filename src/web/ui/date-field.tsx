import { TextInput, type TextInputProps } from '@mantine/core'
import { lazy, Suspense } from 'react'

const TypedDateField = lazy(async () => ({
  default: (await import('./typed-date-field.tsx')).TypedDateField,
}))

export type DateFieldProps = Omit<
  TextInputProps,
  'value' | 'onChange' | 'type' | 'rightSection'
> & {
  value: string | null
  /** Null once the field was emptied; what cannot be read changes nothing and is said. */
  onChange: (value: string | null) => void
}

/**
 * A day, or with its time a wall clock, `2026-03-12T14:30`. Until its code is there, a field that cannot be
 * written in: pages that have such fields open without it.
 */
export function DateField({ withTime, ...props }: DateFieldProps & { withTime: boolean }) {
  const { value: _value, onChange: _onChange, ...rest } = props
  return (
    <Suspense fallback={<TextInput {...rest} value="" disabled />}>
      <TypedDateField {...props} withTime={withTime} />
    </Suspense>
  )
}

/** A day, `2026-03-12`. */
export const DayField = (props: DateFieldProps) => <DateField {...props} withTime={false} />
