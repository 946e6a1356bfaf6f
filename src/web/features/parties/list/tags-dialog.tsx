import { Button, Group, Modal, Stack, TagsInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fold } from '#core/kernel/fold.ts'
import type { BulkAction } from '#core/parties/bulk.ts'
import { useFormat } from '../../../platform/format.ts'
import { useCatalogue } from '../catalogue.ts'

type Props = {
  opened: boolean
  count: number
  onClose: () => void
  onOrder: (action: BulkAction) => void
}

/** Tags to add, new ones made on the fly (V-8), and tags to take away. */
export function TagsDialog({ opened, count, onClose, onOrder }: Props) {
  const { t } = useTranslation('parties')
  const { integer } = useFormat()
  const { tags } = useCatalogue()
  const [add, setAdd] = useState<string[]>([])
  const [remove, setRemove] = useState<string[]>([])
  const known = (label: string) => tags.find((tag) => fold(tag.label) === fold(label.trim()))
  const submit = () => {
    onOrder({
      kind: 'tags',
      add: add.flatMap((label) => known(label)?.id ?? []),
      remove: remove.flatMap((label) => known(label)?.id ?? []),
      create: add
        .filter((label) => !known(label))
        .map((label) => ({ label: label.trim(), colour: 'blue' as const })),
    })
    setAdd([])
    setRemove([])
  }
  const labels = tags.map(({ label }) => label)
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('bulk.tagsTitle', { count, n: integer(count) })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack>
        <TagsInput
          data-autofocus
          label={t('bulk.addTags')}
          description={t('bulk.newTags')}
          data={labels}
          value={add}
          onChange={setAdd}
          clearable
          clearButtonProps={{ 'aria-label': t('clear', { field: t('bulk.addTags') }) }}
        />
        <TagsInput
          label={t('bulk.removeTags')}
          data={labels}
          value={remove}
          onChange={(chosen) => setRemove(chosen.filter((label) => known(label)))}
          clearable
          clearButtonProps={{ 'aria-label': t('clear', { field: t('bulk.removeTags') }) }}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button onClick={submit} disabled={add.length + remove.length === 0}>
            {t('bulk.apply')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
