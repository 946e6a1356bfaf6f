import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ActivityAction, ActivitySelection } from '#core/activities/activity.ts'
import { bulkActivities, undoActivityBulk } from '#core/activities/api.ts'
import { getJob } from '#core/jobs/api.ts'
import type { JobView } from '#core/jobs/job.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { useUndoToast } from '../../ui/undo-toast.tsx'
import { useRefreshActivities } from './activity-data.ts'

type Order = { selection: ActivitySelection; action: ActivityAction }

/** Bulk work until its job is over, then the offer to take it back. */
export function useBulk(onDone: () => void) {
  const { t } = useTranslation('activities')
  const format = useFormat()
  const refresh = useRefreshActivities()
  const problemText = useProblemText()
  const toast = useUndoToast()
  const run = async (start: Promise<{ jobId: number }>): Promise<JobView> => {
    const over = await settled((await start).jobId)
    await refresh()
    return over
  }
  return useMutation({
    mutationFn: (order: Order) => run(call(bulkActivities, order)),
    onSuccess: (over) => {
      onDone()
      if (over.state !== 'done') {
        notifications.show({ color: 'red', message: t('bulk.failed') })
        return
      }
      const count = Number(over.result?.changed ?? 0)
      toast({
        message: t('bulk.changed', { count, n: format.integer(count) }),
        undo: async () => {
          await run(call(undoActivityBulk, { jobId: over.id }))
        },
      })
    },
    onError: (error) => notifications.show({ color: 'red', message: problemText(error) }),
  })
}

/** The job once it is over; the tray shows it meanwhile. */
async function settled(jobId: number): Promise<JobView> {
  for (;;) {
    const job = await call(getJob, { id: jobId })
    if (job.state !== 'queued' && job.state !== 'running') return job
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}
