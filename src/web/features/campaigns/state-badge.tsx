import { Badge } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { StepState } from '#core/campaigns/campaign.ts'

const colours = {
  preparing: 'gray',
  scheduled: 'brand',
  running: 'brand',
  paused: 'yellow',
  done: 'ok',
  'partly-failed': 'red',
  cancelled: 'gray',
} as const satisfies Record<StepState, string>

type Props = { stepState: StepState; closedAt: string | null; isLegacy: boolean }

/** Where a mailing stands, in one word. */
export function StateBadge({ stepState, closedAt, isLegacy }: Props) {
  const { t } = useTranslation('campaigns')
  if (closedAt !== null)
    return (
      <Badge variant="light" color="gray">
        {t('state.closed')}
      </Badge>
    )
  if (isLegacy)
    return (
      <Badge variant="light" color="gray">
        {t('state.legacy')}
      </Badge>
    )
  return (
    <Badge variant="light" color={colours[stepState]}>
      {t(`state.${stepState}`)}
    </Badge>
  )
}
