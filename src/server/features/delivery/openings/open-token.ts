/** The address of the image of one message: `/o/<message>.<signature>`. */
import type { Secrets } from '#platform/secrets.ts'

/** The value that a measured message has more; without it the image is not there. */
export const openField = 'openToken'

export const openToken = (secrets: Secrets, messageId: number): string =>
  `${messageId.toString(36)}.${secrets.sign('open', String(messageId))}`

/** Undefined when the token is not one of ours. */
export function readOpenToken(secrets: Secrets, token: string): number | undefined {
  const [, id = '', signature = ''] = /^([0-9a-z]{1,11})\.([\w-]{22})$/.exec(token) ?? []
  const messageId = Number.parseInt(id, 36)
  if (!Number.isSafeInteger(messageId)) return undefined
  return secrets.verify('open', String(messageId), signature) ? messageId : undefined
}
