import { Button } from '@mantine/core'
import { IconChartBar } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { PartySelection } from '#core/parties/list.ts'
import { mostTicked } from '../../analyses/analysis-state.ts'
import type { ListState } from './list-state.ts'

type Props = {
  state: ListState
  /** Those ticked; nothing for everybody the list shows. */
  selection?: PartySelection
}

/** Opens an analysis of the people that the list shows, or of those ticked (P-S7). */
export function AnalyseButton({ state: { search, criteria }, selection }: Props) {
  const { t } = useTranslation('parties')
  const navigate = useNavigate()
  const ids = selection && 'ids' in selection ? selection.ids : undefined
  const except = selection && 'except' in selection ? selection.except : undefined
  const tooMany = Math.max(ids?.length ?? 0, except?.length ?? 0) > mostTicked
  return (
    <Button
      variant="default"
      size={selection ? 'compact-sm' : 'sm'}
      disabled={tooMany}
      title={tooMany ? t('analyse.tooMany', { n: mostTicked }) : ''}
      leftSection={<IconChartBar size={selection ? 15 : 17} />}
      onClick={() =>
        void navigate({
          to: '/customers/analysis',
          search: {
            ...(search ? { search } : {}),
            ...(criteria ? { criteria } : {}),
            ...(ids?.length ? { ids } : {}),
            ...(except?.length ? { except } : {}),
          },
        })
      }
    >
      {t('analyse.title')}
    </Button>
  )
}
