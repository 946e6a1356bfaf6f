import { ActionIcon, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { IconCheck, IconPencil, IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { deleteTemplate, type MessageTemplate, renameTemplate } from '#core/content/api.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { templatesKey, useTemplates } from './use-templates.ts'

/** The kept messages: rename, delete. */
export function TemplatesDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('content')
  const templates = useTemplates()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('templates.title')}
      closeButtonProps={{ 'aria-label': t('templates.close') }}
    >
      {templates.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('templates.none')}
        </Text>
      ) : (
        <Stack gap="sm">
          {templates.map((template) => (
            <Line key={template.id} template={template} />
          ))}
        </Stack>
      )}
    </Modal>
  )
}

function Line({ template }: { template: MessageTemplate }) {
  const { t } = useTranslation('content')
  const { instant } = useFormat()
  const client = useQueryClient()
  const problemText = useProblemText()
  const [name, setName] = useState<string | null>(null)
  const [doomed, setDoomed] = useState(false)
  const onSuccess = async () => {
    setName(null)
    await client.invalidateQueries({ queryKey: templatesKey })
  }
  const { id } = template
  const rename = useMutation({
    mutationFn: (next: string) => call(renameTemplate, { id, name: next }),
    onSuccess,
  })
  const remove = useMutation({ mutationFn: () => call(deleteTemplate, { id }), onSuccess })
  const error = rename.error ?? remove.error
  return (
    <section aria-label={template.name}>
      <Group wrap="nowrap" gap="xs" justify="space-between">
        {name === null ? (
          <div>
            <Text size="sm" fw={600}>
              {template.name}
            </Text>
            <Text size="xs" c="dimmed">
              {t(`templates.channels.${template.body.channel}`)} · {template.createdByName} ·{' '}
              {instant(template.createdAt)}
            </Text>
          </div>
        ) : (
          <TextInput
            flex={1}
            data-autofocus
            maxLength={120}
            aria-label={t('templates.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Enter' && name.trim() && rename.mutate(name)}
          />
        )}
        <Group gap={2} wrap="nowrap">
          <ActionIcon
            variant="subtle"
            color="gray"
            disabled={name !== null && name.trim() === ''}
            aria-label={t(name === null ? 'templates.rename' : 'templates.saveName', {
              name: template.name,
            })}
            onClick={() => (name === null ? setName(template.name) : rename.mutate(name))}
          >
            {name === null ? <IconPencil size={17} /> : <IconCheck size={17} />}
          </ActionIcon>
          {doomed ? (
            <Button
              size="compact-sm"
              color="red"
              loading={remove.isPending}
              onClick={() => remove.mutate()}
            >
              {t('templates.deleteNow')}
            </Button>
          ) : (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('templates.delete', { name: template.name })}
              onClick={() => setDoomed(true)}
            >
              <IconTrash size={17} />
            </ActionIcon>
          )}
        </Group>
      </Group>
      <FieldError>{error ? problemText(error) : undefined}</FieldError>
    </section>
  )
}
