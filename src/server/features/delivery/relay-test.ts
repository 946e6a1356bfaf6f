/** The test button of a relay: each step of the conversation, readable, with the other side's own words. */
import type { Outcome } from '#core/delivery/outcome.ts'
import type { RelayDraft } from '#core/delivery/relay.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { Services } from '#platform/http/app.ts'
import { sendNoticeBy } from './notice.ts'
import type { StoredRelay } from './relay-queries.ts'
import { openTextCarrier, prepareDraft, smtpServerOf } from './relays.ts'
import { openSession, SmtpTrouble } from './smtp/dialogue.ts'

export type TestStep = { name: string; ok: boolean; detail: string }

export async function tryRelay(
  services: Services,
  draft: RelayDraft & { to: string },
  stored: StoredRelay | undefined,
): Promise<{ ok: boolean; steps: TestStep[] }> {
  const { to, ...rest } = draft
  const relay: StoredRelay = { id: 0, ...prepareDraft(rest, stored, services.secrets) }
  const steps: TestStep[] = []
  try {
    if (relay.config.kind === 'smtp') await trySession(services, relay, steps)
    if (to.trim() !== '') steps.push(readOutcome(await sendOne(services, relay, to.trim())))
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    steps.push({ name: failedStep(error), ok: false, detail })
  }
  return { ok: steps.every(({ ok }) => ok), steps }
}

async function trySession(services: Services, relay: StoredRelay, steps: TestStep[]) {
  const server = {
    ...smtpServerOf(relay, services.secrets),
    timeouts: { connect: 8_000, reply: 15_000 },
  }
  const session = await openSession(server, (name, detail) =>
    steps.push({ name, ok: true, detail }),
  )
  session.socket.on('error', () => {})
  session.socket.end('QUIT\r\n')
}

function failedStep(error: unknown): string {
  if (error instanceof SmtpTrouble && error.trouble === 'relay-sign-in') return 'auth'
  if (error instanceof AppError) return 'settings'
  return 'failed'
}

async function sendOne(services: Services, relay: StoredRelay, to: string): Promise<Outcome> {
  if (relay.channel === 'sms') {
    const carrier = await openTextCarrier(services, relay)
    try {
      const text = 'Malleposte : essai réussi / test passed.'
      return first(await carrier.sendAll([{ id: 1, to, text }]))
    } finally {
      await carrier.close()
    }
  }
  return sendNoticeBy(services, relay, {
    to,
    toName: '',
    subject: 'Malleposte : essai / test',
    paragraphs: [
      'Ce message d’essai est arrivé : le relais fonctionne.',
      'This test message has arrived: the relay works.',
    ],
    reference: `test.${services.now().getTime()}`,
  })
}

const first = (outcomes: readonly Outcome[]): Outcome =>
  outcomes[0] ?? { kind: 'unknown', answer: '' }

const readOutcome = (outcome: Outcome): TestStep => ({
  name: 'message',
  ok: outcome.kind === 'accepted',
  detail: outcome.answer,
})
