import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import type { JobView } from '#core/jobs/job.ts'
import * as api from '#core/targets/api.ts'
import { type TargetFilter, type TargetPeople, undoSeconds } from '#core/targets/target.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { useUndoToast } from '../../ui/undo-toast.tsx'
import { useJob, useJobEnds } from '../jobs/use-jobs.ts'

export const targetsKey = (stepId: number) => ['targets', stepId] as const

/** Whom the table shows; kept in the address. */
export const TargetsAddress = z.object({
  find: z.coerce.string().catch('').default(''),
  stands: z.string().optional().catch(undefined),
  linked: z.enum(['yes', 'no']).optional().catch(undefined),
  batch: z.coerce.number().int().positive().optional().catch(undefined),
})
export type TargetsAddress = z.infer<typeof TargetsAddress>

export function filterOf({ find, stands, linked, batch }: TargetsAddress): TargetFilter {
  return {
    ...(find === '' ? {} : { search: find }),
    ...(stands ? { status: stands } : {}),
    ...(linked ? { linked } : {}),
    ...(batch ? { batch } : {}),
  }
}

/** The table, the counts and the operation around them, after any change of people. */
export function useRefreshTargets() {
  const client = useQueryClient()
  return useCallback(
    () =>
      Promise.all(
        [['targets'], ['operations', 'one']].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
    [client],
  )
}

export type TargetChange =
  | { kind: 'status'; people: TargetPeople; status: string }
  | { kind: 'link'; people: TargetPeople; linked: boolean }
  | { kind: 'remove'; people: TargetPeople }

/** Changes of people, with the offer to take them back; large ones as a job that is followed. */
export function useTargetChanges(stepId: number) {
  const { t } = useTranslation('targets')
  const problemText = useProblemText()
  const refresh = useRefreshTargets()
  const report = useReport(stepId, refresh)
  const [jobId, setJobId] = useState<number | null>(null)
  const job = useJob(jobId)
  const ended = (over: JobView) => {
    void refresh()
    setJobId(null)
    const failed = over.state === 'failed'
    notifications.show({
      message: t(failed ? 'change.failed' : 'change.jobDone'),
      ...(failed ? { color: 'red' } : {}),
    })
  }
  useJobEnds(job ? [job] : [], ended)
  const change = useMutation({
    mutationFn: (wanted: TargetChange) => send(stepId, wanted),
    onSuccess: async (made, wanted) => {
      await refresh()
      if (made.jobId !== null) return setJobId(made.jobId)
      report(wanted, made)
    },
    onError: (error) => notifications.show({ color: 'red', message: problemText(error) }),
  })
  return {
    change: change.mutate,
    busy: change.isPending,
    job: job && (job.state === 'queued' || job.state === 'running') ? job : undefined,
  }
}

type Made = Awaited<ReturnType<typeof send>>

async function send(id: number, wanted: TargetChange) {
  const { people } = wanted
  switch (wanted.kind) {
    case 'status': {
      const made = await call(api.setTargetStatus, { id, people, status: wanted.status })
      return { ...made, kept: 0 }
    }
    case 'link': {
      const made = await call(api.linkTargets, { id, people, linked: wanted.linked })
      return { ...made, kept: 0, before: [] }
    }
    default:
      return { ...(await call(api.removeTargets, { id, people })), before: [] }
  }
}

/** Says what was done and how to take it back. */
function useReport(stepId: number, refresh: () => Promise<unknown>) {
  const { t } = useTranslation('targets')
  const { integer } = useFormat()
  const toast = useUndoToast()
  return (wanted: TargetChange, { changed, before, kept }: Made) => {
    const count = changed ?? 0
    const key = wanted.kind === 'link' && !wanted.linked ? 'unlink' : wanted.kind
    const message = [
      t(`change.done.${key}`, { count, n: integer(count) }),
      kept > 0 ? t('change.kept', { count: kept, n: integer(kept) }) : '',
    ]
      .filter(Boolean)
      .join(' ')
    const undo = undoOf(stepId, wanted, before)
    if (!undo || count === 0) return notifications.show({ message })
    return toast({
      message,
      undo: async () => {
        const stayed = await undo()
        if (stayed > 0) {
          notifications.show({ message: t('change.stayed', { count: stayed, n: integer(stayed) }) })
        }
        await refresh()
      },
      forMs: undoSeconds * 1_000,
    })
  }
}

/** Says how many stay in a following step where the status taken back had let them in. */
function undoOf(
  id: number,
  wanted: TargetChange,
  before: Made['before'],
): (() => Promise<number>) | undefined {
  if (wanted.kind === 'link' && 'partyIds' in wanted.people) {
    const { people, linked } = wanted
    return async () => {
      await call(api.linkTargets, { id, people, linked: !linked })
      return 0
    }
  }
  if (wanted.kind !== 'status' || before.length === 0) return undefined
  return async () => {
    const { status } = wanted
    return (await call(api.restoreTargetStatus, { id, status, before })).onward.stayed
  }
}
