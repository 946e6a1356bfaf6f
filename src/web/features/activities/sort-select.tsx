import { ActionIcon, Select, Tooltip } from '@mantine/core'
import { IconSortAscending, IconSortDescending } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type ActivityQuery, activitySorts } from '#core/activities/activity.ts'

type Order = { sorted: ActivityQuery['sort']; way: ActivityQuery['direction'] }

type Props = Order & {
  /** Shown above it; read out without being shown when there is none. */
  label?: string
  size?: 'xs' | 'sm'
  onChange: (order: Partial<Order>) => void
}

/** By what activities are sorted, and which way. */
export function SortSelect({ sorted, way, label, size = 'sm', onChange }: Props) {
  const { t } = useTranslation('activities')
  const Icon = way === 'asc' ? IconSortAscending : IconSortDescending
  return (
    <Select
      size={size}
      {...(label ? { label } : { 'aria-label': t('filter.sort') })}
      data={activitySorts.map((value) => ({ value, label: t(`fields.${value}`) }))}
      value={sorted}
      allowDeselect={false}
      leftSection={
        <Tooltip label={t(`filter.${way}`)}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={26}
            aria-label={t(`filter.${way}`)}
            onClick={() => onChange({ way: way === 'asc' ? 'desc' : 'asc' })}
          >
            <Icon size={16} />
          </ActionIcon>
        </Tooltip>
      }
      leftSectionPointerEvents="all"
      onChange={(value) => {
        const next = activitySorts.find((each) => each === value)
        if (next) onChange({ sorted: next })
      }}
    />
  )
}
