import { emailLine, type LedgerLine, smsLine } from '#core/demo/ledger.ts'
import { demoDraft, demoLetters } from '#core/demo/letters.ts'
import type { SentMailing } from '#core/demo/mailings.ts'
import type { DemoPerson } from '#core/demo/people.ts'
import { demoSegments, shirtSegment } from '#core/demo/segments.ts'
import { demoSender } from '#core/demo/shop.ts'
import { addDays } from '#core/kernel/days.ts'
import { createRandom } from '#core/kernel/random.ts'
import type { Selection } from '#core/segments/selection.ts'
import type { Database } from '#platform/db/database.ts'
import { advance, insertAll } from './queries.ts'

export async function insertSegments(db: Database): Promise<void> {
  await insertAll(
    db,
    'segments',
    demoSegments.map((segment, at) => ({ id: at + 1, ...segment })),
  )
  await advance(db, 'segments')
}

/** Mailings and a draft; each has one step, numbered alike. */
export async function insertMailings(
  db: Database,
  mailings: readonly SentMailing[],
  today: string,
): Promise<void> {
  await insertAll(db, 'campaigns', [
    ...mailings.map(({ label, sendOn, controlPercent }, at) => ({
      id: at + 1,
      label,
      sendOn,
      state: 'in-progress',
      controlPercent,
      createdAt: `${addDays(sendOn, -5)}T09:00:00Z`,
      updatedAt: `${sendOn}T09:00:00Z`,
    })),
    {
      id: mailings.length + 1,
      ...demoDraft,
      sendOn: null,
      state: 'preparing',
      createdAt: `${addDays(today, -1)}T15:00:00Z`,
      updatedAt: `${addDays(today, -1)}T15:20:00Z`,
    },
  ])
  await advance(db, 'campaigns')
}

const targetRows = ({ targets }: SentMailing, at: number) =>
  targets.map(({ party, isControl }) => ({ stepId: at + 1, partyId: party + 1, isControl }))

const draftSelection: Selection = {
  version: 1,
  start: 'nobody',
  operations: [{ kind: 'add', source: { kind: 'segment', segmentId: shirtSegment } }],
  excludeDoNotContact: true,
}

/** Steps with their frozen people, what was written to whom, and what the relay answered. */
export async function insertMessages(
  db: Database,
  mailings: readonly SentMailing[],
  people: readonly DemoPerson[],
): Promise<void> {
  const contents = demoLetters.flatMap((letters, step) =>
    letters.map((body, position) => ({
      stepId: step + 1,
      position,
      channel: body.channel,
      body,
      onlyUnreached: position > 0,
    })),
  )
  const numbered = contents.map((content, at) => ({ id: at + 1, ...content }))
  const messages = mailings.flatMap((mailing, at) =>
    ledger(mailing, people).flatMap(({ partyId, lines }) =>
      numbered
        .filter(({ stepId }) => stepId === at + 1)
        .map(({ id, position, stepId }) => ({
          contentId: id,
          stepId,
          partyId,
          ...(lines[position] ?? {}),
          attempts: lines[position]?.state === 'excluded' ? 0 : 1,
          submittedAt:
            lines[position]?.state === 'submitted' ? `${mailing.sendOn}T08:01:00Z` : null,
        })),
    ),
  )
  await insertSteps(db, mailings, messages)
  await insertAll(db, 'contents', numbered)
  await advance(db, 'contents')
  await insertAll(
    db,
    'messages',
    messages.map((message, at) => ({ id: at + 1, ...message })),
  )
  await advance(db, 'messages')
}

function ledger({ targets, refused }: SentMailing, people: readonly DemoPerson[]) {
  const random = createRandom(refused + 1)
  return targets.flatMap(({ party, isControl }) => {
    const person = people[party]
    if (!person) return []
    const recipient = { person, isControl, refused }
    const first: LedgerLine = emailLine(random, recipient)
    return [{ partyId: party + 1, lines: [first, smsLine(first, recipient)] }]
  })
}

type Sent = { stepId: number; state?: LedgerLine['state'] }

async function insertSteps(
  db: Database,
  mailings: readonly SentMailing[],
  messages: readonly Sent[],
): Promise<void> {
  const count = (step: number, state: LedgerLine['state']) =>
    messages.filter((message) => message.stepId === step && message.state === state).length
  await insertAll(db, 'steps', [
    ...mailings.map(({ sendOn, selection }, at) => ({
      id: at + 1,
      campaignId: at + 1,
      position: 0,
      state: count(at + 1, 'refused') > 0 ? 'partly-failed' : 'done',
      selection,
      launchedAt: `${sendOn}T08:00:00Z`,
      frozenAt: `${sendOn}T08:00:00Z`,
      finishedAt: `${sendOn}T08:02:00Z`,
    })),
    {
      id: mailings.length + 1,
      campaignId: mailings.length + 1,
      position: 0,
      state: 'preparing',
      selection: draftSelection,
      launchedAt: null,
      frozenAt: null,
      finishedAt: null,
    },
  ])
  await advance(db, 'steps')
  await insertAll(db, 'targets', mailings.flatMap(targetRows))
  await insertAll(
    db,
    'deliveries',
    mailings.map((_, at) => ({
      stepId: at + 1,
      announced: count(at + 1, 'submitted') + count(at + 1, 'refused'),
    })),
  )
}

export async function closeMailing(db: Database, id: number, at: Date): Promise<void> {
  await db
    .updateTable('campaigns')
    .set({ state: 'finished', closedAt: at })
    .where('id', '=', id)
    .execute()
}

/** That the shop is here, and who signs its messages. */
export async function remember(db: Database, now: Date): Promise<void> {
  await db
    .insertInto('settings')
    .values([
      { name: 'demo', value: JSON.stringify({ filledAt: now.toISOString() }) },
      { name: 'sender', value: JSON.stringify(demoSender) },
    ])
    .execute()
}
