import { Button, Group, Modal, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createSegment } from '#core/segments/api.ts'
import type { Criteria } from '#core/segments/criteria.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'

type Props = {
  criteria: Criteria
  opened: boolean
  onClose: () => void
  onSaved: (segmentId: number) => void
}

/** Gives criteria written for one mailing a name, so that the next can use them. */
export function SaveAsSegment({ criteria, opened, onClose, onSaved }: Props) {
  const { t } = useTranslation('segments')
  const problemText = useProblemText()
  const client = useQueryClient()
  const [name, setName] = useState('')
  const save = useMutation({
    mutationFn: () => call(createSegment, { name: name.trim(), criteria }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['segments'] })
      onClose()
      onSaved(id)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <Modal opened={opened} onClose={onClose} title={t('selection.saveAs')}>
      <form onSubmit={submit}>
        <TextInput
          data-autofocus
          required
          maxLength={100}
          label={t('selection.saveName')}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          error={save.error ? problemText(save.error) : undefined}
        />
        <Group justify="flex-end" gap="xs" mt="md">
          <Button variant="default" onClick={onClose}>
            {t('selection.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
            {t('selection.saveDo')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
