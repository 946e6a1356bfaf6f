import { Anchor, Badge, Text } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ActivityView } from '#core/activities/activity.ts'
import {
  attachFile,
  detachFile,
  downloadAttachment,
  downloadMessageCopy,
  largestAttachment,
} from '#core/activities/api.ts'
import { useBytes } from '../../platform/bytes.ts'
import { addressFor, call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { upload } from '../../platform/upload.ts'
import { FileList } from '../../ui/file-list.tsx'
import { useMay } from '../access/session.ts'
import classes from './activities.module.css'
import { useKeepActivity } from './activity-data.ts'

/** Messages as they left, and files that people add. */
export function ActivityAttachments({ activity }: { activity: ActivityView }) {
  const { t } = useTranslation('activities')
  const bytes = useBytes()
  const problemText = useProblemText()
  const { add, remove } = useFiles(activity.id)
  const { id, attachments, messages } = activity
  const error = add.error ?? remove.error
  return (
    <div className={classes.attachments}>
      <FileList
        label={t('files')}
        above={
          <ul className={classes.files}>
            {messages.map((message) => (
              <Message key={message.id} id={id} message={message} />
            ))}
          </ul>
        }
        files={attachments.map((file) => ({
          ...file,
          href: addressFor(downloadAttachment, { id, fileId: file.id }),
        }))}
        empty={messages.length === 0 ? t('noFiles', { size: bytes(largestAttachment) }) : null}
        readOnly={false}
        may={useMay('activities.write')}
        onAdd={add.mutate}
        addLabel={t('attach')}
        adding={add.isPending}
        onRemove={remove.mutate}
        removeLabel={(name) => t('detach', { name })}
        error={error && problemText(error)}
      />
    </div>
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
  const onSuccess = useKeepActivity()
  const add = useMutation({
    mutationFn: (file: File) => upload(attachFile, { id, name: file.name }, file),
    onSuccess,
  })
  const remove = useMutation({
    mutationFn: (fileId: string) => call(detachFile, { id, fileId }),
    onSuccess,
  })
  return { add, remove }
}
