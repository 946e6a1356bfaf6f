/** What follows in an operation once people were reached: the step's final status. */
import type { Database } from '#platform/db/database.ts'
import type { Step } from '../campaigns/service.ts'
import { giveFinalStatus } from '../targets/service.ts'
import type { Follow } from './engine.ts'
import { type OpenScope, openPeople, peopleOf, submittedPeople } from './open-queries.ts'

/** Per block of messages that left; nothing for a mailing. */
export function followOf({ id: stepId, form }: Pick<Step, 'id' | 'form'>): Follow | undefined {
  if (form !== 'operation') return undefined
  return async (db, partyIds, now) => {
    await giveFinalStatus(db, { stepId, people: peopleOf(partyIds), now })
  }
}

/** A step without messages: who is still to do is reached by the launch itself. */
export const reachOpen = (db: Database, scope: OpenScope): Promise<number> =>
  giveFinalStatus(db, { stepId: scope.stepId, people: openPeople(scope), now: scope.now })

/** After messages whose fate was unknown have been counted as sent. */
export const followSettled = (db: Database, stepId: number, now: Date): Promise<number> =>
  giveFinalStatus(db, { stepId, people: submittedPeople(stepId), now })
