import { ActionIcon, Button, Group, Modal, Stack, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../../../platform/problem-text.ts'
import { FieldError } from '../../../ui/field-error.tsx'

/** After a change of a short list, whatever shows it reads it again. */
export function useListMutation<Input>(change: (input: Input) => Promise<unknown>) {
  const client = useQueryClient()
  const problemText = useProblemText()
  return useMutation({
    mutationFn: change,
    onSuccess: () =>
      Promise.all(
        ['party-catalogue', 'parties', 'party'].map((first) =>
          client.invalidateQueries({ queryKey: [first] }),
        ),
      ),
    onError: (error) => notifications.show({ color: 'red', message: problemText(error) }),
  })
}

type EditorProps<Draft> = {
  /** What is edited; null closes the dialog. */
  draft: Draft | null
  title: string
  onClose: () => void
  onSave: (draft: Draft) => Promise<unknown>
  fields: (draft: Draft, change: (patch: Partial<Draft>) => void) => ReactNode
}

/** A small form in a dialog for one entry of a short list. */
export function EntryEditor<Draft extends object>(props: EditorProps<Draft>) {
  const { t } = useTranslation('parties')
  return (
    <Modal
      opened={props.draft !== null}
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {props.draft && <EditorForm {...props} draft={props.draft} />}
    </Modal>
  )
}

function EditorForm<Draft extends object>({
  draft: start,
  onClose,
  onSave,
  fields,
}: EditorProps<Draft> & { draft: Draft }) {
  const { t } = useTranslation('parties')
  const problemText = useProblemText()
  const client = useQueryClient()
  const [draft, setDraft] = useState(start)
  const save = useMutation({
    mutationFn: onSave,
    onSuccess: async () => {
      onClose()
      await client.invalidateQueries({ queryKey: ['party-catalogue'] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(draft)
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        {fields(draft, (patch) => setDraft({ ...draft, ...patch }))}
        <FieldError>{save.error ? problemText(save.error) : null}</FieldError>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

type RowActionsProps = { name: string; onEdit: () => void; onDelete: () => void; more?: ReactNode }

/** The buttons at the end of an entry. */
export function RowActions({ name, onEdit, onDelete, more }: RowActionsProps) {
  const { t } = useTranslation('parties')
  return (
    <Group gap={2} wrap="nowrap" justify="flex-end">
      {more}
      <Tooltip label={t('edit')}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('editNamed', { name })}
          onClick={onEdit}
        >
          <IconPencil size={17} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('delete')}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('deleteNamed', { name })}
          onClick={onDelete}
        >
          <IconTrash size={17} />
        </ActionIcon>
      </Tooltip>
    </Group>
  )
}

type ConfirmProps = {
  opened: boolean
  title: string
  text: string
  onClose: () => void
  onConfirm: () => void
}

/** Asks once before an entry that customers use is gone for good. */
export function ConfirmDelete({ opened, title, text, onClose, onConfirm }: ConfirmProps) {
  const { t } = useTranslation('parties')
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack>
        <div>{text}</div>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('cancel')}
          </Button>
          <Button
            color="red"
            onClick={() => {
              onClose()
              onConfirm()
            }}
          >
            {t('delete')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

export function AddButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconPlus size={15} />}
      onClick={onClick}
    >
      {label}
    </Button>
  )
}
