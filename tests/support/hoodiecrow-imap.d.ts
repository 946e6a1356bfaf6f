declare module 'hoodiecrow-imap' {
  import type { Server } from 'node:net'

  export type Mailbox = {
    uidvalidity: number
    uidnext: number
    messages: { uid: number; flags: string[]; raw: string | Buffer }[]
  }
  type Hoodiecrow = {
    server: Server
    listen: (port: number, host: string, done: () => void) => void
    close: (done: () => void) => void
    getMailbox: (path: string) => Mailbox | undefined
    appendMessage: (mailbox: string, flags: string[], date: Date | false, raw: string) => void
  }
  // biome-ignore lint/style/noDefaultExport: the package has nothing else
  export default function hoodiecrow(options: object): Hoodiecrow
}
