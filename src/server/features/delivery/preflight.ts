/** What a launch would do, and what speaks against it. */
import type { ContentView } from '#core/campaigns/campaign.ts'
import { inspectContent } from '#core/content/compile.ts'
import { hasMessages, judgeLaunch } from '#core/delivery/launch.ts'
import type { Channel } from '#core/delivery/message.ts'
import type { Preflight } from '#core/delivery/run.ts'
import type { Database } from '#platform/db/database.ts'
import type { Context } from '#platform/http/app.ts'
import { getStep, listContents, type Step } from '../campaigns/service.ts'
import { contentFrame } from '../content/service.ts'
import { forecastAll, freeze, sparesDoNotContact } from './audience.ts'
import { countOpen } from './open-queries.ts'
import { findProfile } from './profiles.ts'
import { refuseUnless } from './refusals.ts'
import { findRules, type Rules } from './rules-queries.ts'
import { weighStep } from './weight.ts'

export type LaunchScope = {
  stepId: number
  partyIds?: readonly number[] | undefined
  at?: string | null | undefined
}

/** What would leave now. Targets are written and taken back, so that the numbers are those of a launch. */
export async function preflight(
  { db, now }: Pick<Context, 'db' | 'now'>,
  scope: LaunchScope,
): Promise<Preflight> {
  const undone = new Error('undone')
  let found: Preflight | undefined
  await db
    .transaction()
    .execute(async (trx) => {
      const step = await getStep(trx, scope.stepId, true)
      refuseUnless('launch', step)
      found = await inspect(trx, step, { ...scope, now })
      throw undone
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error
    })
  if (!found) throw undone
  return found
}

type Inspection = LaunchScope & { now: Date }

export const inspect = (db: Database, step: Step, scope: Inspection): Promise<Preflight> =>
  step.form === 'operation' ? inspectOpen(db, step, scope) : inspectMailing(db, step, scope)

/** Freezes the targets of the mailing and judges them; the caller keeps them or rolls back. */
async function inspectMailing(db: Database, step: Step, { now }: Inspection): Promise<Preflight> {
  const contents = await listContents(db, step.id)
  const { problems: lacking, profiles } = await judgeContents(db, step, contents)
  const problems = [
    ...(step.selection ? [] : ['no-selection']),
    ...(step.closedAt || step.isLegacy ? ['closed'] : []),
    ...lacking,
  ]
  if (!step.selection) return { ...nothing, problems, warnings: [] }
  await freeze(db, step, now)
  const forecast = await forecastAll(db, step, contents, { open: null, profiles })
  const { weight, ...judged } = await weighStep(db, step, { contents, forecast: forecast.contents })
  return {
    ...nothing,
    ...forecast,
    weight,
    problems: [...problems, ...(forecast.toSend === 0 ? ['nobody'] : []), ...judged.problems],
    warnings: [...(sparesDoNotContact(step) ? [] : ['writes-to-unwilling']), ...judged.warnings],
  }
}

const nothing: Omit<Preflight, 'problems' | 'warnings'> = {
  form: 'mailing',
  finalStatus: null,
  people: 0,
  toSend: 0,
  contents: [],
  weight: null,
}

/** Nothing is written: the people of an operation are there before the launch. */
async function inspectOpen(
  db: Database,
  step: Step,
  {
    partyIds = null,
    at,
    now,
  }: Omit<Inspection, 'partyIds'> & {
    partyIds?: readonly number[] | null | undefined
  },
): Promise<Preflight> {
  const rules = await findRules(db, step.id)
  const planned = at && new Date(at) > now ? new Date(at) : now
  const open = { stepId: step.id, partyIds: partyIds ?? null, now }
  const found = judgeLaunch(rules, planned)
  const writes = hasMessages(rules.channel)
  const contents = writes ? await listContents(db, step.id) : []
  const judged = writes
    ? await judgeContents(db, step, contents)
    : { problems: [], profiles: new Map<Channel, string>() }
  const people = await countOpen(db, open)
  const forecast = writes
    ? await forecastAll(db, step, contents, { open, profiles: judged.profiles })
    : { toSend: people, contents: [] }
  const { weight, ...load } = await weighStep(db, step, { contents, forecast: forecast.contents })
  const problems = [
    ...(step.closedAt ? ['closed'] : []),
    ...found.problems,
    ...judged.problems,
    ...load.problems,
  ]
  return {
    form: 'operation',
    finalStatus: rules.finalStatus,
    toSend: forecast.toSend,
    contents: forecast.contents,
    weight,
    people,
    problems: forecast.toSend === 0 ? [...problems, 'nobody-to-do'] : problems,
    warnings: [
      ...found.warnings,
      ...(lacksOwnProfile(rules) ? ['no-own-profile'] : []),
      ...load.warnings,
    ],
  }
}

/** Mass mailings hurt the reputation of the server that daily letters leave by (D-56). */
const lacksOwnProfile = ({ channel, relayId }: Rules) =>
  channel === 'mass-email' && relayId === null

async function judgeContents(db: Database, step: Step, contents: readonly ContentView[]) {
  const profiles = new Map<Channel, string>()
  if (contents.length === 0) return { problems: ['no-message'], profiles }
  const frame = await contentFrame(db)
  const broken = contents.some(({ body }) => inspectContent(body, frame).problems.length > 0)
  const problems = broken ? ['content-broken'] : []
  for (const channel of ['email', 'sms'] as const) {
    if (!contents.some(({ body }) => body.channel === channel)) continue
    const profile = await findProfile(db, step, channel)
    if (profile) profiles.set(channel, profile.label)
    else problems.push(`no-relay-${channel}`)
  }
  return { problems, profiles }
}
