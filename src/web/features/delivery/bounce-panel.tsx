import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconMailCheck, IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type BounceMailbox,
  deleteBounceMailbox,
  getBounceMailbox,
  readBounceMailbox,
} from '#core/delivery/bounce-mailbox.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FieldError } from '../../ui/field-error.tsx'
import { MayTip } from '../../ui/may-tip.tsx'
import { Panel } from '../../ui/panel.tsx'
import { BounceForm } from './bounce-form.tsx'

const key = ['bounce-mailbox']

/** The mailbox that bounces and complaints come to, and how its last reading went. */
export function BouncePanel({ may }: { may: boolean }) {
  const { t } = useTranslation('delivery')
  const problemText = useProblemText()
  const [editing, setEditing] = useState(false)
  const { data, error } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call(getBounceMailbox, {}, signal),
    enabled: may,
    refetchInterval: 5_000,
  })
  const mailbox = data?.mailbox ?? null
  return (
    <Panel title={t('bounces.title')}>
      <FieldError>{error && problemText(error)}</FieldError>
      {mailbox ? (
        <Reading mailbox={mailbox} onEdit={() => setEditing(true)} />
      ) : (
        <EmptyState
          plain
          icon={<IconMailCheck size={32} stroke={1.4} />}
          title={t('bounces.none')}
          description={t('bounces.noneText')}
          actions={
            <MayTip may={may}>
              {(state) => (
                <Button
                  size="xs"
                  variant="default"
                  leftSection={<IconPlus size={15} />}
                  onClick={() => setEditing(true)}
                  {...state}
                >
                  {t('bounces.add')}
                </Button>
              )}
            </MayTip>
          }
        />
      )}
      <Modal
        opened={editing}
        onClose={() => setEditing(false)}
        title={t('bounces.title')}
        size="lg"
        closeOnClickOutside={false}
        closeButtonProps={{ 'aria-label': t('launch.close') }}
      >
        <BounceForm mailbox={mailbox} onDone={() => setEditing(false)} />
      </Modal>
    </Panel>
  )
}

function Reading({ mailbox, onEdit }: { mailbox: BounceMailbox; onEdit: () => void }) {
  const { t } = useTranslation('delivery')
  const { instant, integer } = useFormat()
  const problemText = useProblemText()
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: key })
  const read = useMutation({ mutationFn: () => call(readBounceMailbox, {}), onSuccess })
  const remove = useMutation({ mutationFn: () => call(deleteBounceMailbox, {}), onSuccess })
  const { config, lastReadAt, lastError, found } = mailbox
  const kinds = ['hard', 'soft', 'blocked', 'complaint'] as const
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {config.user} · {config.host}
      </Text>
      <Text size="sm" c="dimmed" role="status">
        {lastReadAt ? t('bounces.lastRead', { at: instant(lastReadAt) }) : t('bounces.neverRead')}
      </Text>
      {lastError !== '' && (
        <Alert color="red" variant="light" title={t('bounces.failed')}>
          {lastError}
        </Alert>
      )}
      <Text size="sm">
        {t('bounces.lately')}{' '}
        {kinds
          .map((kind) =>
            t(`bounces.found.${kind}`, { count: found[kind], n: integer(found[kind]) }),
          )
          .join(' · ')}
      </Text>
      <FieldError>
        {(read.error ?? remove.error) && problemText(read.error ?? remove.error)}
      </FieldError>
      <Group gap="xs">
        <Button size="xs" variant="default" loading={read.isPending} onClick={() => read.mutate()}>
          {t('bounces.readNow')}
        </Button>
        <Button size="xs" variant="default" onClick={onEdit}>
          {t('relay.edit')}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          color="red"
          loading={remove.isPending}
          onClick={() => remove.mutate()}
        >
          {t('bounces.remove')}
        </Button>
      </Group>
    </Stack>
  )
}
