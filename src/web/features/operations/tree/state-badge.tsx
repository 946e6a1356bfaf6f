import { Badge } from '@mantine/core'
import type { OperationMeaning } from '#core/operations/operation.ts'

const colours = {
  preparing: 'gray',
  'in-progress': 'brand',
  finished: 'ok',
} as const satisfies Record<OperationMeaning, string>

/** A word of the house in the colour of what the program understands by it. */
export function OperationStateBadge({
  meaning,
  label,
}: {
  meaning: OperationMeaning
  label: string
}) {
  return (
    <Badge variant="light" color={colours[meaning]}>
      {label}
    </Badge>
  )
}
