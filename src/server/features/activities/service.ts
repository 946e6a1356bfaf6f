/** Activities: the face that other features see. */
import type { Database } from '#platform/db/database.ts'
import * as files from './files.ts'
import * as generate from './generate.ts'
import * as generated from './generate-queries.ts'

export const sweepFiles = files.sweepFiles
export const generateActivities = generate.generateActivities

/** Bytes of a message that is kept at most; a larger one is noted as sent without its copy. */
const largestCopy = 5 * 2 ** 20

/**
 * Keeps messages as they leave, in the transaction that notes that they were submitted (L-10). Whoever sends asks for it
 * only for steps that make activities and attach messages to them. A message is kept once.
 */
export const attachMessages = (db: Database, copies: readonly generated.Copy[]) =>
  generated.keepCopies(
    db,
    copies.filter(({ eml }) => eml.length <= largestCopy),
    false,
  )

export const attachMessage = (db: Database, copy: generated.Copy) => attachMessages(db, [copy])
