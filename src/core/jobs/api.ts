import { z } from 'zod'
import { Done, endpoint } from '../kernel/endpoint.ts'
import { Id } from '../kernel/values.ts'
import { JobView } from './job.ts'

export const listJobs = endpoint('GET', '/api/jobs', {
  may: 'signed-in',
  summary: 'Own jobs of the last day, latest first; everyone’s for who may manage settings',
  input: z.object({}),
  output: z.array(JobView),
})

export const getJob = endpoint('GET', '/api/jobs/:id', {
  may: 'signed-in',
  summary: 'One job',
  input: z.object({ id: Id }),
  output: JobView,
})

export const cancelJob = endpoint('POST', '/api/jobs/:id/cancel', {
  may: 'signed-in',
  summary: 'Ask a job to stop; what is done stays unless the job says otherwise',
  input: z.object({ id: Id }),
  output: Done,
})
