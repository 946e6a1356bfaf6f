import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconBookmarkPlus } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createTemplate } from '#core/content/api.ts'
import type { ContentBody } from '#core/content/content.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { MayTip } from '../../ui/may-tip.tsx'
import { useMay } from '../access/session.ts'
import { templatesKey } from './use-templates.ts'

/** Keeps the message as it stands under a name. */
export function SaveTemplate({ body }: { body: ContentBody }) {
  const { t } = useTranslation('content')
  const may = useMay('mailings.write')
  const client = useQueryClient()
  const problemText = useProblemText()
  const [name, setName] = useState<string | null>(null)
  const save = useMutation({
    mutationFn: (draft: string) => call(createTemplate, { name: draft, body }),
    onSuccess: async () => {
      setName(null)
      notifications.show({ message: t('templates.saved') })
      await client.invalidateQueries({ queryKey: templatesKey })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name?.trim()) save.mutate(name.trim())
  }
  return (
    <>
      <MayTip may={may}>
        {(state) => (
          <Button
            {...state}
            size="compact-sm"
            variant="subtle"
            leftSection={<IconBookmarkPlus size={14} />}
            onClick={() => {
              save.reset()
              setName(body.channel === 'email' ? body.subject.slice(0, 120) : '')
            }}
          >
            {t('templates.keep')}
          </Button>
        )}
      </MayTip>
      <Modal
        opened={name !== null}
        onClose={() => setName(null)}
        title={t('templates.keep')}
        closeButtonProps={{ 'aria-label': t('templates.close') }}
      >
        <form onSubmit={submit}>
          <Stack>
            <TextInput
              data-autofocus
              required
              maxLength={120}
              label={t('templates.name')}
              description={t('templates.nameHelp')}
              value={name ?? ''}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <FieldError>{save.error ? problemText(save.error) : undefined}</FieldError>
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={() => setName(null)}>
                {t('templates.cancel')}
              </Button>
              <Button type="submit" loading={save.isPending}>
                {t('templates.save')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  )
}
