/** Several connections to one relay, opened when there is work and kept for the next block. */
import type { Outcome, RelayTrouble } from '#core/delivery/outcome.ts'
import { type Connection, type Envelope, openConnection } from './connection.ts'
import { type SmtpServer, SmtpTrouble } from './dialogue.ts'

export type Pool = {
  /** One outcome per envelope, at the same place. After trouble with the relay the rest is untried. */
  readonly sendAll: (envelopes: readonly Envelope[]) => Promise<Outcome[]>
  readonly close: () => void
}

/** Two messages are under way on a connection: the text of one, the commands of the next. */
const depth = 2

/** A relay that closes between messages, as some do after a number of them, is met anew; this often in a row. */
const reopenings = 2

export function createPool(server: SmtpServer, size: number): Pool {
  const slots: Slot[] = Array.from({ length: size }, () => ({ connection: undefined }))

  const connect = async (slot: Slot): Promise<Connection> => {
    const opening = slot.connection ?? openConnection(server)
    slot.connection = opening
    try {
      const connection = await opening
      if (connection.isOpen()) return connection
    } catch (error) {
      if (slot.connection === opening) slot.connection = undefined
      throw error
    }
    if (slot.connection === opening) slot.connection = undefined
    return connect(slot)
  }

  return {
    sendAll: (envelopes) => sendBlock(envelopes, slots, connect),
    close: () => {
      for (const slot of slots) {
        void slot.connection?.then((connection) => connection.quit()).catch(() => {})
        slot.connection = undefined
      }
    },
  }
}

type Slot = { connection: Promise<Connection> | undefined }

async function sendBlock(
  envelopes: readonly Envelope[],
  slots: readonly Slot[],
  connect: (slot: Slot) => Promise<Connection>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  const block: Block = { next: 0, trouble: undefined, answer: '' }
  const lane = async (slot: Slot) => {
    while (!block.trouble && block.next < envelopes.length) {
      const at = block.next++
      const envelope = envelopes[at]
      if (envelope) outcomes[at] = await sendOne(envelope, () => connect(slot), block)
    }
  }
  const used = slots.slice(0, Math.max(1, Math.min(slots.length, Math.ceil(envelopes.length / 4))))
  await Promise.all(used.flatMap((slot) => Array.from({ length: depth }, () => lane(slot))))
  const rest = { kind: 'untried', answer: block.answer, trouble: block.trouble ?? null } as const
  return envelopes.map((_, at) => outcomes[at] ?? rest)
}

type Block = { next: number; trouble: RelayTrouble | undefined; answer: string }

async function sendOne(
  envelope: Envelope,
  connect: () => Promise<Connection>,
  block: Block,
): Promise<Outcome> {
  let outcome: Outcome = { kind: 'untried', answer: '', trouble: null }
  for (let turn = 0; turn <= reopenings && !block.trouble; turn++) {
    const connection = await connect().catch(asTrouble)
    if (connection instanceof SmtpTrouble) {
      outcome = { kind: 'untried', answer: connection.message, trouble: connection.trouble }
      break
    }
    outcome = await connection.send(envelope)
    if (!(outcome.kind === 'untried' && outcome.trouble === 'relay-unreachable')) break
  }
  if (outcome.kind === 'untried' && outcome.trouble) {
    block.trouble = outcome.trouble
    block.answer = outcome.answer
  }
  return outcome
}

function asTrouble(error: unknown): SmtpTrouble {
  if (error instanceof SmtpTrouble) return error
  throw error
}
