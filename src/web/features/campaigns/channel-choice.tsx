import { Button, Checkbox, Group, Modal, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addContent, removeContent } from '#core/campaigns/api.ts'
import type { ContentView, StepView } from '#core/campaigns/campaign.ts'
import { type Channel, channels, emptyContent } from '#core/content/content.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { useCampaignAction } from './campaign-queries.ts'
import classes from './campaigns.module.css'

/** "Send by" (P-22 to P-24, L-4): each way that is ticked has a message to write. */
export function ChannelChoice({ step, editable }: { step: StepView; editable: boolean }) {
  const { t } = useTranslation('campaigns')
  const problemText = useProblemText()
  const [removing, setRemoving] = useState<Channel | null>(null)
  const add = useCampaignAction((channel: Channel) => call(addContent, { id: step.id, channel }))
  const remove = useCampaignAction(async (contents: readonly ContentView[]) => {
    let view = null
    for (const { id } of contents) view = await call(removeContent, { id })
    if (!view) throw new Error('nothing to remove')
    return view
  })
  const of = (channel: Channel) => step.contents.filter(({ body }) => body.channel === channel)
  const toggle = (channel: Channel, checked: boolean) => {
    if (checked) add.mutate(channel)
    else if (of(channel).every(isUntouched)) remove.mutate(of(channel))
    else setRemoving(channel)
  }
  const busy = add.isPending || remove.isPending
  const error = add.error ?? remove.error
  return (
    <>
      <div className={classes.channels}>
        {channels.map((channel) => {
          const count = of(channel).length
          return (
            <Checkbox.Card
              key={channel}
              className={classes.channel ?? ''}
              checked={count > 0}
              onChange={(checked) => toggle(channel, checked)}
              disabled={!editable || busy}
            >
              <Checkbox.Indicator disabled={!editable} mt={2} />
              <div>
                <Text component="span" size="sm" fw={600}>
                  {t(`channels.${channel}`)}
                  {count > 1 && ` (${count})`}
                </Text>
                <div className={classes.channelHelp}>{t(`channelHelp.${channel}`)}</div>
              </div>
            </Checkbox.Card>
          )
        })}
      </div>
      {error && <FieldError>{problemText(error)}</FieldError>}
      <Modal
        opened={removing !== null}
        onClose={() => setRemoving(null)}
        title={t('removeMessagesTitle')}
        closeButtonProps={{ 'aria-label': t('common:ui.close') }}
      >
        <Text size="sm">{t('removeMessagesText')}</Text>
        <Group justify="flex-end" gap="xs" mt="md">
          <Button variant="default" data-autofocus onClick={() => setRemoving(null)}>
            {t('cancel')}
          </Button>
          <Button
            color="red"
            onClick={() => {
              if (removing) remove.mutate(of(removing))
              setRemoving(null)
            }}
          >
            {t('removeMessage')}
          </Button>
        </Group>
      </Modal>
    </>
  )
}

const isUntouched = ({ body }: ContentView) =>
  JSON.stringify(body) ===
  JSON.stringify(emptyContent(body.channel, 'language' in body ? body.language : 'fr'))
