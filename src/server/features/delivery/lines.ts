/** Opens what a run needs to send: one line per channel, with its relay and its compiled messages. */
import type { ContentView } from '#core/campaigns/campaign.ts'
import type { ContentBody } from '#core/content/content.ts'
import type { Services } from '#platform/http/app.ts'
import type { Step } from '../campaigns/service.ts'
import { contentFrame, loadMergeValues } from '../content/service.ts'
import type { Carrier } from './carrier.ts'
import { findTracking, keepLinks } from './clicks/click-queries.ts'
import { type Line, runLine, type Stop, type Trip } from './engine.ts'
import { type Around, linksOf, type Prepared, prepareEmail, prepareSms } from './parcels.ts'
import { getProfile } from './profiles.ts'
import type { StoredRelay } from './relay-queries.ts'
import { mailIdentity, openMailCarrier, openTextCarrier } from './relays.ts'
import type { Envelope } from './smtp/connection.ts'

type Body<Channel extends ContentBody['channel']> = ContentBody & { channel: Channel }
type Content<Channel extends ContentBody['channel']> = Omit<ContentView, 'body'> & {
  body: Body<Channel>
}

export const contentsOfChannel = <Channel extends ContentBody['channel']>(
  contents: readonly ContentView[],
  channel: Channel,
): Content<Channel>[] =>
  contents.flatMap((content) => {
    const { body } = content
    return isOf(body, channel) ? [{ ...content, body }] : []
  })

const isOf = <Channel extends ContentBody['channel']>(
  body: ContentBody,
  channel: Channel,
): body is Body<Channel> => body.channel === channel

const aroundOf = (services: Services, step: Step, contentId: number): Around => ({
  publicUrl: services.config.publicUrl,
  secrets: services.secrets,
  now: services.now(),
  campaignId: step.campaignId,
  contentId,
})

/** Compiles each content of a channel. Throws `delivery/content-broken` or `delivery/relay-missing`. */
export async function prepareMails(
  services: Services,
  step: Step,
  contents: readonly ContentView[],
  { isTest = false } = {},
) {
  const relay = await getProfile(services.db, step, 'email')
  const frame = await contentFrame(services.db)
  const identity = mailIdentity(relay, services.secrets)
  const follows = !isTest && (await findTracking(services.db)).clicks
  const prepared = new Map<number, Prepared<Envelope>>()
  for (const { id, body } of contentsOfChannel(contents, 'email')) {
    const around = aroundOf(services, step, id)
    const links = follows ? linksOf(body, frame, around.publicUrl) : []
    const linksId = links.length > 0 ? await keepLinks(services.db, id, links) : null
    prepared.set(id, prepareEmail(body, { frame, identity, linksId }, around))
  }
  return { relay, prepared }
}

export async function prepareTexts(
  services: Services,
  step: Step,
  contents: readonly ContentView[],
) {
  const relay = await getProfile(services.db, step, 'sms')
  const frame = await contentFrame(services.db)
  const stopText = 'stopText' in relay.config ? relay.config.stopText : ''
  const prepared = contentsOfChannel(contents, 'sms').map(
    ({ id, body }) =>
      [id, prepareSms(body, { frame, stopText }, aroundOf(services, step, id))] as const,
  )
  return { relay, prepared: new Map(prepared) }
}

/** Sends what is due on both channels, side by side, and tells what stopped each. */
export async function runLines(
  services: Services,
  trip: Trip,
  { step, contents }: { step: Step; contents: readonly ContentView[] },
): Promise<Stop[]> {
  const has = (channel: ContentBody['channel']) =>
    contents.some(({ body }) => body.channel === channel)
  const stops: Promise<Stop>[] = []
  if (has('email')) {
    const { relay, prepared } = await prepareMails(services, step, contents)
    const open = () => openMailCarrier(services, relay)
    const emlOf = ({ data }: Envelope) => Buffer.concat(data())
    stops.push(runOne(services, trip, { step, channel: 'email', relay, prepared, open, emlOf }))
  }
  if (has('sms')) {
    const { relay, prepared } = await prepareTexts(services, step, contents)
    const open = () => openTextCarrier(services, relay)
    stops.push(runOne(services, trip, { step, channel: 'sms', relay, prepared, open }))
  }
  return Promise.all(stops)
}

type Opening<Parcel> = {
  step: Step
  channel: 'email' | 'sms'
  relay: StoredRelay
  prepared: Map<number, Prepared<Parcel>>
  open: () => Promise<Carrier<Parcel>>
  emlOf?: (parcel: Parcel) => Uint8Array
}

async function runOne<Parcel>(
  services: Services,
  trip: Trip,
  { step, relay, prepared, open, ...rest }: Opening<Parcel>,
): Promise<Stop> {
  const carrier = await open()
  try {
    const line: Line<Parcel> = {
      ...rest,
      relay,
      carrier,
      contents: prepared,
      loadValues: (ids, fields) =>
        loadMergeValues(services.db, ids, fields, { now: services.now(), stepId: step.id }),
    }
    return await runLine(services, trip, line)
  } finally {
    await carrier.close()
  }
}
