import { IconFilterOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { TabProps } from './general-tab.tsx'

/** Whom: the selection with its live counters, or that it is not available (P-4). */
export function SelectionPanel({ step }: TabProps) {
  const { t } = useTranslation('campaigns')
  if (step.selection === null) {
    return (
      <Panel title={t('selection.title')}>
        <EmptyState
          plain
          icon={<IconFilterOff size={36} stroke={1.3} />}
          title={t('selection.unavailable')}
          description={t('selection.unavailableText')}
        />
      </Panel>
    )
  }
  return <Panel title={t('selection.title')}>{null}</Panel>
}
