import type { SentMailing } from '#core/demo/mailings.ts'
import { addDays } from '#core/kernel/days.ts'
import type { Database } from '#platform/db/database.ts'
import { advance, insertAll } from './queries.ts'

/** Mailings with their frozen audience, one step each, numbered alike. */
export async function insertMailings(
  db: Database,
  mailings: readonly SentMailing[],
  today: string,
): Promise<void> {
  await insertAll(
    db,
    'campaigns',
    mailings.map(({ label, sendOn, closed, controlPercent }, at) => ({
      id: at + 1,
      label,
      sendOn,
      state: closed === undefined ? 'in-progress' : 'finished',
      isLegacy: false,
      notes: '',
      controlPercent,
      version: 1,
      createdAt: `${addDays(sendOn, -5)}T09:00:00Z`,
      updatedAt: `${sendOn}T09:00:00Z`,
      closedAt: closed === undefined ? null : `${addDays(today, -closed)}T17:00:00Z`,
    })),
  )
  await advance(db, 'campaigns')
  await insertAll(
    db,
    'steps',
    mailings.map(({ sendOn }, at) => ({
      id: at + 1,
      campaignId: at + 1,
      position: 0,
      label: '',
      state: 'done',
      launchedAt: `${sendOn}T08:00:00Z`,
      frozenAt: `${sendOn}T08:00:00Z`,
      finishedAt: `${sendOn}T08:02:00Z`,
    })),
  )
  await advance(db, 'steps')
  const targets = mailings.flatMap((mailing, at) =>
    mailing.targets.map(({ party, isControl }) => ({
      stepId: at + 1,
      partyId: party + 1,
      isControl,
    })),
  )
  await insertAll(db, 'targets', targets)
}

export async function remember(db: Database, now: Date): Promise<void> {
  await db
    .insertInto('settings')
    .values({ name: 'demo', value: JSON.stringify({ filledAt: now.toISOString() }) })
    .execute()
}
