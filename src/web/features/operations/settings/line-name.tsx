import { Badge } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TableUse } from '#core/operations/tables.ts'
import { useFormat } from '../../../platform/format.ts'
import classes from './settings.module.css'

type Props = {
  label: string
  retired?: boolean
  /** What has it; undefined when nothing has. */
  use: TableUse | undefined
}

/** The name of a line and, in small, what has it. */
export function LineName({ label, retired = false, use }: Props) {
  const { t } = useTranslation('operations')
  const { integer } = useFormat()
  const words = use?.table === 'operation-type' ? 'settings.usesTypes' : 'settings.uses'
  const names = use && [...use.names, ...(use.count > use.names.length ? ['…'] : [])].join(', ')
  return (
    <span className={classes.name}>
      <span className={classes.label}>
        {label}
        {retired && (
          <Badge size="xs" variant="outline" color="gray" ml={8}>
            {t('settings.retired')}
          </Badge>
        )}
      </span>
      <small>
        {use ? t(words, { count: use.count, n: integer(use.count), names }) : t('settings.notUsed')}
      </small>
    </span>
  )
}
