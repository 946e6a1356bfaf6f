/** How people get from step to step: the face that other features see. */
import * as conditions from './conditions.ts'
import * as jobs from './jobs.ts'

export const distributeSoon = jobs.distributeSoon
export const ensureNoCircle = conditions.ensureNoCircle
