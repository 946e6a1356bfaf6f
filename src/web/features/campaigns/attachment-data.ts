import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { StepFile } from '#core/campaigns/attachment.ts'
import * as api from '#core/campaigns/attachments-api.ts'
import { call } from '../../platform/call.ts'
import { upload } from '../../platform/upload.ts'

export const attachmentsQuery = (stepId: number) =>
  queryOptions({
    queryKey: ['step-attachments', stepId],
    queryFn: ({ signal }) => call(api.listStepAttachments, { id: stepId }, signal),
  })

export function useAttachmentChanges(id: number) {
  const client = useQueryClient()
  const onSuccess = (files: StepFile[]) => {
    client.setQueryData(attachmentsQuery(id).queryKey, files)
    // A step of an operation may have to have one.
    void client.invalidateQueries({ queryKey: ['operations', 'one'] })
  }
  const add = useMutation({
    mutationFn: (file: File) => upload(api.addStepAttachment, { id, name: file.name }, file),
    onSuccess,
  })
  const remove = useMutation({
    mutationFn: (fileId: string) => call(api.removeStepAttachment, { id, fileId }),
    onSuccess,
  })
  return { add, remove }
}
