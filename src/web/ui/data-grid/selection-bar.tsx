import { Button, CloseButton, Group } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../platform/format.ts'
import classes from './data-grid.module.css'
import { countSelected, everything, nothing, type RowSelection } from './row-selection.ts'

type Props = {
  selection: RowSelection
  total: number
  onChange: (selection: RowSelection) => void
  /** What can be done with the selected rows. */
  actions: ReactNode
}

/** How many rows are chosen, the step from some to all that match, and what to do with them. */
export function SelectionBar({ selection, total, onChange, actions }: Props) {
  const { t } = useTranslation()
  const { integer } = useFormat()
  const count = countSelected(selection, total)
  return (
    <div className={classes.bar}>
      <Group gap="xs">
        <CloseButton size="sm" aria-label={t('ui.grid.clear')} onClick={() => onChange(nothing)} />
        <span role="status">{t('ui.grid.selected', { count, n: integer(count) })}</span>
        {count < total && (
          <Button variant="subtle" size="compact-sm" onClick={() => onChange(everything)}>
            {t('ui.grid.selectAll', { count: total, n: integer(total) })}
          </Button>
        )}
      </Group>
      <Group gap="xs">{actions}</Group>
    </div>
  )
}
