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
import { useBytes } from '../../../platform/bytes.ts'
import { addressFor, call } from '../../../platform/call.ts'
import { useFormat } from '../../../platform/format.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { upload } from '../../../platform/upload.ts'
import { FileList } from '../../../ui/file-list.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { useMay } from '../../access/session.ts'
import { partyKey, useRefreshParty } from './use-card.ts'

/** Files of the customer's own; those of an activity are with the activity. */
export function FilesPanel({ party }: { party: Party }) {
  const { t } = useTranslation('parties')
  const { instant } = useFormat()
  const bytes = useBytes()
  const problemText = useProblemText()
  const { files, add, remove, error } = useFiles(party.id)
  return (
    <Panel title={t('files.title')}>
      <FileList
        label={t('files.title')}
        hidesLabel
        files={files.map(({ authorName, at, ...file }) => ({
          ...file,
          href: addressFor(downloadPartyFile, { id: party.id, fileId: file.id }),
          about: [authorName, instant(at)].join(' · '),
        }))}
        empty={t('files.none', { size: bytes(largestPartyFile) })}
        readOnly={party.deletedAt !== null}
        may={useMay('customers.write')}
        onAdd={add.mutate}
        addLabel={t('files.attach')}
        adding={add.isPending}
        onRemove={remove.mutate}
        removeLabel={(name) => t('files.detach', { name })}
        error={error && problemText(error)}
      />
    </Panel>
  )
}

function useFiles(id: number) {
  const refresh = useRefreshParty(id)
  const { data: files = [], error: loading } = useQuery({
    queryKey: [...partyKey(id), 'files'],
    queryFn: ({ signal }) => call(listPartyFiles, { id }, signal),
  })
  const onSuccess = () => refresh()
  const add = useMutation({
    mutationFn: (file: File) => upload(attachPartyFile, { id, name: file.name }, file),
    onSuccess,
  })
  const remove = useMutation({
    mutationFn: (fileId: string) => call(detachPartyFile, { id, fileId }),
    onSuccess,
  })
  return { files, add, remove, error: loading ?? add.error ?? remove.error }
}
