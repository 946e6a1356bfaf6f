import { Button, Checkbox, Group, Menu } from '@mantine/core'
import {
  IconFileSpreadsheet,
  IconMail,
  IconMessage,
  IconMessagePlus,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { addContent, removeContent } from '#core/campaigns/api.ts'
import type { ContentView, StepView } from '#core/campaigns/campaign.ts'
import { type Channel, type ContentBody, channels } from '#core/content/content.ts'
import { call } from '../../platform/call.ts'
import { useUrlState } from '../../platform/url-state.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { MayTip } from '../../ui/may-tip.tsx'
import { useMay } from '../access/session.ts'
import { ContentEditor } from '../content/content-editor.tsx'
import { useCampaignAction, useCampaignSaves } from './campaign-queries.ts'
import classes from './campaigns.module.css'
import type { TabProps } from './general-tab.tsx'
import { MessageChecks } from './message-checks.tsx'
import { SaveStatus } from './save-status.tsx'
import { useAutosave } from './use-autosave.ts'

const Address = z.object({ message: z.coerce.number().int().optional().catch(undefined) })

export const channelIcons = { email: IconMail, sms: IconMessage, file: IconFileSpreadsheet }

/** Tab 3: the message or messages (P-36), one beside the list of all. */
export function MessagesTab({ campaign, step, editable }: TabProps) {
  const { t } = useTranslation('campaigns')
  const [{ message }, setAddress] = useUrlState(Address)
  const shown = step.contents.find(({ id }) => id === message) ?? step.contents[0]
  if (!shown) {
    return (
      <EmptyState
        icon={<IconMessagePlus size={40} stroke={1.3} />}
        title={t('messages.empty')}
        description={t('messages.emptyText')}
        actions={<AddMessage step={step} editable={editable} />}
      />
    )
  }
  return (
    <div className={classes.messages}>
      <div className={classes.messageList}>
        {step.contents.map((content, at) => (
          <MessageButton
            key={content.id}
            content={content}
            number={at + 1}
            selected={content.id === shown.id}
            onSelect={() => setAddress({ message: content.id })}
          />
        ))}
        <AddMessage step={step} editable={editable} />
      </div>
      <MessageEditor
        key={shown.id}
        campaignId={campaign.id}
        step={step}
        content={shown}
        editable={editable}
      />
    </div>
  )
}

type ButtonProps = { content: ContentView; number: number; selected: boolean; onSelect: () => void }

function MessageButton({ content, number, selected, onSelect }: ButtonProps) {
  const { t } = useTranslation('campaigns')
  const Icon = channelIcons[content.body.channel]
  return (
    <button type="button" className={classes.message} aria-pressed={selected} onClick={onSelect}>
      <Icon size={18} stroke={1.6} aria-hidden />
      <span className={classes.grow}>
        <span className={classes.messageName}>
          {number}. {t(`channels.${content.body.channel}`)}
        </span>
        <span className={classes.messageHint}>{hintOf(content.body) || t('messages.blank')}</span>
      </span>
    </button>
  )
}

function hintOf(body: ContentBody): string {
  if (body.channel === 'email') return body.subject
  return body.channel === 'sms' ? body.text : body.format.toUpperCase()
}

function AddMessage({ step, editable }: { step: StepView; editable: boolean }) {
  const { t } = useTranslation('campaigns')
  const [, setAddress] = useUrlState(Address)
  const may = useMay('mailings.write')
  const add = useCampaignAction((channel: Channel) => call(addContent, { id: step.id, channel }))
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <MayTip may={may}>
          {(state) => (
            <Button
              variant="default"
              leftSection={<IconPlus size={16} />}
              loading={add.isPending}
              {...state}
              disabled={!editable}
            >
              {t('messages.add')}
            </Button>
          )}
        </MayTip>
      </Menu.Target>
      <Menu.Dropdown>
        {channels.map((channel) => {
          const Icon = channelIcons[channel]
          return (
            <Menu.Item
              key={channel}
              leftSection={<Icon size={16} />}
              onClick={() =>
                add.mutate(channel, {
                  onSuccess: (view) => setAddress({ message: view.steps[0]?.contents.at(-1)?.id }),
                })
              }
            >
              {t(`channels.${channel}`)}
            </Menu.Item>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}

type EditorProps = {
  campaignId: number
  step: StepView
  content: ContentView
  editable: boolean
}

function MessageEditor({ campaignId, step, content, editable }: EditorProps) {
  const { t } = useTranslation('campaigns')
  const { saveContent, reload } = useCampaignSaves(campaignId)
  const initial = { body: content.body, onlyUnreached: content.onlyUnreached }
  const { draft, change, reset, ...status } = useAutosave(initial, (next) =>
    saveContent(content.id, next.body, next.onlyUnreached),
  )
  const remove = useCampaignAction(() => call(removeContent, { id: content.id }))
  const isFirst = step.contents[0]?.id === content.id
  const takeTheirs = async () => {
    const fresh = (await reload()).steps[0]?.contents.find(({ id }) => id === content.id)
    if (fresh) reset({ body: fresh.body, onlyUnreached: fresh.onlyUnreached })
  }
  return (
    <div>
      {(editable || !isFirst) && (
        <Group justify="space-between" mb="sm">
          {isFirst ? (
            <span />
          ) : (
            <Checkbox
              label={t('messages.onlyUnreached')}
              description={t('messages.onlyUnreachedHelp')}
              checked={draft.onlyUnreached}
              onChange={(event) => change({ ...draft, onlyUnreached: event.currentTarget.checked })}
              disabled={!editable}
            />
          )}
          {editable && (
            <Group gap="sm">
              <SaveStatus
                {...status}
                onRetry={status.retry}
                onKeepMine={async () => {
                  await reload()
                  await status.retry()
                }}
                onTakeTheirs={takeTheirs}
              />
              <Button
                size="compact-sm"
                variant="subtle"
                color="red"
                leftSection={<IconTrash size={14} />}
                onClick={() => remove.mutate(null)}
                loading={remove.isPending}
              >
                {t('messages.remove')}
              </Button>
            </Group>
          )}
        </Group>
      )}
      <ContentEditor
        body={draft.body}
        onChange={(body) => change({ ...draft, body })}
        editable={editable}
        checks={<MessageChecks step={step} content={content} />}
        stepId={step.id}
        contentId={content.id}
        onSaved={status.retry}
      />
    </div>
  )
}
