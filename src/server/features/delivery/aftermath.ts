/** What follows in an operation once people were reached: activities, copies of the messages, the final status, the way on. */
import type { Database } from '#platform/db/database.ts'
import { attachMessages, generateActivities } from '../activities/service.ts'
import type { Step } from '../campaigns/service.ts'
import { distributeSoon } from '../routing/service.ts'
import { giveFinalStatus } from '../targets/service.ts'
import type { Follow, KeptCopy, Reached } from './engine.ts'
import {
  type OpenScope,
  openPeople,
  type People,
  peopleOf,
  submittedPeople,
} from './open-queries.ts'
import { findRules, type Rules } from './rules-queries.ts'

type Launched = Pick<Step, 'id' | 'form' | 'label' | 'launchedBy'>

/** Per block of messages that left; nothing for a mailing. */
export async function followOf(db: Database, step: Launched): Promise<Follow | undefined> {
  if (step.form !== 'operation') return undefined
  const rules = await findRules(db, step.id)
  return async (trx, reached) => {
    const { submitted, now } = reached
    const people = peopleOf(submitted.map(({ partyId }) => partyId))
    await follow(trx, step, rules, { people, now })
    if (rules.activityTypeId !== null && rules.attachesMessage) await keepCopies(trx, step, reached)
  }
}

/** A step without messages: who is still to do is reached by the launch itself. */
export async function reachOpen(db: Database, step: Launched, scope: OpenScope): Promise<void> {
  const reached = { people: openPeople(scope), now: scope.now }
  await follow(db, step, await findRules(db, step.id), reached)
}

/** After messages whose fate was unknown have been counted as sent. */
export async function followSettled(db: Database, step: Launched, now: Date): Promise<void> {
  await follow(db, step, await findRules(db, step.id), { people: submittedPeople(step.id), now })
}

/** The status comes last: it is what `people` may be asked by. */
async function follow(
  db: Database,
  { id: stepId, launchedBy }: Launched,
  rules: Rules,
  { people, now }: { people: People; now: Date },
): Promise<void> {
  if (rules.activityTypeId !== null) {
    await generateActivities(db, { stepId, people, now, actor: { id: launchedBy } })
  }
  await giveFinalStatus(db, { stepId, people, now })
  await distributeSoon(db, { stepId, now })
}

/** Bytes of copies that are in memory at once. */
const handful = 4 * 2 ** 20

async function keepCopies(
  db: Database,
  { label }: Launched,
  { submitted, copyOf }: Reached,
): Promise<void> {
  const name = `${label.replace(/[\\/:*?"<>|\s]+/g, ' ').trim() || 'message'}.eml`
  let copies: (KeptCopy & { messageId: number; name: string })[] = []
  let bytes = 0
  for (const { id: messageId } of submitted) {
    const copy = copyOf(messageId)
    if (!copy) continue
    copies.push({ messageId, name, ...copy })
    bytes += copy.eml.length
    if (bytes < handful) continue
    await attachMessages(db, copies)
    copies = []
    bytes = 0
  }
  await attachMessages(db, copies)
}
