/** Whether a link was followed, or a message opened, by a person or by one of the machines that look through mail first. */
import { z } from 'zod'

const scanners =
  /bot\b|crawl|spider|scan|preview|proofpoint|barracuda|mimecast|symantec|trendmicro|fireeye|safelinks|urldefense|facebookexternalhit|headless|curl|wget|python|go-http|java\/|okhttp|libwww/i

/** Nobody reads and follows a message so soon after the relay took it. */
const soonest = 10

export type Visit = {
  method: string
  userAgent: string
  /** Since the relay took the message over; null when that is not known. */
  seconds: number | null
}

export const isMachine = ({ method, userAgent, seconds }: Visit): boolean =>
  method === 'HEAD' ||
  userAgent.trim() === '' ||
  scanners.test(userAgent) ||
  (seconds !== null && seconds < soonest)

export const Tracking = z.object({
  /** Links of e-mails lead through this server, which notes who followed which. */
  clicks: z.boolean().default(true),
  /** E-mails to those who agreed to it carry an image that tells when they are opened. */
  opens: z.boolean().default(false),
})
export type Tracking = z.infer<typeof Tracking>
