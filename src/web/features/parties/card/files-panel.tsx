import { ActionIcon, Anchor, Button, FileButton, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconFile, IconPaperclip, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import {
  attachPartyFile,
  detachPartyFile,
  downloadPartyFile,
  largestPartyFile,
  listPartyFiles,
} from '#core/parties/files-api.ts'
import type { Party } from '#core/parties/party.ts'
import { addressFor, CallError, call, readProblem } from '../../../platform/call.ts'
import { useFormat } from '../../../platform/format.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { MayTip } from '../../../ui/may-tip.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { useMay } from '../../access/session.ts'
import classes from '../parties.module.css'
import { partyKey, useRefreshParty } from './use-card.ts'

/** Files of the customer's own; those of an activity are with the activity. */
export function FilesPanel({ party }: { party: Party }) {
  const { t } = useTranslation('parties')
  const { integer, instant } = useFormat()
  const may = useMay('customers.write') && party.deletedAt === null
  const { files, upload, remove } = useFiles(party.id)
  return (
    <Panel
      title={t('files.title')}
      actions={
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
                  {t('files.attach')}
                </Button>
              )}
            </MayTip>
          )}
        </FileButton>
      }
    >
      {files.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('files.none', { megabytes: largestPartyFile / 2 ** 20 })}
        </Text>
      )}
      <ul className={classes.files} aria-label={t('files.title')}>
        {files.map(({ id: fileId, name, size, authorName, at }) => (
          <li key={fileId}>
            <IconFile size={16} aria-hidden />
            <div className={classes.fileText}>
              <Anchor
                size="sm"
                href={addressFor(downloadPartyFile, { id: party.id, fileId })}
                download
              >
                {name}
              </Anchor>
              <p className={classes.meta}>
                {[
                  t('files.kilobytes', { n: integer(Math.max(1, Math.round(size / 1_024))) }),
                  authorName,
                  instant(at),
                ].join(' · ')}
              </p>
            </div>
            {may && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('files.detach', { name })}
                onClick={() => remove.mutate(fileId)}
              >
                <IconTrash size={16} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function useFiles(id: number) {
  const refresh = useRefreshParty(id)
  const problemText = useProblemText()
  const { data: files = [] } = useQuery({
    queryKey: [...partyKey(id), 'files'],
    queryFn: ({ signal }) => call(listPartyFiles, { id }, signal),
  })
  const after = {
    onSuccess: () => refresh(),
    onError: (error: Error) => notifications.show({ color: 'red', message: problemText(error) }),
  }
  const upload = useMutation({
    mutationFn: async (file: File) => {
      const address = addressFor(attachPartyFile, { id, name: file.name })
      const response = await fetch(address, { method: 'POST', body: file })
      if (!response.ok) throw new CallError(response.status, await readProblem(response))
    },
    ...after,
  })
  const remove = useMutation({
    mutationFn: (fileId: string) => call(detachPartyFile, { id, fileId }),
    ...after,
  })
  return { files, upload, remove }
}
