/**
 * The sending of one run by one worker: claim a block, look once more who may, hand over, write down.
 * No transaction is open while a relay is talked to; whatever dies in between is in the ledger.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { MergeValues } from '#core/content/template.ts'
import type { Channel } from '#core/delivery/message.ts'
import type { Outcome, RelayTrouble } from '#core/delivery/outcome.ts'
import { retryDelay } from '#core/delivery/retry.ts'
import type { Database } from '#platform/db/database.ts'
import type { Services } from '#platform/http/app.ts'
import type { Carrier } from './carrier.ts'
import * as claims from './claim-queries.ts'
import type { Prepared } from './parcels.ts'
import type { StoredRelay } from './relay-queries.ts'
import * as relays from './relay-queries.ts'
import * as runs from './run-queries.ts'

/** One channel of a run, ready to go. */
export type Line<Parcel> = {
  readonly channel: Channel
  readonly relay: StoredRelay
  readonly carrier: Carrier<Parcel>
  readonly contents: ReadonlyMap<number, Prepared<Parcel>>
  /** Whether openings are measured, of those who agree. */
  readonly measures?: boolean
  readonly copyOf?: (parcel: Parcel) => KeptCopy
  readonly loadValues: (
    partyIds: readonly number[],
    fields: readonly string[],
  ) => Promise<Map<number, MergeValues>>
}

/** A message as it left, made anew: the bytes of `eml`, then those of the file with its attachments. */
export type KeptCopy = { readonly eml: Uint8Array; readonly tailId: string | null }

export type Reached = {
  submitted: readonly claims.Submitted[]
  /** The message as it left but for the image that tells openings. Undefined where there is nothing to keep. */
  copyOf: (messageId: number) => KeptCopy | undefined
  now: Date
}
export type Follow = (db: Database, reached: Reached) => Promise<void>

export type Trip = {
  readonly stepId: number
  readonly worker: string
  readonly signal: AbortSignal
  readonly onSettled?: (count: number) => void
  /** What follows for the people whose messages left, in the transaction that writes it down. */
  readonly follow?: Follow | undefined
}

type Trouble = { readonly reason: RelayTrouble; readonly detail: string }

/** Why a line came to a stop: nothing due, somebody said so, the relay, or its pace. */
export type Stop =
  | { kind: 'drained' }
  | { kind: 'trouble'; trouble: Trouble }
  | { kind: 'throttled'; wait: number }

const blockSize = 250
/** Two blocks take turns: one is with the relay while the other is with the database. */
const turns = 2
/** This many refusals in a row, and nobody accepted, are the relay's doing and not the recipients'. */
const suspicious = 100
/** A shorter wait than this is not worth giving the worker back. */
const shortWait = 2_000

export async function runLine<Parcel>(
  services: Services,
  trip: Trip,
  line: Line<Parcel>,
): Promise<Stop> {
  const state: LineState = { stop: undefined, refusedInARow: 0 }
  const turn = async () => {
    while (!trip.signal.aborted && !state.stop) {
      const more = await sendBlock(services, trip, line, state)
      if (!more) return
    }
  }
  await Promise.all(Array.from({ length: turns }, turn))
  return state.stop ?? { kind: 'drained' }
}

type LineState = { stop: Stop | undefined; refusedInARow: number }

/** False when there is nothing due. */
async function sendBlock<Parcel>(
  services: Services,
  trip: Trip,
  line: Line<Parcel>,
  state: LineState,
): Promise<boolean> {
  const { db, now } = services
  const { relay, channel } = line
  const allowance = await relays.takeAllowance(db, relay, blockSize, now())
  if (allowance.granted === 0) {
    if (allowance.wait > shortWait) state.stop = { kind: 'throttled', wait: allowance.wait }
    else await sleep(allowance.wait, undefined, { signal: trip.signal }).catch(() => {})
    return true
  }
  const order = { stepId: trip.stepId, channel, worker: trip.worker }
  const { taken, seen } = await claims.claim(db, {
    ...order,
    limit: allowance.granted,
    checksTargets: trip.follow !== undefined,
    measures: line.measures ?? false,
    now: now(),
  })
  const leaving = taken.length === 0 ? [] : await makeParcels(db, line, order, taken)
  await relays.returnAllowance(db, relay, allowance.granted - leaving.length)
  if (leaving.length > 0) await handOver(services, trip, line, { leaving, state })
  return seen > 0
}

type Leaving<Parcel> = { claimed: claims.Claimed; parcel: Parcel }

/** Everybody's values first, then the last look, then the parcels: nothing slow lies between it and leaving. */
async function makeParcels<Parcel>(
  db: Database,
  { contents, loadValues }: Line<Parcel>,
  order: Pick<claims.Claim, 'channel' | 'worker'>,
  taken: readonly claims.Claimed[],
): Promise<Leaving<Parcel>[]> {
  const values = new Map<number, MergeValues>()
  for (const [contentId, own] of Map.groupBy(taken, ({ contentId }) => contentId)) {
    const fields = contents.get(contentId)?.fields ?? []
    const loaded = await loadValues(
      own.map(({ partyId }) => partyId),
      fields,
    )
    for (const { id, partyId } of own) values.set(id, loaded.get(partyId) ?? {})
  }
  const ids = taken.map(({ id }) => id)
  const { allowed, measured } = await claims.keepAllowed(db, order, ids)
  return taken.flatMap((claimed) => {
    const { id, contentId, address } = claimed
    const prepared = contents.get(contentId)
    if (!prepared || !allowed.has(id)) return []
    const parcel = prepared.make({
      messageId: id,
      address,
      values: values.get(id) ?? {},
      isMeasured: measured.has(id),
    })
    return [{ claimed, parcel }]
  })
}

async function handOver<Parcel>(
  { db, now }: Services,
  trip: Trip,
  { carrier, copyOf: copy }: Line<Parcel>,
  { leaving, state }: { leaving: Leaving<Parcel>[]; state: LineState },
): Promise<void> {
  const outcomes = await carrier.sendAll(leaving.map(({ parcel }) => parcel))
  const at = now()
  const written = leaving.map(({ claimed }, index) =>
    toWritten(claimed, outcomes[index] ?? lost, at),
  )
  const copyOf = (messageId: number) => {
    const one = leaving.find(({ claimed }) => claimed.id === messageId)
    return one && copy?.(one.parcel)
  }
  await writeDown(db, trip, { written, copyOf, now: at })
  const settled = written.filter(({ state: to }) => to !== 'pending').length
  if (settled > 0) await runs.pace(db, trip.stepId, settled)
  trip.onSettled?.(settled)
  judge(outcomes, state)
}

async function writeDown(
  db: Database,
  { worker, follow }: Pick<Trip, 'worker' | 'follow'>,
  { written, copyOf, now }: Omit<Reached, 'submitted'> & { written: readonly claims.Written[] },
): Promise<void> {
  if (!follow) {
    await claims.writeOutcomes(db, worker, written, now)
    return
  }
  await db.transaction().execute(async (trx) => {
    const submitted = await claims.writeOutcomes(trx, worker, written, now)
    if (submitted.length > 0) await follow(trx, { submitted, copyOf, now })
  })
}

const lost: Outcome = { kind: 'unknown', answer: 'No outcome was reported.' }

/** Notices what is wrong with the relay rather than with the people. */
function judge(outcomes: readonly Outcome[], state: LineState): void {
  for (const outcome of outcomes) {
    if (outcome.kind === 'untried' && outcome.trouble) {
      state.stop = { kind: 'trouble', trouble: { reason: outcome.trouble, detail: outcome.answer } }
      return
    }
    const blamed = outcome.kind === 'refused' && outcome.fault === 'message'
    if (outcome.kind === 'accepted') state.refusedInARow = 0
    else if (blamed) state.refusedInARow++
    if (blamed && state.refusedInARow >= suspicious) {
      const trouble = { reason: 'relay-refuses', detail: outcome.answer } as const
      state.stop = { kind: 'trouble', trouble }
      return
    }
  }
}

function toWritten({ id, attempts }: claims.Claimed, outcome: Outcome, now: Date): claims.Written {
  const line = { id, answer: outcome.answer, tried: true, dueAt: null, marksAddress: false }
  switch (outcome.kind) {
    case 'accepted':
      return { ...line, state: 'submitted', reason: null }
    case 'refused':
      return {
        ...line,
        state: 'refused',
        reason: outcome.fault,
        marksAddress: outcome.fault === 'address',
      }
    case 'unknown':
      return { ...line, state: 'unknown', reason: 'line-lost' }
    case 'untried':
      return { ...line, state: 'pending', reason: null, tried: false }
    case 'deferred': {
      // The id spreads the retries: no chance is needed for that.
      const delay = retryDelay(attempts + 1, (id % 97) / 97)
      if (delay === null) return { ...line, state: 'refused', reason: 'deferred-too-often' }
      return {
        ...line,
        state: 'pending',
        reason: 'deferred',
        dueAt: new Date(now.getTime() + delay),
      }
    }
  }
}
