import { Skeleton } from '@mantine/core'
import { type ComponentProps, lazy, Suspense } from 'react'
import type { CriteriaBuilder } from './criteria-builder.tsx'

const Builder = lazy(async () => ({
  default: (await import('./criteria-builder.tsx')).CriteriaBuilder,
}))

/** The criteria builder on pages that show something else first: its editors come after. */
export function LazyCriteriaBuilder(props: ComponentProps<typeof CriteriaBuilder>) {
  return (
    <Suspense fallback={<Skeleton h={120} />}>
      <Builder {...props} />
    </Suspense>
  )
}
