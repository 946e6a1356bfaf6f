import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createCampaign, duplicateCampaign } from '#core/campaigns/api.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { useKeepCampaign } from './campaign-queries.ts'

type Props = {
  opened: boolean
  onClose: () => void
  /** The mailing to copy; a new one is empty. */
  from?: { id: number; label: string }
}

/** Asks only for a name: everything else can be filled in later, in any order. */
export function CreateMailing(props: Props) {
  const { t } = useTranslation('campaigns')
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={t(props.from ? 'duplicateTitle' : 'createTitle')}
      closeButtonProps={{ 'aria-label': t('common:ui.close') }}
    >
      <NameForm {...props} />
    </Modal>
  )
}

function NameForm({ onClose, from }: Props) {
  const { t } = useTranslation('campaigns')
  const problemText = useProblemText()
  const navigate = useNavigate()
  const keep = useKeepCampaign()
  const [label, setLabel] = useState(from ? t('copyOf', { label: from.label }) : '')
  const create = useMutation({
    mutationFn: () =>
      from ? call(duplicateCampaign, { id: from.id, label }) : call(createCampaign, { label }),
    onSuccess: (view) => {
      keep(view)
      onClose()
      return navigate({ to: '/mailings/$id', params: { id: String(view.id) } })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (label.trim() !== '') create.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          data-autofocus
          label={t('fields.label')}
          description={t('fields.labelHelp')}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
          maxLength={200}
          required
        />
        {create.isError && <FieldError>{problemText(create.error)}</FieldError>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" disabled={label.trim() === ''} loading={create.isPending}>
            {t(from ? 'duplicate' : 'create')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
