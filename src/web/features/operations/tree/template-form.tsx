import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listOperations } from '#core/operations/api.ts'
import { keyOf, type TreeKey } from '#core/operations/tree.ts'
import { call } from '../../../platform/call.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { DateTimeField } from '../../../ui/date-time-field.tsx'
import { FieldError } from '../../../ui/field-error.tsx'
import { copyOperation } from './copy-operation.ts'
import { useRefreshTree } from './tree-data.ts'

type Props = { inside: number | null; onClose: () => void; onDone: (key: TreeKey) => void }

/** An operation begun as a copy of one that is marked as a template. */
export function TemplateForm({ inside, onClose, onDone }: Props) {
  const { t } = useTranslation('operations')
  const problemText = useProblemText()
  const refresh = useRefreshTree()
  const [from, setFrom] = useState<string | null>(null)
  const [label, setLabel] = useState('')
  const [begins, setBegins] = useState<string | null>(null)
  const { data } = useQuery({
    queryKey: ['operations', 'list', 'templates'],
    queryFn: ({ signal }) => call(listOperations, { template: 'yes', limit: 500 }, signal),
  })
  const create = useMutation({
    mutationFn: () => copyOperation(Number(from), { code: '', label, folderId: inside }, begins),
    onSuccess: async ({ id }) => {
      await refresh()
      onClose()
      onDone(keyOf('operation', id))
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    create.mutate()
  }
  const templates = data?.rows ?? []
  if (data && templates.length === 0) return <Text size="sm">{t('tree.dialog.noTemplate')}</Text>
  return (
    <form onSubmit={submit}>
      <Stack>
        <Select
          data-autofocus
          label={t('tree.dialog.templateLabel')}
          data={templates.map((template) => ({
            value: String(template.id),
            label: template.label,
          }))}
          value={from}
          onChange={(value) => {
            setFrom(value)
            const chosen = templates.find(({ id }) => String(id) === value)
            if (label === '') setLabel(chosen?.label ?? '')
          }}
          searchable
          limit={100}
          required
        />
        <TextInput
          label={t('tree.dialog.label')}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
          maxLength={200}
          required
        />
        <DateTimeField
          label={t('load.begins')}
          description={t('load.beginsHelp')}
          value={begins}
          onChange={setBegins}
        />
        {create.isError && <FieldError>{problemText(create.error)}</FieldError>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('tree.dialog.cancel')}
          </Button>
          <Button
            type="submit"
            disabled={from === null || label.trim() === ''}
            loading={create.isPending}
          >
            {t('tree.dialog.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
