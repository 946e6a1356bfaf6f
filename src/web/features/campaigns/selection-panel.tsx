import { Alert, Group, Title } from '@mantine/core'
import { IconFilterOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Selection } from '#core/segments/selection.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Panel } from '../../ui/panel.tsx'
import { SelectionEditor } from '../segments/selection-editor.tsx'
import { useCampaignSaves } from './campaign-queries.ts'
import classes from './campaigns.module.css'
import type { TabProps } from './general-tab.tsx'
import { SaveStatus } from './save-status.tsx'
import { useAutosave } from './use-autosave.ts'

/** Whom: the selection with its live counters, or that it is not available (P-4). */
export function SelectionPanel(props: TabProps) {
  const { t } = useTranslation('campaigns')
  const { selection } = props.step
  if (selection) return <SelectionForm {...props} selection={selection} />
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

function SelectionForm({
  campaign,
  step,
  editable,
  selection,
}: TabProps & { selection: Selection }) {
  const { t } = useTranslation('campaigns')
  const { saveSelection, reload } = useCampaignSaves(campaign.id)
  const [unfinished, setUnfinished] = useState(false)
  // Raised when somebody else's selection is taken: the editor starts over from it.
  const [round, setRound] = useState(0)
  const { draft, change, reset, ...status } = useAutosave(selection, (next) =>
    saveSelection(step.id, next),
  )
  const edit = (next: Selection | undefined) => {
    setUnfinished(next === undefined)
    if (next) change(next)
  }
  const takeTheirs = async () => {
    const theirs = (await reload()).steps[0]?.selection
    if (theirs) reset(theirs)
    setRound(round + 1)
  }
  return (
    <section aria-label={t('selection.title')}>
      <Group justify="space-between" mb="sm">
        <Title order={2} className={classes.sectionTitle ?? ''}>
          {t('selection.title')}
        </Title>
        {editable && !unfinished && (
          <SaveStatus
            {...status}
            onRetry={status.retry}
            onKeepMine={async () => {
              await reload()
              await status.retry()
            }}
            onTakeTheirs={takeTheirs}
          />
        )}
      </Group>
      {unfinished && (
        <Alert color="yellow" variant="light" mb="sm">
          {t('selection.unfinished')}
        </Alert>
      )}
      <SelectionEditor key={round} value={draft} onChange={edit} readOnly={!editable} />
    </section>
  )
}
