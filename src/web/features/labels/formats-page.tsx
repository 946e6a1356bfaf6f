import { ActionIcon, Button, Group, Modal, Stack, Text, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPencil, IconPlus, IconPrinter, IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { deleteLabelFormat } from '#core/labels/api.ts'
import { type LabelFormat, perPage } from '#core/labels/format.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Panel } from '../../ui/panel.tsx'
import { SimpleTable } from '../../ui/simple-table.tsx'
import { FormatEditor } from './format-editor.tsx'
import { formatsKey, useFormats, useMillimetres } from './use-formats.ts'

/** The label sheets and rolls: those of the program, and the shop's own in millimetres. */
export function FormatsPage() {
  const { t } = useTranslation('labels')
  const formats = useFormats() ?? []
  const [edited, setEdited] = useState<LabelFormat | 'new' | null>(null)
  const [doomed, setDoomed] = useState<LabelFormat | null>(null)
  const own = formats.filter(({ id }) => id !== null)
  return (
    <Page narrow>
      <PageHeader
        title={t('formats.title')}
        subtitle={t('formats.text')}
        actions={
          <Button leftSection={<IconPlus size={17} />} onClick={() => setEdited('new')}>
            {t('formats.add')}
          </Button>
        }
      />
      <Stack>
        {own.length === 0 ? (
          <EmptyState
            icon={<IconPrinter size={22} />}
            title={t('formats.none')}
            description={t('formats.noneText')}
          />
        ) : (
          <Panel flush title={t('formats.own')}>
            <FormatsTable
              label={t('formats.own')}
              formats={own}
              onEdit={setEdited}
              onDelete={setDoomed}
            />
          </Panel>
        )}
        <Panel flush title={t('formats.builtIn')}>
          <FormatsTable
            label={t('formats.builtIn')}
            formats={formats.filter(({ id }) => id === null)}
          />
        </Panel>
      </Stack>
      {edited && <FormatEditor edited={edited} onClose={() => setEdited(null)} />}
      <ConfirmDelete doomed={doomed} onClose={() => setDoomed(null)} />
    </Page>
  )
}

type TableProps = {
  label: string
  formats: readonly LabelFormat[]
  onEdit?: (format: LabelFormat) => void
  onDelete?: (format: LabelFormat) => void
}

function FormatsTable({ label, formats, onEdit, onDelete }: TableProps) {
  const { t } = useTranslation('labels')
  const { integer } = useFormat()
  const millimetres = useMillimetres()
  const actions = (format: LabelFormat) => (
    <Group gap={2} wrap="nowrap" justify="flex-end">
      <Act
        label={t('formats.edit')}
        name={format.name}
        icon={<IconPencil size={17} />}
        onClick={() => onEdit?.(format)}
      />
      <Act
        label={t('formats.delete')}
        name={format.name}
        icon={<IconTrash size={17} />}
        onClick={() => onDelete?.(format)}
      />
    </Group>
  )
  return (
    <SimpleTable
      label={label}
      rows={formats}
      keyOf={({ key }) => key}
      rowHeader
      columns={[
        { key: 'name', header: t('formats.name'), cell: ({ name }) => name },
        {
          key: 'size',
          header: t('formats.size'),
          cell: ({ labelWidth, labelHeight }) =>
            `${millimetres(labelWidth)} × ${millimetres(labelHeight)} mm`,
        },
        {
          key: 'perPage',
          header: t('formats.perPage'),
          cell: (format) => integer(perPage(format)),
          numeric: true,
        },
        ...(onEdit
          ? [{ key: 'actions', header: t('formats.actions'), cell: actions, numeric: true }]
          : []),
      ]}
    />
  )
}

type ActProps = { label: string; name: string; icon: React.ReactNode; onClick: () => void }

function Act({ label, name, icon, onClick }: ActProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={`${label}: ${name}`} onClick={onClick}>
        {icon}
      </ActionIcon>
    </Tooltip>
  )
}

function ConfirmDelete({ doomed, onClose }: { doomed: LabelFormat | null; onClose: () => void }) {
  const { t } = useTranslation('labels')
  const client = useQueryClient()
  const problemText = useProblemText()
  const remove = useMutation({
    mutationFn: (id: number) => call(deleteLabelFormat, { id }),
    onSuccess: () => client.invalidateQueries({ queryKey: formatsKey }),
    onError: (error) => notifications.show({ color: 'red', message: problemText(error) }),
    onSettled: onClose,
  })
  return (
    <Modal
      opened={doomed !== null}
      onClose={onClose}
      title={t('formats.deleteTitle', { name: doomed?.name ?? '' })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Text size="sm">{t('formats.deleteText')}</Text>
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button
          color="red"
          loading={remove.isPending}
          onClick={() => doomed?.id && remove.mutate(doomed.id)}
        >
          {t('formats.delete')}
        </Button>
      </Group>
    </Modal>
  )
}
