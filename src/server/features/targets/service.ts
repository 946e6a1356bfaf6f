/** Who is in the steps of an operation, and where each stands: the face that other features see. */
import * as admission from './admit-queries.ts'
import * as final from './final-status-queries.ts'
import * as leaving from './leave-activities.ts'
import * as statuses from './status-queries.ts'

export const admit = admission.admit
export const propose = admission.propose
export const nextBatch = admission.nextBatch
export const setStatus = statuses.setStatus
export const giveFinalStatus = final.giveFinalStatus
export const leaveActivities = leaving.leaveActivities
export const statusCounts = statuses.counts
export const toDoStatuses = statuses.toDo
export const compactTallies = statuses.compactTallies
