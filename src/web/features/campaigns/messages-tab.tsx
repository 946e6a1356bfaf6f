import { Button, Checkbox, Group } from '@mantine/core'
import { IconMessagePlus, IconTrash } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { removeContent } from '#core/campaigns/api.ts'
import type { ContentView, StepView } from '#core/campaigns/campaign.ts'
import type { Channel } from '#core/content/content.ts'
import { call } from '../../platform/call.ts'
import { useUrlState } from '../../platform/url-state.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ContentEditor } from '../content/content-editor.tsx'
import { AddMessage } from './add-message.tsx'
import { useCampaignAction, useCampaignSaves } from './campaign-queries.ts'
import classes from './campaigns.module.css'
import type { TabProps } from './general-tab.tsx'
import { MessageChecks } from './message-checks.tsx'
import { MessageList } from './message-list.tsx'
import { SaveStatus } from './save-status.tsx'
import { useAutosave } from './use-autosave.ts'

/* Beside the message itself, and after it. */
const Attachments = lazy(async () => ({
  default: (await import('./attachments.tsx')).Attachments,
}))
const SaveTemplate = lazy(async () => ({
  default: (await import('../content/save-template.tsx')).SaveTemplate,
}))

const Address = z.object({ message: z.coerce.number().int().optional().catch(undefined) })

/** With `only` the messages of one channel: what a step of an operation has. */
type Props = TabProps & { only?: Channel }

/** Tab 3: the message or messages (P-36), one beside the list of all. */
export function MessagesTab({ campaign, step, editable, only }: Props) {
  const { t } = useTranslation('campaigns')
  const [{ message }, setAddress] = useUrlState(Address)
  const show = (id: number) => setAddress({ message: id })
  const shown = step.contents.find(({ id }) => id === message) ?? step.contents[0]
  if (!shown) {
    return (
      <EmptyState
        icon={<IconMessagePlus size={40} stroke={1.3} />}
        title={t('messages.empty')}
        description={t('messages.emptyText')}
        actions={<AddMessage step={step} editable={editable} only={only} onAdded={show} />}
      />
    )
  }
  return (
    <div className={classes.messages}>
      <div className={classes.messageList}>
        <MessageList step={step} shown={shown.id} editable={editable} onShow={show} />
        <AddMessage step={step} editable={editable} only={only} onAdded={show} />
      </div>
      <MessageEditor
        key={shown.id}
        campaignId={campaign.id}
        step={step}
        content={shown}
        editable={editable}
        attaches={only === undefined}
      />
    </div>
  )
}

type EditorProps = {
  campaignId: number
  step: StepView
  content: ContentView
  editable: boolean
  /** Attachments are added here: a step of an operation has a field for them. */
  attaches: boolean
}

function MessageEditor({ campaignId, step, content, editable, attaches }: EditorProps) {
  const { t } = useTranslation('campaigns')
  const { saveContent, reload } = useCampaignSaves(campaignId)
  const initial = { body: content.body, onlyUnreached: content.onlyUnreached }
  const { draft, change, reset, ...status } = useAutosave(initial, (next) =>
    saveContent(content.id, next.body, next.onlyUnreached),
  )
  const remove = useCampaignAction(() => call(removeContent, { id: content.id }))
  const isFirst = step.contents[0]?.id === content.id
  const takeTheirs = async () => {
    const fresh = (await reload()).steps
      .flatMap((one) => one.contents)
      .find(({ id }) => id === content.id)
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
              <Suspense>
                <SaveTemplate body={draft.body} />
              </Suspense>
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
        checks={
          <>
            {attaches && content.body.channel === 'email' && (
              <Panel title={t('attachments.label')}>
                <Suspense>
                  <Attachments stepId={step.id} readOnly={!editable} hidesLabel />
                </Suspense>
              </Panel>
            )}
            <MessageChecks step={step} content={content} />
          </>
        }
        stepId={step.id}
        contentId={content.id}
        onSaved={status.retry}
      />
    </div>
  )
}
