/** What takes messages away: a relay or gateway, whichever its protocol. */
import type { Outcome } from '#core/delivery/outcome.ts'

export type TextMessage = {
  readonly id: number
  /** E.164. */
  readonly to: string
  readonly text: string
}

export type Carrier<Parcel> = {
  /** One outcome per parcel, at the same place; never rejects for what a relay does. */
  readonly sendAll: (parcels: readonly Parcel[]) => Promise<Outcome[]>
  readonly close: () => Promise<void>
}

/** Runs `send` over all parcels, `lanes` at a time, and stops trying once the gateway itself is in trouble. */
export async function inLanes<Parcel>(
  parcels: readonly Parcel[],
  lanes: number,
  send: (parcel: Parcel) => Promise<Outcome>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  const rest: { outcome: Outcome } = { outcome: { kind: 'untried', answer: '', trouble: null } }
  let next = 0
  let stopped = false
  const lane = async () => {
    while (!stopped && next < parcels.length) {
      const at = next++
      const parcel = parcels[at]
      if (parcel === undefined) continue
      const outcome = await send(parcel)
      outcomes[at] = outcome
      if (outcome.kind === 'untried' && outcome.trouble) {
        stopped = true
        rest.outcome = outcome
      }
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, lanes) }, lane))
  return parcels.map((_, at) => outcomes[at] ?? rest.outcome)
}
