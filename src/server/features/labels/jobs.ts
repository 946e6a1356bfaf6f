import { Locale } from '#core/kernel/values.ts'
import { PrintOrder } from '#core/labels/order.ts'
import { defineJob } from '#platform/jobs/job.ts'
import { makeLabels } from './service.ts'

/** Makes the file anew when it is run again. */
export const printJob = defineJob(
  'labels/print',
  PrintOrder.extend({ locale: Locale }),
  async (order, job) => {
    const { file, labels } = await makeLabels(
      { ...job, now: job.now(), locale: order.locale },
      order,
    )
    return { fileId: file.id, labels }
  },
)
