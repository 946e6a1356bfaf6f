import type { Right } from './right.ts'
import type { Locale } from './values.ts'

/** Who is acting: a signed-in person, an API token's owner, or the program itself. */
export type Actor = {
  /** Null for the program itself. */
  readonly id: string | null
  readonly name: string
  readonly locale: Locale
  readonly rights: ReadonlySet<Right>
  /** The confidentiality keys held; what is kept under another key does not exist for this actor. */
  readonly keys: readonly number[]
}
