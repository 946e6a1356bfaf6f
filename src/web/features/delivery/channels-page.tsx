import { Badge, Button, Group, Modal, Stack } from '@mantine/core'
import { IconPlus, IconSend } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Relay } from '#core/delivery/relay.ts'
import { deleteRelay, listRelays } from '#core/delivery/relays-api.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FieldError } from '../../ui/field-error.tsx'
import { MayTip } from '../../ui/may-tip.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Panel } from '../../ui/panel.tsx'
import { SimpleTable } from '../../ui/simple-table.tsx'
import { useMay } from '../access/session.ts'
import { BouncePanel } from './bounce-panel.tsx'
import { RelayForm } from './relay-form.tsx'
import { TrackingPanel } from './tracking-panel.tsx'

const relaysKey = ['relays']

type Editing = { relay: Relay | undefined; channel: Relay['channel'] }

/** Settings: where e-mails and text messages leave, each with its test button. */
export function ChannelsPage() {
  const { t } = useTranslation('delivery')
  const may = useMay('settings.manage')
  const problemText = useProblemText()
  const [editing, setEditing] = useState<Editing | null>(null)
  const { data, error } = useQuery({
    queryKey: relaysKey,
    queryFn: ({ signal }) => call(listRelays, {}, signal),
    enabled: may,
  })
  return (
    <Page>
      <PageHeader title={t('channels.title')} subtitle={t('channels.text')} />
      <FieldError>{error && problemText(error)}</FieldError>
      {(['email', 'sms'] as const).map((channel) => (
        <ChannelPanel
          key={channel}
          channel={channel}
          relays={(data ?? []).filter((relay) => relay.channel === channel)}
          may={may}
          onEdit={(relay) => setEditing({ relay, channel })}
        />
      ))}
      <BouncePanel may={may} />
      <TrackingPanel may={may} />
      <Modal
        opened={editing !== null}
        onClose={() => setEditing(null)}
        title={editing?.relay?.label ?? t(`channels.add.${editing?.channel ?? 'email'}`)}
        size="lg"
        closeOnClickOutside={false}
        closeButtonProps={{ 'aria-label': t('launch.close') }}
      >
        {editing && <RelayForm {...editing} onDone={() => setEditing(null)} />}
      </Modal>
    </Page>
  )
}

type PanelProps = {
  channel: Relay['channel']
  relays: readonly Relay[]
  may: boolean
  onEdit: (relay: Relay | undefined) => void
}

function ChannelPanel({ channel, relays, may, onEdit }: PanelProps) {
  const { t } = useTranslation('delivery')
  const add = (
    <MayTip may={may}>
      {(state) => (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={15} />}
          onClick={() => onEdit(undefined)}
          {...state}
        >
          {t(`channels.add.${channel}`)}
        </Button>
      )}
    </MayTip>
  )
  if (relays.length === 0) {
    return (
      <Panel title={t(`channels.${channel}`)}>
        <EmptyState
          plain
          icon={<IconSend size={32} stroke={1.4} />}
          title={t(`channels.none.${channel}`)}
          description={t(`channels.noneText.${channel}`)}
          actions={add}
        />
      </Panel>
    )
  }
  return (
    <Panel title={t(`channels.${channel}`)} flush actions={add}>
      <RelayTable label={t(`channels.${channel}`)} relays={relays} onEdit={onEdit} />
    </Panel>
  )
}

type TableProps = { label: string; relays: readonly Relay[]; onEdit: (relay: Relay) => void }

function RelayTable({ label, relays, onEdit }: TableProps) {
  const { t } = useTranslation('delivery')
  const { integer, quantity } = useFormat()
  const client = useQueryClient()
  const problemText = useProblemText()
  const remove = useMutation({
    mutationFn: (id: number) => call(deleteRelay, { id }),
    onSuccess: () => client.invalidateQueries({ queryKey: relaysKey }),
  })
  const pace = ({ perSecond, perHour }: Relay) =>
    [
      perSecond === null ? '' : t('relay.paceSecond', { n: quantity(perSecond * 1_000) }),
      perHour === null ? '' : t('relay.paceHour', { n: integer(perHour) }),
    ]
      .filter(Boolean)
      .join(', ') || t('relay.unlimited')
  return (
    <Stack gap={0}>
      <FieldError>{remove.error && problemText(remove.error)}</FieldError>
      <SimpleTable
        label={label}
        rows={relays}
        keyOf={({ id }) => id}
        rowHeader
        columns={[
          {
            key: 'label',
            header: t('relay.label'),
            cell: (relay) => (
              <Group gap={6}>
                {relay.label}
                {relay.isDefault && (
                  <Badge variant="light" size="sm" miw="max-content">
                    {t('relay.default')}
                  </Badge>
                )}
              </Group>
            ),
          },
          {
            key: 'kind',
            header: t('relay.kind'),
            cell: ({ config }) => t(`relay.kinds.${config.kind}`),
          },
          { key: 'where', header: t('relay.where'), cell: ({ config }) => whereOf(config) },
          { key: 'pace', header: t('relay.pace'), cell: pace },
          {
            key: 'actions',
            header: t('relay.actions'),
            cell: (relay) => (
              <Group gap={4} wrap="nowrap">
                <Button
                  size="compact-sm"
                  variant="subtle"
                  aria-label={t('relay.editOf', { name: relay.label })}
                  onClick={() => onEdit(relay)}
                >
                  {t('relay.edit')}
                </Button>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="red"
                  aria-label={t('relay.deleteOf', { name: relay.label })}
                  onClick={() => remove.mutate(relay.id)}
                >
                  {t('relay.delete')}
                </Button>
              </Group>
            ),
          },
        ]}
      />
    </Stack>
  )
}

function whereOf(config: Relay['config']): string {
  switch (config.kind) {
    case 'smtp':
    case 'smpp':
      return `${config.host}:${config.port}`
    case 'http':
      return URL.parse(config.url)?.host ?? config.url
    case 'mailbox':
      return '—'
  }
}
