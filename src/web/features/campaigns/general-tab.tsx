import { Checkbox, NumberInput, Skeleton, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type CampaignDraft,
  type CampaignView,
  Label,
  type StepView,
} from '#core/campaigns/campaign.ts'
import { DayField } from '../../ui/date-field.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useMay } from '../access/session.ts'
import { useCampaignSaves } from './campaign-queries.ts'
import classes from './campaigns.module.css'
import { ChannelChoice } from './channel-choice.tsx'
import { KeyChoice } from './key-choice.tsx'
import { SaveStatus } from './save-status.tsx'
import { useAutosave } from './use-autosave.ts'

const SelectionPanel = lazy(async () => ({
  default: (await import('./selection-panel.tsx')).SelectionPanel,
}))

export type TabProps = { campaign: CampaignView; step: StepView; editable: boolean }

const draftOf = ({ label, sendOn, controlPercent, notes, keyId }: CampaignView): CampaignDraft => ({
  label,
  sendOn,
  controlPercent,
  notes,
  keyId,
})

/** Tab 1 of the source: name, send date, how to send, and whom (P-20 to P-31). */
export function GeneralTab({ campaign, step, editable }: TabProps) {
  const { t } = useTranslation('campaigns')
  return (
    <Stack>
      <div className={classes.two}>
        <HeadPanel campaign={campaign} step={step} editable={editable} />
        <Panel title={t('fields.channels')}>
          <Text size="sm" c="dimmed" mb="sm">
            {t('fields.channelsHelp')}
          </Text>
          <ChannelChoice step={step} editable={editable} />
        </Panel>
      </div>
      <Suspense fallback={<Skeleton h={240} />}>
        <SelectionPanel campaign={campaign} step={step} editable={editable} />
      </Suspense>
    </Stack>
  )
}

function HeadPanel({ campaign, editable }: TabProps) {
  const { t } = useTranslation('campaigns')
  const { saveHead, reload } = useCampaignSaves(campaign.id)
  const may = useMay('mailings.write')
  const isOpen = may && campaign.closedAt === null
  const save = async (draft: CampaignDraft) => {
    // A name that was emptied is not saved over the good one; the field says so.
    if (Label.safeParse(draft.label).success) await saveHead(draft)
  }
  const { draft, change, reset, ...status } = useAutosave(draftOf(campaign), save)
  const set = (patch: Partial<CampaignDraft>) => change({ ...draft, ...patch })
  return (
    <Panel title={t('general')}>
      <Stack gap="sm">
        <TextInput
          label={t('fields.label')}
          value={draft.label}
          onChange={(event) => set({ label: event.currentTarget.value })}
          error={draft.label.trim() === '' ? t('labelMissing') : null}
          maxLength={200}
          readOnly={!isOpen}
          required
        />
        <DayField
          label={t('fields.sendOn')}
          description={t('fields.sendOnHelp')}
          placeholder={t('fields.sendOnEmpty')}
          value={draft.sendOn}
          onChange={(day) => set({ sendOn: day })}
          readOnly={!isOpen}
        />
        <Checkbox
          label={t('fields.control')}
          description={t('fields.controlHelp')}
          checked={draft.controlPercent > 0}
          onChange={(event) => set({ controlPercent: event.currentTarget.checked ? 10 : 0 })}
          disabled={!editable}
        />
        {draft.controlPercent > 0 && (
          <NumberInput
            label={t('fields.controlPercent')}
            value={draft.controlPercent}
            onChange={(value) => set({ controlPercent: Math.round(Number(value)) || 1 })}
            min={1}
            max={50}
            clampBehavior="strict"
            suffix=" %"
            w={140}
            readOnly={!editable}
          />
        )}
        <Textarea
          label={t('fields.notes')}
          value={draft.notes}
          onChange={(event) => set({ notes: event.currentTarget.value })}
          maxLength={10_000}
          autosize
          minRows={2}
          maxRows={8}
          readOnly={!isOpen}
        />
        <KeyChoice
          value={draft.keyId ?? null}
          onChange={(keyId) => set({ keyId })}
          readOnly={!isOpen}
        />
        {isOpen && (
          <SaveStatus
            {...status}
            onRetry={status.retry}
            onKeepMine={async () => {
              await reload()
              await status.retry()
            }}
            onTakeTheirs={async () => reset(draftOf(await reload()))}
          />
        )}
      </Stack>
    </Panel>
  )
}
