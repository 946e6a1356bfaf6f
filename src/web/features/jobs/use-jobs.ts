import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { cancelJob, getJob, listJobs } from '#core/jobs/api.ts'
import type { JobView } from '#core/jobs/job.ts'
import { call } from '../../platform/call.ts'

const whileRunning = 1_000
const whileIdle = 20_000

export const isActive = ({ state }: JobView) => state === 'queued' || state === 'running'

export const jobsKey = ['jobs'] as const

/** The user's jobs of the last day, looked at every second while one of them runs. */
export function useJobs(): readonly JobView[] {
  const { data = [] } = useQuery({
    queryKey: jobsKey,
    queryFn: ({ signal }) => call(listJobs, {}, signal),
    refetchInterval: (query) => (query.state.data?.some(isActive) ? whileRunning : whileIdle),
    refetchOnWindowFocus: true,
  })
  return data
}

/** One job, followed until it is over; undefined until the first answer. */
export function useJob(id: number | null | undefined): JobView | undefined {
  const { data } = useQuery({
    queryKey: [...jobsKey, id],
    queryFn: ({ signal }) => call(getJob, { id: id ?? 0 }, signal),
    enabled: typeof id === 'number',
    refetchInterval: (query) =>
      query.state.data && !isActive(query.state.data) ? false : whileRunning,
  })
  return data
}

export function useCancelJob(): (id: number) => Promise<void> {
  const client = useQueryClient()
  return async (id) => {
    await call(cancelJob, { id })
    await client.invalidateQueries({ queryKey: jobsKey })
  }
}

/** Looks for new jobs after every change the user makes: one may have started. */
export function useWatchForJobs(): void {
  const client = useQueryClient()
  useEffect(
    () =>
      client.getMutationCache().subscribe((event) => {
        if (event.type === 'updated' && event.action.type === 'success') {
          void client.invalidateQueries({ queryKey: jobsKey, exact: true })
        }
      }),
    [client],
  )
}

/** Runs `onEnd` for each job that was seen running and is over now. */
export function useJobEnds(jobs: readonly JobView[], onEnd: (job: JobView) => void): void {
  const running = useRef(new Set<number>())
  const latest = useRef(onEnd)
  latest.current = onEnd
  useEffect(() => {
    const ended = jobs.filter((job) => !isActive(job) && running.current.has(job.id))
    running.current = new Set(jobs.filter(isActive).map((job) => job.id))
    for (const job of ended) latest.current(job)
  }, [jobs])
}
