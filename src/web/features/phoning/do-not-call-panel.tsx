import { ActionIcon, Button, FileButton, Group, Modal, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconTrash, IconUpload } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  addDoNotCall,
  type DoNotCallList,
  deleteDoNotCall,
  importDoNotCall,
  listDoNotCall,
} from '#core/phoning/do-not-call-api.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { upload } from '../../platform/upload.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { Panel } from '../../ui/panel.tsx'
import { SimpleTable } from '../../ui/simple-table.tsx'
import classes from './phoning.module.css'

const key = ['calls', 'do-not-call']

const labelOf = (file: File) => file.name.replace(/\.[^.]+$/, '').slice(0, 120)

export function DoNotCallPanel() {
  const { t } = useTranslation('phoning')
  const { integer } = useFormat()
  const problemText = useProblemText()
  const client = useQueryClient()
  const refresh = () => client.invalidateQueries({ queryKey: key })
  const { data } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call(listDoNotCall, {}, signal),
  })
  const bring = useMutation({
    mutationFn: (file: File) =>
      upload(importDoNotCall, { label: labelOf(file), fileName: file.name }, file),
    onSuccess: async ({ list: { numbers } }) => {
      await refresh()
      const message = t('settings.imported', { count: numbers, n: integer(numbers) })
      notifications.show({ message })
    },
  })
  return (
    <Panel
      title={t('settings.lists')}
      actions={
        <FileButton accept=".csv,.txt,.xlsx" onChange={(file) => file && bring.mutate(file)}>
          {(props) => (
            <Button
              {...props}
              size="xs"
              variant="default"
              loading={bring.isPending}
              leftSection={<IconUpload size={15} />}
            >
              {t('settings.import')}
            </Button>
          )}
        </FileButton>
      }
    >
      <Text size="sm" c="dimmed" mb="sm">
        {t('settings.listsText')}
      </Text>
      <FieldError>{bring.error && problemText(bring.error)}</FieldError>
      {data && data.length > 0 ? (
        <Lists lists={data} onChanged={refresh} />
      ) : (
        <Text size="sm">{t('settings.noLists')}</Text>
      )}
      <AddNumber onAdded={refresh} />
    </Panel>
  )
}

type ListsProps = { lists: readonly DoNotCallList[]; onChanged: () => Promise<unknown> }

function Lists({ lists, onChanged }: ListsProps) {
  const { t } = useTranslation('phoning')
  const { integer, instant } = useFormat()
  const [doomed, setDoomed] = useState<DoNotCallList | null>(null)
  const remove = useMutation({
    mutationFn: (id: number) => call(deleteDoNotCall, { id }),
    onSuccess: async () => {
      setDoomed(null)
      await onChanged()
    },
  })
  const nameOf = ({ kind, label }: DoNotCallList) => (kind === 'own' ? t('settings.own') : label)
  return (
    <>
      <SimpleTable
        label={t('settings.lists')}
        rowHeader
        rows={lists}
        keyOf={({ id }) => id}
        columns={[
          { key: 'label', header: t('settings.list'), cell: nameOf },
          {
            key: 'numbers',
            header: t('settings.numbers'),
            numeric: true,
            cell: ({ numbers }) => integer(numbers),
          },
          {
            key: 'at',
            header: t('settings.addedOn'),
            cell: ({ createdAt }) => instant(createdAt),
          },
          {
            key: 'delete',
            header: t('settings.delete'),
            cell: (list) => (
              <ActionIcon
                variant="subtle"
                color="red"
                aria-label={t('settings.deleteNamed', { label: nameOf(list) })}
                onClick={() => setDoomed(list)}
              >
                <IconTrash size={17} />
              </ActionIcon>
            ),
          },
        ]}
      />
      <Modal
        opened={doomed !== null}
        onClose={() => setDoomed(null)}
        title={doomed && t('settings.deleteNamed', { label: nameOf(doomed) })}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <Text size="sm">
          {t('settings.deleteText', {
            count: doomed?.numbers ?? 0,
            n: integer(doomed?.numbers ?? 0),
          })}
        </Text>
        <Group justify="flex-end" gap="xs" mt="md">
          <Button variant="default" onClick={() => setDoomed(null)}>
            {t('cancel')}
          </Button>
          <Button
            color="red"
            data-autofocus
            loading={remove.isPending}
            onClick={() => doomed && remove.mutate(doomed.id)}
          >
            {t('settings.delete')}
          </Button>
        </Group>
      </Modal>
    </>
  )
}

function AddNumber({ onAdded }: { onAdded: () => Promise<unknown> }) {
  const { t } = useTranslation('phoning')
  const problemText = useProblemText()
  const [number, setNumber] = useState('')
  const add = useMutation({
    mutationFn: () => call(addDoNotCall, { numbers: [number] }),
    onSuccess: async ({ unread }) => {
      if (unread.length === 0) setNumber('')
      await onAdded()
    },
  })
  const [unread] = add.data?.unread ?? []
  const error = add.error
    ? problemText(add.error)
    : unread && unread === number.trim()
      ? t('settings.unread', { number: unread })
      : undefined
  return (
    <form
      className={classes.addNumber}
      onSubmit={(event) => {
        event.preventDefault()
        if (number.trim() !== '') add.mutate()
      }}
    >
      <TextInput
        type="tel"
        label={t('settings.number')}
        value={number}
        error={error}
        onChange={(event) => setNumber(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={add.isPending}>
        {t('settings.add')}
      </Button>
    </form>
  )
}
