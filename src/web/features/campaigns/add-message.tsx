import { Button, Menu } from '@mantine/core'
import { IconPlus, IconSettings } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addContent } from '#core/campaigns/api.ts'
import type { CampaignView, StepView } from '#core/campaigns/campaign.ts'
import { type Channel, channels } from '#core/content/content.ts'
import { call } from '../../platform/call.ts'
import { MayTip } from '../../ui/may-tip.tsx'
import { useMay } from '../access/session.ts'
import { useTemplates } from '../content/use-templates.ts'
import { useCampaignAction } from './campaign-queries.ts'
import { channelIcons } from './channel-icons.ts'

const TemplatesDialog = lazy(async () => ({
  default: (await import('../content/templates-dialog.tsx')).TemplatesDialog,
}))

type Props = {
  step: StepView
  editable: boolean
  /** The one channel that the step has, of all. */
  only?: Channel | undefined
  onAdded: (contentId: number) => void
}

/** A new message: empty, or as a template has it. */
export function AddMessage({ step, editable, only, onAdded }: Props) {
  const { t } = useTranslation('campaigns')
  const may = useMay('mailings.write')
  const templates = useTemplates().filter(({ body }) => !only || body.channel === only)
  const [managing, setManaging] = useState(false)
  const add = useCampaignAction((content: { channel: Channel; templateId?: number }) =>
    call(addContent, { id: step.id, ...content }),
  )
  const onSuccess = (view: CampaignView) => {
    const added = view.steps.find(({ id }) => id === step.id)?.contents.at(-1)
    if (added) onAdded(added.id)
  }
  return (
    <>
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
        <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
          {(only ? [only] : channels).map((channel) => {
            const Icon = channelIcons[channel]
            return (
              <Menu.Item
                key={channel}
                leftSection={<Icon size={16} />}
                onClick={() => add.mutate({ channel }, { onSuccess })}
              >
                {t(`channels.${channel}`)}
              </Menu.Item>
            )
          })}
          {templates.length > 0 && (
            <>
              <Menu.Divider />
              <Menu.Label>{t('messages.fromTemplate')}</Menu.Label>
              {templates.map(({ id, name, body: { channel } }) => {
                const Icon = channelIcons[channel]
                return (
                  <Menu.Item
                    key={id}
                    leftSection={<Icon size={16} />}
                    onClick={() => add.mutate({ channel, templateId: id }, { onSuccess })}
                  >
                    {name}
                  </Menu.Item>
                )
              })}
              <Menu.Divider />
              <Menu.Item leftSection={<IconSettings size={16} />} onClick={() => setManaging(true)}>
                {t('messages.manageTemplates')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {managing && (
        <Suspense>
          <TemplatesDialog opened onClose={() => setManaging(false)} />
        </Suspense>
      )}
    </>
  )
}
