/**
 * What an agent has entered and the server has not confirmed: kept in the browser's database, sent in order as soon
 * as the server can be reached. Each entry carries a key, so that one that arrives twice counts once.
 */
import { useSyncExternalStore } from 'react'
import { z } from 'zod'
import { finishCall, saveCallAnswers } from '#core/phoning/api.ts'
import type { AnswerProblems } from '#core/questionnaires/questionnaire.ts'
import { CallError, call } from '../../platform/call.ts'
import { callsDatabase } from '../../platform/leave.ts'

const Entry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('answers'), userId: z.string(), input: saveCallAnswers.input }),
  z.object({ kind: z.literal('finish'), userId: z.string(), input: finishCall.input }),
])
export type Entry = z.infer<typeof Entry>

export type Sent =
  | { state: 'sent'; problems: AnswerProblems; undoUntil: string | null }
  /** Kept here until the network is back. */
  | { state: 'waiting' }
  | { state: 'refused'; error: unknown }

const store = 'outbox'

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(callsDatabase, 1)
    request.onupgradeneeded = () =>
      request.result.createObjectStore(store, { keyPath: 'id', autoIncrement: true })
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

async function run<Result>(
  mode: IDBTransactionMode,
  work: (entries: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const database = await open()
  try {
    return await new Promise((resolve, reject) => {
      const request = work(database.transaction(store, mode).objectStore(store))
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  } finally {
    database.close()
  }
}

const Kept = z.object({ id: z.number(), entry: Entry })
type Kept = z.infer<typeof Kept>

async function kept(): Promise<Kept[]> {
  const rows: unknown = await run('readonly', (entries) => entries.getAll())
  return z.array(Kept).parse(rows)
}

let waiting = 0
const listeners = new Set<() => void>()
function tell(count: number): void {
  waiting = count
  for (const listener of listeners) listener()
}

/** How many entries wait for the network. */
export const useWaiting = (): number =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => waiting,
  )

const isOffline = (error: unknown) => error instanceof CallError && error.status === 0

async function post({ kind, input }: Entry): Promise<Sent> {
  try {
    if (kind === 'answers') {
      const { problems } = await call(saveCallAnswers, input)
      return { state: 'sent', problems, undoUntil: null }
    }
    return { state: 'sent', ...(await call(finishCall, input)) }
  } catch (error) {
    return isOffline(error) ? { state: 'waiting' } : { state: 'refused', error }
  }
}

/* One at a time and in order, whoever asks: an answer must not overtake the one before it. */
let line: Promise<unknown> = Promise.resolve()

function inLine<Result>(work: () => Promise<Result>): Promise<Result> {
  const turn = line.then(work, work)
  line = turn.catch(() => undefined)
  return turn
}

/** Sends what waits; gives what became of each entry that is not waiting any more, by its place in the database. */
async function sendKept(userId: string): Promise<Map<number, Sent>> {
  const outcome = new Map<number, Sent>()
  for (const { id, entry } of await kept()) {
    // Of who was here before: it is neither sent in another name nor kept.
    const sent: Sent =
      entry.userId === userId ? await post(entry) : { state: 'refused', error: undefined }
    if (sent.state === 'waiting') break
    await run('readwrite', (entries) => entries.delete(id))
    outcome.set(id, sent)
  }
  tell((await kept()).length)
  return outcome
}

export const flush = (userId: string): Promise<Map<number, Sent>> => inLine(() => sendKept(userId))

/** Keeps the entry, then sends it behind those before it. */
export function send(entry: Entry): Promise<Sent> {
  return inLine(async () => {
    const id = Number(await run('readwrite', (entries) => entries.add({ entry })))
    return (await sendKept(entry.userId)).get(id) ?? { state: 'waiting' }
  })
}

/** Answers of a person that wait here: newer than what the server says. */
export async function waitingAnswers(stepId: number, partyId: number) {
  return (await kept()).flatMap(({ entry }) =>
    entry.input.id === stepId && entry.input.partyId === partyId ? entry.input.answers : [],
  )
}
