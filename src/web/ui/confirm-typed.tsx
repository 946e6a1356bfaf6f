import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../platform/format.ts'

type Props = {
  opened: boolean
  onClose: () => void
  title: string
  /** What will happen, to how many, and what cannot be taken back. */
  children: ReactNode
  /** The number to type: that of the people or rows concerned. */
  number: number
  /** The verb of the button. */
  action: string
  onConfirm: () => void
  busy?: boolean
  /** For what destroys; sending is not. */
  danger?: boolean
}

/** Asks to type a number before what cannot be undone: a mass deletion, a sending. */
export function ConfirmTyped(props: Props) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title}>
      <TypedForm {...props} />
    </Modal>
  )
}

function TypedForm({ children, number, action, onConfirm, onClose, busy, danger }: Props) {
  const { t } = useTranslation()
  const { integer } = useFormat()
  const [typed, setTyped] = useState('')
  const matches = typed.replace(/[\s.,\u202f]/g, '') === String(number)
  const confirm = (event: FormEvent) => {
    event.preventDefault()
    if (matches) onConfirm()
  }
  return (
    <form onSubmit={confirm}>
      <Stack>
        <div>{children}</div>
        <TextInput
          data-autofocus
          label={t('ui.confirm.type', { n: integer(number) })}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          inputMode="numeric"
          autoComplete="off"
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('ui.confirm.cancel')}
          </Button>
          <Button
            type="submit"
            disabled={!matches}
            loading={busy ?? false}
            {...(danger ? { color: 'red' } : {})}
          >
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
