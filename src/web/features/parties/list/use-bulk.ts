import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getJob } from '#core/jobs/api.ts'
import type { JobView } from '#core/jobs/job.ts'
import type { BulkAction } from '#core/parties/bulk.ts'
import type { PartySelection } from '#core/parties/list.ts'
import { bulkParties, undoBulk } from '#core/parties/list-api.ts'
import { call } from '../../../platform/call.ts'
import { useFormat } from '../../../platform/format.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { useUndoToast } from '../../../ui/undo-toast.tsx'
import { useJob, useJobEnds } from '../../jobs/use-jobs.ts'

type Order = { selection: PartySelection; action: BulkAction }

/** Starts bulk work, follows its job, and offers to take it back when it is over. */
export function useBulk(onStarted: () => void) {
  const { t } = useTranslation('parties')
  const client = useQueryClient()
  const format = useFormat()
  const problemText = useProblemText()
  const toast = useUndoToast()
  const [jobId, setJobId] = useState<number | null>(null)
  const job = useJob(jobId)
  const refresh = useCallback(
    () =>
      Promise.all(
        ['parties', 'party', 'party-catalogue'].map((key) =>
          client.invalidateQueries({ queryKey: [key] }),
        ),
      ),
    [client],
  )
  const order = useMutation({
    mutationFn: (input: Order) => call(bulkParties, input),
    onSuccess: (started) => {
      setJobId(started.jobId)
      onStarted()
    },
    onError: (error) => notifications.show({ color: 'red', message: problemText(error) }),
  })
  const ended = (over: JobView) => {
    void refresh()
    if (over.state === 'failed') {
      notifications.show({ color: 'red', message: t('bulk.failed') })
      return
    }
    const count = Number(over.result?.changed ?? 0)
    toast({
      message: t('bulk.done', { count, n: format.integer(count) }),
      undo: async () => {
        const { jobId: undoing } = await call(undoBulk, { jobId: over.id })
        setJobId(null)
        await settled(undoing)
        await refresh()
      },
    })
    setJobId(null)
  }
  useJobEnds(job ? [job] : [], ended)
  return {
    order,
    job: job && (job.state === 'queued' || job.state === 'running') ? job : undefined,
  }
}

/** Resolves when the job is over. */
async function settled(jobId: number): Promise<void> {
  for (;;) {
    const { state } = await call(getJob, { id: jobId })
    if (state !== 'queued' && state !== 'running') return
    await new Promise((resolve) => setTimeout(resolve, 400))
  }
}
