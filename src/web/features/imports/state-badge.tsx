import { Badge } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ImportView } from '#core/imports/import.ts'

const colors: Record<ImportView['state'], string> = {
  draft: 'gray',
  checking: 'brand',
  checked: 'brand',
  running: 'brand',
  done: 'ok',
  failed: 'red',
  stopped: 'orange',
  undoing: 'brand',
  undone: 'gray',
}

export function StateBadge({ state }: Pick<ImportView, 'state'>) {
  const { t } = useTranslation('imports')
  return (
    <Badge
      variant="light"
      color={colors[state]}
      tt="none"
      fw={560}
      c="var(--mantine-color-text)"
      miw="max-content"
    >
      {t(`states.${state}`)}
    </Badge>
  )
}
