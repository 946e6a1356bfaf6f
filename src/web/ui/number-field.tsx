import { type NumberInputProps, TextInput } from '@mantine/core'
import { lazy, Suspense } from 'react'

const Loaded = lazy(async () => ({ default: (await import('./number-input.tsx')).Numbers }))

/** A number, on pages that open without the code of its field: until that is there it cannot be written in. */
export function NumberField(props: NumberInputProps) {
  const { label, description, className = '', size = 'sm', required = false } = props
  const name = { label, description, 'aria-label': props['aria-label'] ?? '' }
  return (
    <Suspense fallback={<TextInput {...name} {...{ className, size, required }} disabled />}>
      <Loaded {...props} />
    </Suspense>
  )
}
