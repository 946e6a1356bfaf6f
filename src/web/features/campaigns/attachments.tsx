import { Alert, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import {
  isRisky,
  judgeWeight,
  largestEmail,
  largestStepFile,
  type StepFile,
  weigh,
} from '#core/campaigns/attachment.ts'
import { downloadStepAttachment } from '#core/campaigns/attachments-api.ts'
import { useBytes } from '../../platform/bytes.ts'
import { addressFor } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FileList } from '../../ui/file-list.tsx'
import { attachmentsQuery, useAttachmentChanges } from './attachment-data.ts'

type Props = { stepId: number; readOnly: boolean; mandatory?: boolean; hidesLabel?: boolean }

/** The files that leave with the e-mails of a step, and what they make of them. */
export function Attachments({ stepId, ...list }: Props) {
  const { t } = useTranslation('campaigns')
  const bytes = useBytes()
  const problemText = useProblemText()
  const { data: files = [], error: loading } = useQuery(attachmentsQuery(stepId))
  const { add, remove } = useAttachmentChanges(stepId)
  const error = loading ?? add.error ?? remove.error
  return (
    <Stack gap="xs">
      <FileList
        {...list}
        label={t('attachments.label')}
        files={files.map((file) => ({
          ...file,
          href: addressFor(downloadStepAttachment, { id: stepId, fileId: file.id }),
          isRisky: isRisky(file.name),
        }))}
        empty={t('attachments.none', { size: bytes(largestStepFile) })}
        onAdd={(file) => {
          remove.reset()
          add.mutate(file)
        }}
        addLabel={t('attachments.add')}
        adding={add.isPending}
        onRemove={(fileId) => {
          add.reset()
          remove.mutate(fileId)
        }}
        removeLabel={(name) => t('attachments.remove', { name })}
        error={error && problemText(error)}
      />
      {files.length > 0 && <Load files={files} />}
    </Stack>
  )
}

/** Said while it can still be changed: the launch says it again, with the text and the number of e-mails. */
function Load({ files }: { files: readonly StepFile[] }) {
  const { t } = useTranslation('campaigns')
  const bytes = useBytes()
  const weight = weigh({ attachments: files, messages: [] })
  const { problems, warnings } = judgeWeight(weight)
  const words = { names: weight.risky.join(', '), most: bytes(largestEmail) }
  return (
    <>
      <Text size="xs" c="dimmed">
        {t('attachments.weight', { size: bytes(weight.each) })}
      </Text>
      {problems.map((problem) => (
        <Alert key={problem} color="red" variant="light" icon={<IconCircleX size={18} />}>
          {t(`attachments.${problem}`, words)}
        </Alert>
      ))}
      {warnings.map((warning) => (
        <Alert key={warning} color="yellow" variant="light" icon={<IconAlertTriangle size={18} />}>
          {t(`attachments.${warning}`, words)}
        </Alert>
      ))}
    </>
  )
}
