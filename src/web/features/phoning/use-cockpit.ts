/** The loop of an agent: a person, the questionnaire, the result, the next person (D-75, D-76). */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useReducer, useRef } from 'react'
import * as api from '#core/phoning/api.ts'
import type { Appointment, PersonOnCall } from '#core/phoning/call.ts'
import type { AnswerValue } from '#core/questionnaires/answer.ts'
import { CallError, call } from '../../platform/call.ts'
import { useActor } from '../access/session.ts'
import { type Answer, type Event, type Phase, reduce, type State, start } from './cockpit-state.ts'
import { flush, send, waitingAnswers } from './outbox.ts'

export type Ending = {
  status: string
  callbackAt: string | null
  appointment: Appointment | null
  note: string
  refused: boolean
}

type Wish = {
  stepId: number
  /** Only these people; everybody when empty. */
  among: readonly number[]
  /** Whom to begin with. */
  take: number | undefined
  /** A result that can still be taken back. */
  onFinished: (person: PersonOnCall) => void
}

type Desk = {
  stepId: number
  userId: string
  state: State
  tell: (event: Event) => void
  show: (person: PersonOnCall, phase?: Phase) => Promise<void>
}

export function useCockpit(wish: Wish) {
  const { stepId } = wish
  const [state, tell] = useReducer(reduce, start)
  const userId = useActor()?.id ?? ''
  const show = useCallback(
    async (person: PersonOnCall, phase?: Phase) => {
      const waiting = await waitingAnswers(stepId, person.partyId)
      tell({ kind: 'show', person, waiting, ...(phase ? { phase } : {}) })
    },
    [stepId],
  )
  const desk = { stepId, userId, state, tell, show }
  const queue = useQuery({
    queryKey: ['calls', stepId, 'queue'],
    queryFn: ({ signal }) => call(api.getQueue, { id: stepId }, signal),
    refetchInterval: 60_000,
  })
  const taking = useTaking(desk, wish)
  const answering = useAnswering(desk)
  const { openCall, finish } = useCalling(desk, wish, () => taking.next.mutate())
  const stop = useMutation({
    mutationFn: () => call(api.stopCalls, { id: stepId }),
    onSuccess: () => tell({ kind: 'stopped' }),
  })
  useHeartbeat(stepId, state)
  const all = [finish, answering.save, openCall, taking.takeAgain, stop, taking.next]
  return {
    ...state,
    ...taking,
    queue: queue.data,
    answer: answering.answer,
    openCall,
    finish,
    stop,
    setPhase: (phase: Phase) => tell({ kind: 'phase', phase }),
    undo: async (partyId: number) =>
      show(await call(api.undoCall, { id: stepId, partyId }), 'result'),
    error: all.find(({ error }) => error)?.error,
  }
}
export type Cockpit = ReturnType<typeof useCockpit>

/** Who comes to the screen: the next, one who was there before, whoever is on lease when the page opens. */
function useTaking({ stepId, userId, tell, show }: Desk, { among, take }: Wish) {
  const client = useQueryClient()
  const next = useMutation({
    networkMode: 'always',
    retry: (_, error) => error instanceof CallError && error.status === 0,
    retryDelay: 3_000,
    mutationFn: async () => {
      tell({ kind: 'loading' })
      await flush(userId)
      for (;;) {
        const found = await call(api.nextPerson, { id: stepId, among: [...among] })
        if (found.person) return show(found.person)
        if (!found.hasMore) return tell({ kind: 'nobody', obstacles: found.obstacles })
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['calls', stepId] }),
  })
  const takeAgain = useMutation({
    mutationFn: async (partyId: number) =>
      show(await call(api.takePerson, { id: stepId, partyId })),
  })
  const begun = useRef(false)
  useEffect(() => {
    if (begun.current || userId === '') return
    begun.current = true
    if (take === undefined) next.mutate()
    else takeAgain.mutate(take, { onError: () => next.mutate() })
  })
  return { next, takeAgain }
}

/** Each answer as it is given: on the screen at once, on its way behind those before it. */
function useAnswering({ stepId, userId, state, tell }: Desk) {
  const partyId = state.person?.partyId ?? 0
  const save = useMutation({
    networkMode: 'always',
    mutationFn: async (answer: Answer) => {
      const input = { id: stepId, partyId, answers: [answer], key: crypto.randomUUID() }
      const sent = await send({ kind: 'answers', userId, input })
      if (sent.state === 'refused') throw sent.error
      if (sent.state === 'sent' && sent.problems.length > 0)
        tell({ kind: 'problems', problems: sent.problems })
    },
  })
  const answer = (questionId: number, value: AnswerValue | null) => {
    tell({ kind: 'answer', answer: { questionId, value } })
    save.mutate({ questionId, value })
  }
  return { save, answer }
}

function useCalling(
  { stepId, userId, state, tell, show }: Desk,
  { among, onFinished }: Wish,
  onNext: () => void,
) {
  const { person } = state
  const partyId = person?.partyId ?? 0
  const prefetch = useMutation({
    mutationFn: (holding: number) =>
      call(api.nextPerson, { id: stepId, holding, among: [...among] }),
    onSuccess: (found) => tell({ kind: 'ahead', person: found.person }),
  })
  const openCall = useMutation({
    mutationFn: (number: string) => call(api.openCall, { id: stepId, partyId, number }),
    onSuccess: async (open) => {
      await show(open, 'call')
      prefetch.mutate(open.partyId)
    },
  })
  const finish = useMutation({
    networkMode: 'always',
    mutationFn: async (ending: Ending) => {
      const input = { id: stepId, partyId, ...ending, answers: [], key: crypto.randomUUID() }
      const sent = await send({ kind: 'finish', userId, input })
      if (sent.state === 'refused') throw sent.error
      return sent
    },
    onSuccess: (sent) => {
      if (sent.state === 'sent' && sent.problems.length > 0)
        return tell({ kind: 'problems', problems: sent.problems })
      if (sent.state === 'sent' && sent.undoUntil !== null && person) onFinished(person)
      onNext()
    },
  })
  return { openCall, finish }
}

const heartbeatMs = 120_000

/** The leases live as long as the page is open. */
function useHeartbeat(stepId: number, { person, ahead }: State): void {
  const held = [person?.partyId, ahead?.partyId].filter((id) => id !== undefined).join(' ')
  useEffect(() => {
    if (held === '') return
    const partyIds = held.split(' ').map(Number)
    const beat = () => void call(api.keepLease, { id: stepId, partyIds }).catch(() => undefined)
    const timer = setInterval(beat, heartbeatMs)
    return () => clearInterval(timer)
  }, [stepId, held])
}
