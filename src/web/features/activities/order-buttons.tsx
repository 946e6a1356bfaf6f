import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { orderActivityTable } from '#core/activities/api.ts'
import { call } from '../../platform/call.ts'
import { useTableChange } from './use-table-change.ts'

type Props = {
  table: 'types' | 'families'
  rows: readonly { id: number }[]
  id: number
  name: string
}

/** Puts a line before the one above it. */
export function OrderButtons({ table, rows, id, name }: Props) {
  const { t } = useTranslation('activities')
  const move = useTableChange((ids: number[]) => call(orderActivityTable, { table, ids }))
  const ids = rows.map((row) => row.id)
  const at = ids.indexOf(id)
  const up = () => move.mutate(ids.with(at, ids[at - 1] ?? id).with(at - 1, id))
  return (
    <Tooltip label={t('settings.up')}>
      <ActionIcon
        variant="subtle"
        color="gray"
        disabled={at <= 0}
        aria-label={t('settings.upNamed', { name })}
        onClick={up}
      >
        <IconArrowUp size={17} />
      </ActionIcon>
    </Tooltip>
  )
}
