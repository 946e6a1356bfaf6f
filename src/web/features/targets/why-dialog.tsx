import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TargetRow } from '#core/targets/target.ts'
import { WhyPanel } from '../routing/why-panel.tsx'
import { nameOf } from './target-words.ts'

type Props = { stepId: number; row: TargetRow; onClose: () => void }

/** Why this person is here. */
export function WhyDialog({ stepId, row, onClose }: Props) {
  const { t } = useTranslation('targets')
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('whyOf', { name: nameOf(row) })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <WhyPanel stepId={stepId} partyId={row.partyId} />
    </Modal>
  )
}
