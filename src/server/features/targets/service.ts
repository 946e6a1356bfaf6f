/** Who is in the steps of an operation: the face that other features see. */
import * as admission from './admit-queries.ts'

export const admit = admission.admit
export const nextBatch = admission.nextBatch
