import { ActionIcon, Anchor, Badge, Button, FileButton, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconFile, IconMail, IconPaperclip, IconTrash } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ActivityView } from '#core/activities/activity.ts'
import {
  attachFile,
  detachFile,
  downloadAttachment,
  downloadMessageCopy,
  largestAttachment,
} from '#core/activities/api.ts'
import { addressFor, CallError, call, readProblem } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { MayTip } from '../../ui/may-tip.tsx'
import { useMay } from '../access/session.ts'
import classes from './activities.module.css'
import { useKeepActivity } from './activity-data.ts'

/** Messages as they left, and files that people add. */
export function ActivityAttachments({ activity }: { activity: ActivityView }) {
  const { t } = useTranslation('activities')
  const { integer } = useFormat()
  const may = useMay('activities.write')
  const { upload, remove } = useFiles(activity.id)
  const { attachments, messages } = activity
  return (
    <section aria-label={t('files')}>
      <Group justify="space-between" mt="lg" mb={6}>
        <Text fw={600} size="sm">
          {t('files')}
        </Text>
        <FileButton onChange={(file) => file && upload.mutate(file)}>
          {(props) => (
            <MayTip may={may}>
              {(state) => (
                <Button
                  {...state}
                  {...props}
                  variant="default"
                  size="compact-sm"
                  loading={upload.isPending}
                  leftSection={<IconPaperclip size={15} />}
                >
                  {t('attach')}
                </Button>
              )}
            </MayTip>
          )}
        </FileButton>
      </Group>
      {attachments.length + messages.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('noFiles', { megabytes: largestAttachment / 2 ** 20 })}
        </Text>
      )}
      <ul className={classes.files}>
        {messages.map((message) => (
          <Message key={message.id} id={activity.id} message={message} />
        ))}
        {attachments.map(({ id: fileId, name, size }) => (
          <li key={fileId}>
            <IconFile size={16} aria-hidden />
            <Anchor
              size="sm"
              href={addressFor(downloadAttachment, { id: activity.id, fileId })}
              download
            >
              {name}
            </Anchor>
            <Text size="xs" c="dimmed">
              {t('kilobytes', { n: integer(Math.max(1, Math.round(size / 1_024))) })}
            </Text>
            {may && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size={26}
                aria-label={t('detach', { name })}
                onClick={() => remove.mutate(fileId)}
              >
                <IconTrash size={15} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

type MessageProps = { id: number; message: ActivityView['messages'][number] }

function Message({ id, message }: MessageProps) {
  const { t } = useTranslation('activities')
  const format = useFormat()
  const { name, at, hasCopy, isRebuilt } = message
  return (
    <li>
      <IconMail size={16} aria-hidden />
      {hasCopy ? (
        <Anchor
          size="sm"
          href={addressFor(downloadMessageCopy, { id, messageId: message.id })}
          download
        >
          {name}
        </Anchor>
      ) : (
        <Text size="sm">{t('sentWithoutCopy', { name })}</Text>
      )}
      {at && (
        <Text size="xs" c="dimmed">
          {format.instant(at)}
        </Text>
      )}
      {isRebuilt && (
        <Badge variant="light" tt="none" size="sm" color="orange">
          {t('rebuilt')}
        </Badge>
      )}
    </li>
  )
}

function useFiles(id: number) {
  const keep = useKeepActivity()
  const problemText = useProblemText()
  const onError = (error: Error) =>
    notifications.show({ color: 'red', message: problemText(error) })
  const upload = useMutation({
    mutationFn: async (file: File) => {
      const address = addressFor(attachFile, { id, name: file.name })
      const response = await fetch(address, {
        method: 'POST',
        body: file,
      })
      if (!response.ok) throw new CallError(response.status, await readProblem(response))
      return ActivityView.parse(await response.json())
    },
    onSuccess: keep,
    onError,
  })
  const remove = useMutation({
    mutationFn: (fileId: string) => call(detachFile, { id, fileId }),
    onSuccess: keep,
    onError,
  })
  return { upload, remove }
}
