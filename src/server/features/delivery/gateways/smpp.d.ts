/* The part of `smpp` that is used; the package brings no types. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events'
  import type { Server as NetServer, Socket } from 'node:net'

  export type Pdu = {
    command: string
    command_status: number
    sequence_number: number
    system_id?: string
    password?: string
    source_addr?: string
    destination_addr?: string
    message_id?: string
    short_message?: { message?: string | Buffer; udh?: Buffer[] }
    response: (options?: Record<string, unknown>) => Pdu
  }

  export type Session = EventEmitter & {
    socket: Socket
    bind_transceiver: (options: Record<string, unknown>, answer: (pdu: Pdu) => void) => boolean
    submit_sm: (options: Record<string, unknown>, answer: (pdu: Pdu) => void) => boolean
    enquire_link: (answer?: (pdu: Pdu) => void) => boolean
    unbind: (answer?: (pdu: Pdu) => void) => boolean
    send: (pdu: Pdu) => boolean
    close: () => void
    destroy: () => void
  }

  const smpp: {
    connect: (options: Record<string, unknown>, onConnect?: () => void) => Session
    createServer: (onSession: (session: Session) => void) => NetServer
    errors: Record<string, number>
  }
  // biome-ignore lint/style/noDefaultExport: the package is CommonJS and has only this
  export default smpp
}
