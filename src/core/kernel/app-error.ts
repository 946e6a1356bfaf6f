/**
 * The kinds of failure a caller can act on. The HTTP layer maps a kind to a status and
 * the worker maps it to retry or fail, so no other code knows either protocol.
 */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'too-large'
  | 'too-many'
  | 'unavailable'

/** Values that the translated message names: `{ name: 'Lyon', line: 12 }`. */
export type ErrorDetails = Record<string, string | number>

type Options = ErrorOptions & { details?: ErrorDetails }

export class AppError<Code extends string = string> extends Error {
  override readonly name = 'AppError'
  readonly kind: ErrorKind
  /**
   * Stable and machine-readable, `feature/reason`; the message may change, the code may not. The web
   * app shows `errors.reason` of the feature's catalogue and falls back to the message.
   */
  readonly code: Code
  readonly details: ErrorDetails

  constructor(kind: ErrorKind, code: Code, message: string, options: Options = {}) {
    super(message, options)
    this.kind = kind
    this.code = code
    this.details = options.details ?? {}
  }
}
