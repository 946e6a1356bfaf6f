/** A test of a message: the renderer and the relay of the real sending, one recipient, no line in the ledger. */

import type { Outcome } from '#core/delivery/outcome.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { Context, Services } from '#platform/http/app.ts'
import { getStep, listContents } from '../campaigns/service.ts'
import { loadMergeValues } from '../content/service.ts'
import { toE164 } from '../parties/service.ts'
import type { Carrier } from './carrier.ts'
import { prepareMails, prepareTexts } from './lines.ts'
import type { Prepared } from './parcels.ts'
import { openMailCarrier, openTextCarrier } from './relays.ts'

type Ask = { stepId: number; contentId: number; to: string; partyId?: number | null | undefined }

export async function sendTest(context: Context, ask: Ask): Promise<string> {
  const { now, ...rest } = context
  const services: Services = { ...rest, now: () => now }
  const step = await getStep(services.db, ask.stepId)
  const contents = (await listContents(services.db, ask.stepId)).filter(
    ({ id }) => id === ask.contentId,
  )
  const channel = contents[0]?.body.channel
  if (channel === 'email') {
    const { relay, prepared } = await prepareMails(services, step, contents, { isTest: true })
    return one(services, ask, prepared.get(ask.contentId), await openMailCarrier(services, relay))
  }
  if (channel === 'sms') {
    const { relay, prepared } = await prepareTexts(services, step, contents)
    const to = toE164(ask.to, 'FR')
    if (!to) throw new AppError('invalid', 'delivery/bad-number', 'This is not a phone number.')
    const carrier = await openTextCarrier(services, relay)
    return one(services, { ...ask, to }, prepared.get(ask.contentId), carrier)
  }
  throw new AppError('not-found', 'delivery/no-such-message', 'There is no such message to send.')
}

async function one<Parcel>(
  { db, now }: Services,
  { to, partyId, stepId }: Ask,
  prepared: Prepared<Parcel> | undefined,
  carrier: Carrier<Parcel>,
): Promise<string> {
  try {
    if (!prepared) throw new Error('not prepared')
    const values = partyId
      ? (await loadMergeValues(db, [partyId], prepared.fields, { now: now(), stepId })).get(partyId)
      : undefined
    const parcel = prepared.make({ messageId: null, address: to.trim(), values: values ?? {} })
    const [outcome] = await carrier.sendAll([parcel])
    return readOutcome(outcome)
  } finally {
    await carrier.close()
  }
}

function readOutcome(outcome: Outcome | undefined): string {
  if (outcome?.kind === 'accepted') return outcome.answer
  const answer = outcome?.answer ?? ''
  throw new AppError('unavailable', 'delivery/test-failed', `Not sent: ${answer}`, {
    details: { answer },
  })
}
