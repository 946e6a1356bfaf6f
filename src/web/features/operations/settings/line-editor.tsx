import { Button, Group, Modal, Stack } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OperationTables } from '#core/operations/tables.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { FieldError } from '../../../ui/field-error.tsx'
import { useTableChange } from './settings-data.ts'

type Props<Draft> = {
  /** What is edited; null closes the dialog. */
  draft: Draft | null
  title: string
  size?: string
  onClose: () => void
  onSave: (draft: Draft) => Promise<OperationTables>
  fields: (draft: Draft, change: (patch: Partial<Draft>) => void) => ReactNode
}

/** The form of one line of a table. */
export function LineEditor<Draft extends object>(props: Props<Draft>) {
  const { t } = useTranslation('operations')
  return (
    <Modal
      opened={props.draft !== null}
      onClose={props.onClose}
      title={props.title}
      size={props.size ?? 'md'}
      closeButtonProps={{ 'aria-label': t('common:ui.close') }}
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
}: Props<Draft> & { draft: Draft }) {
  const { t } = useTranslation('operations')
  const problemText = useProblemText()
  const [draft, setDraft] = useState(start)
  const save = useTableChange(onSave, { quiet: true })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(draft, { onSuccess: onClose })
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        {fields(draft, (patch) => setDraft({ ...draft, ...patch }))}
        {save.isError && <FieldError>{problemText(save.error)}</FieldError>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('settings.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('settings.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
