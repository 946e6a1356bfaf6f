import { Button, Group, Modal, Text } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconCopy, IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import * as api from '#core/campaigns/api.ts'
import { type CampaignView, isSending } from '#core/campaigns/campaign.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { MayTip } from '../../ui/may-tip.tsx'
import { useUndoToast } from '../../ui/undo-toast.tsx'
import { useMay } from '../access/session.ts'
import { useCampaignAction } from './campaign-queries.ts'
import { CopyMailing } from './copy-mailing.tsx'

/** Duplicate, close or reopen, delete: what can be done with a mailing as a whole. */
export function MailingActions({ campaign }: { campaign: CampaignView }) {
  const { t } = useTranslation('campaigns')
  const [asking, setAsking] = useState<'duplicate' | 'close' | null>(null)
  const may = useMay('mailings.write')
  const { id, label } = campaign
  const reopen = useCampaignAction(() => call(api.reopenCampaign, { id }))
  const launched = campaign.state !== 'preparing' || campaign.isLegacy
  return (
    <Group gap={6}>
      <Action may={may} icon={<IconCopy size={15} />} onClick={() => setAsking('duplicate')}>
        {t('duplicate')}
      </Action>
      {campaign.closedAt !== null ? (
        <Action may={may} icon={<IconArchiveOff size={15} />} onClick={() => reopen.mutate(null)}>
          {t('reopen')}
        </Action>
      ) : (
        launched && (
          <Action may={may} icon={<IconArchive size={15} />} onClick={() => setAsking('close')}>
            {t('close')}
          </Action>
        )
      )}
      <DeleteAction campaign={campaign} may={may} />
      <CopyMailing
        opened={asking === 'duplicate'}
        onClose={() => setAsking(null)}
        from={{ id, label }}
      />
      <CloseDialog
        campaign={campaign}
        opened={asking === 'close'}
        onClose={() => setAsking(null)}
      />
    </Group>
  )
}

type ActionProps = { may: boolean; icon: ReactNode; onClick: () => void; children: ReactNode }

function Action({ may, icon, onClick, children }: ActionProps) {
  return (
    <MayTip may={may}>
      {(state) => (
        <Button size="xs" variant="default" leftSection={icon} onClick={onClick} {...state}>
          {children}
        </Button>
      )}
    </MayTip>
  )
}

function DeleteAction({ campaign, may }: { campaign: CampaignView; may: boolean }) {
  const { t } = useTranslation('campaigns')
  const client = useQueryClient()
  const navigate = useNavigate()
  const undoToast = useUndoToast()
  const { id, label } = campaign
  const refresh = () => client.invalidateQueries({ queryKey: ['campaigns'] })
  const remove = useMutation({
    mutationFn: () => call(api.deleteCampaign, { id }),
    onSuccess: async () => {
      await navigate({ to: '/mailings' })
      client.removeQueries({ queryKey: ['campaigns', 'one', id] })
      await refresh()
      undoToast({
        message: t('deleted', { label }),
        undo: async () => {
          await call(api.restoreCampaign, { id })
          await refresh()
        },
      })
    },
  })
  const sending = campaign.steps.some(({ state }) => isSending(state))
  return (
    <MayTip may={may}>
      {(state) => (
        <Button
          size="xs"
          variant="default"
          color="red"
          leftSection={<IconTrash size={15} />}
          onClick={() => remove.mutate()}
          loading={remove.isPending}
          {...state}
          disabled={state.disabled || sending}
          title={sending ? t('errors.being-sent') : ''}
        >
          {t('delete')}
        </Button>
      )}
    </MayTip>
  )
}

type CloseProps = { campaign: CampaignView; opened: boolean; onClose: () => void }

function CloseDialog({ campaign, opened, onClose }: CloseProps) {
  const { t } = useTranslation('campaigns')
  const problemText = useProblemText()
  const close = useCampaignAction(() => call(api.closeCampaign, { id: campaign.id }))
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('closeTitle')}
      closeButtonProps={{ 'aria-label': t('common:ui.close') }}
    >
      <Text size="sm">{t('closeText')}</Text>
      {close.isError && <FieldError>{problemText(close.error)}</FieldError>}
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button
          data-autofocus
          loading={close.isPending}
          onClick={() => close.mutate(null, { onSuccess: onClose })}
        >
          {t('close')}
        </Button>
      </Group>
    </Modal>
  )
}
