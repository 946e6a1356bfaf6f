import { Alert } from '@mantine/core'
import { IconPhoneOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ObstacleCounts, ObstacleView } from '#core/phoning/call.ts'
import { useFormat } from '../../platform/format.ts'

/** Why this person may not be called now. */
export function ObstacleNote({ obstacle }: { obstacle: ObstacleView }) {
  const { t } = useTranslation('phoning')
  const { instant } = useFormat()
  const until = obstacle.until && t('obstacles.until', { when: instant(obstacle.until) })
  return (
    <Alert color="red" icon={<IconPhoneOff size={18} />} title={t('obstacles.title')}>
      {t(`obstacles.reasons.${obstacle.reason}`)} {until}
    </Alert>
  )
}

/** “42 people cannot be called now: 30 without consent, 12 outside hours”; nothing when all can. */
export function useObstacleSentence(): (counts: ObstacleCounts) => string {
  const { t, i18n } = useTranslation('phoning')
  const { integer } = useFormat()
  return (counts) => {
    const found = Object.entries(counts)
    const total = found.reduce((sum, [, people]) => sum + people, 0)
    if (total === 0) return ''
    const parts = found.map(([reason, people]) =>
      t(`obstacles.counted.${reason}`, { count: people, n: integer(people) }),
    )
    const list = new Intl.ListFormat(i18n.language, { type: 'unit' }).format(parts)
    return t('obstacles.sentence', { count: total, n: integer(total), list })
  }
}
