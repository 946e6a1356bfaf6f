/** SMS by SMPP 3.4: one transceiver, a window of open submits, long texts in parts. */
import smpp, { type Pdu, type Session } from 'smpp'
import { smsEncoding, splitSms } from '#core/content/sms-parts.ts'
import type { Outcome, RelayTrouble } from '#core/delivery/outcome.ts'
import type { SmppGateway } from '#core/delivery/relay.ts'
import { type Carrier, inLanes, type TextMessage } from '../carrier.ts'

export type SmppOptions = {
  readonly password: string
  /** Submits that may be open at once. */
  readonly window: number
  readonly timeout?: number
}

class SmppTrouble extends Error {
  readonly trouble: RelayTrouble
  constructor(trouble: RelayTrouble, message: string) {
    super(message)
    this.trouble = trouble
  }
}

export function createSmppGateway(config: SmppGateway, options: SmppOptions): Carrier<TextMessage> {
  let bound: Promise<Bound> | undefined
  const connect = async (): Promise<Bound> => {
    const current = await bound?.catch(() => undefined)
    if (current?.isOpen()) return current
    bound = bind(config, options)
    return bound
  }
  return {
    sendAll: (parcels) =>
      inLanes(parcels, options.window, async (message) => {
        try {
          return await submit(await connect(), config, message)
        } catch (error) {
          if (!(error instanceof SmppTrouble)) throw error
          return { kind: 'untried', answer: error.message, trouble: error.trouble }
        }
      }),
    close: async () => {
      const current = await bound?.catch(() => undefined)
      bound = undefined
      current?.close()
    },
  }
}

type Bound = {
  isOpen: () => boolean
  close: () => void
  /** The SMSC's answer, or undefined when the line died first. */
  ask: (options: Record<string, unknown>) => Promise<Pdu | undefined>
}

function bind(config: SmppGateway, { password, timeout = 30_000 }: SmppOptions): Promise<Bound> {
  return new Promise((resolve, reject) => {
    const fail = (trouble: RelayTrouble, words: string) => {
      clearTimeout(late)
      session.destroy()
      reject(new SmppTrouble(trouble, words))
    }
    const session = smpp.connect({ host: config.host, port: config.port, tls: config.tls }, () => {
      session.bind_transceiver(
        { system_id: config.user, password, system_type: config.systemType },
        (pdu) => {
          clearTimeout(late)
          if (pdu.command_status !== 0) {
            return fail('relay-sign-in', `bind: ${statusWords(pdu.command_status)}`)
          }
          session.off('error', onError)
          resolve(createBound(session, timeout))
        },
      )
    })
    const onError = (error: Error) => fail('relay-unreachable', error.message)
    const late = setTimeout(() => fail('relay-unreachable', 'The SMSC does not answer.'), timeout)
    session.on('error', onError)
    session.on('close', () => fail('relay-unreachable', 'The SMSC closed the connection.'))
  })
}

function createBound(session: Session, timeout: number): Bound {
  let open = true
  const waiting = new Set<() => void>()
  const drop = () => {
    open = false
    for (const give of waiting) give()
    waiting.clear()
    session.destroy()
  }
  session.on('error', drop)
  session.on('close', drop)
  session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()))
  // Delivery receipts are acknowledged so that the SMSC does not keep sending them.
  session.on('deliver_sm', (pdu: Pdu) => session.send(pdu.response()))
  return {
    isOpen: () => open,
    close: () => {
      if (open) session.unbind(() => session.close())
      setTimeout(drop, 1_000).unref()
    },
    ask: (options) =>
      new Promise((resolve) => {
        if (!open) return resolve(undefined)
        const give = (pdu?: Pdu) => {
          clearTimeout(late)
          waiting.delete(give)
          resolve(pdu)
        }
        const late = setTimeout(give, timeout)
        waiting.add(give)
        session.submit_sm(options, give)
      }),
  }
}

/** The first part decides; when a later one fails, part of the text is out and nobody may call it unsent. */
async function submit(bound: Bound, config: SmppGateway, message: TextMessage): Promise<Outcome> {
  const parts = splitSms(message.text)
  const dataCoding = smsEncoding(message.text) === 'gsm7' ? 0 : 8
  let first: Outcome | undefined
  for (const [at, part] of parts.entries()) {
    const udh = Buffer.from([5, 0, 3, message.id % 256, parts.length, at + 1])
    const pdu = await bound.ask({
      ...senderOf(config.sender),
      dest_addr_ton: 1,
      dest_addr_npi: 1,
      destination_addr: message.to.replace(/^\+/, ''),
      registered_delivery: 0,
      data_coding: dataCoding,
      ...(parts.length > 1
        ? { esm_class: 0x40, short_message: { udh, message: part } }
        : { short_message: part }),
    })
    const outcome = readStatus(pdu)
    if (outcome.kind !== 'accepted') {
      return at === 0 ? outcome : { kind: 'unknown', answer: outcome.answer }
    }
    first ??= outcome
  }
  return first ?? { kind: 'refused', answer: 'empty text', fault: 'message' }
}

/** Alphanumeric senders say so; a short number is neither national nor international. */
function senderOf(sender: string) {
  const ton = /^\+?\d{7,}$/.test(sender) ? 1 : /^\d+$/.test(sender) ? 3 : 5
  return {
    source_addr_ton: sender === '' ? 0 : ton,
    source_addr_npi: ton === 5 ? 0 : 1,
    source_addr: sender.replace(/^\+/, ''),
  }
}

const passing = ['ESME_RMSGQFUL', 'ESME_RTHROTTLED', 'ESME_RSYSERR', 'ESME_RX_T_APPN']
const ofAddress = ['ESME_RINVDSTADR', 'ESME_RINVDSTTON', 'ESME_RINVDSTNPI']

function readStatus(pdu: Pdu | undefined): Outcome {
  if (!pdu) return { kind: 'unknown', answer: 'The line to the SMSC was lost.' }
  const words = statusWords(pdu.command_status)
  if (pdu.command_status === 0)
    return { kind: 'accepted', answer: `0 ${pdu.message_id ?? ''}`.trim() }
  if (passing.some((name) => smpp.errors[name] === pdu.command_status)) {
    return { kind: 'deferred', answer: words }
  }
  const fault = ofAddress.some((name) => smpp.errors[name] === pdu.command_status)
    ? 'address'
    : 'message'
  return { kind: 'refused', answer: words, fault }
}

function statusWords(status: number): string {
  const name = Object.entries(smpp.errors).find(([, code]) => code === status)?.[0]
  return `${status} ${name ?? ''}`.trim()
}
