/** A real IMAP server of the test's own (hoodiecrow), with one account and what is put into its folders. */
import { once } from 'node:events'
import hoodiecrow, { type Mailbox } from 'hoodiecrow-imap'
import { onTestFinished } from 'vitest'

export const account = { user: 'retours@maison.example', password: 'mot de passe "très" secret' }

export async function imapServer() {
  const server = hoodiecrow({
    plugins: ['UIDPLUS', 'MOVE', 'UNSELECT', 'ENABLE', 'AUTH-PLAIN', 'LITERALPLUS'],
    storage: { INBOX: {}, '': { separator: '/', folders: {} } },
    users: { [account.user]: { password: account.password } },
  })
  server.listen(0, '127.0.0.1', () => {})
  await once(server.server, 'listening')
  onTestFinished(() => server.close(() => {}))
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const folder = (path: string): Mailbox => {
    const found = server.getMailbox(path)
    if (!found) throw new Error(`no folder ${path}`)
    return found
  }
  return {
    port: address.port,
    folder,
    /** As the mail server would deliver it. */
    deliver: (raw: string) => server.appendMessage('INBOX', [], false, raw),
  }
}
