import { sql } from 'kysely'
import type { Database } from './database.ts'

const everyHalfSecond = 500

/** A transaction that is given up when the signal comes, whatever statement is running in it: nothing of it stays. */
export async function stoppable<T>(
  db: Database,
  signal: AbortSignal,
  run: (trx: Database) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted()
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx)
    const stop = cancelWhen(signal, () =>
      sql`select pg_cancel_backend(${rows[0]?.pid}::int)`.execute(db),
    )
    try {
      return await run(trx)
    } finally {
      await stop()
    }
  })
}

/** Cancels until it is told to stop: what comes between two statements reaches none. */
function cancelWhen(signal: AbortSignal, cancel: () => Promise<unknown>): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined
  let last: Promise<unknown> = Promise.resolve()
  const once = () => {
    last = cancel().catch(() => {})
  }
  const begin = () => {
    once()
    timer = setInterval(once, everyHalfSecond)
  }
  signal.addEventListener('abort', begin, { once: true })
  return async () => {
    signal.removeEventListener('abort', begin)
    clearInterval(timer)
    // The connection is used again: a cancellation must not come late.
    await last
  }
}
