/** Lists of numbers that are not called: the house's own, and those brought as a file. */
import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AppError } from '#core/kernel/app-error.ts'
import { done } from '#core/kernel/endpoint.ts'
import * as api from '#core/phoning/do-not-call-api.ts'
import type { App, Context } from '#platform/http/app.ts'
import { file, route } from '#platform/http/route.ts'
import { audit } from '../access/service.ts'
import { inspectFile, readTable } from '../imports/service.ts'
import { toE164 } from '../parties/service.ts'
import * as lists from './do-not-call-queries.ts'
import * as refusal from './refusals.ts'
import * as settings from './settings-queries.ts'

const largest = 2 ** 30
const batch = 5_000
/** Lists come from France; numbers of other countries are read with their plus. */
const country = 'FR'

export function doNotCallRoutes(app: App): void {
  route(app, api.listDoNotCall, (_, { db }) => lists.list(db))
  file(app, api.importDoNotCall, async (input, context, request) =>
    Response.json(await importList(context, input, request.body)),
  )
  route(app, api.addDoNotCall, async ({ numbers }, { db, actor }) => {
    const read = numbers.map((typed) => ({ typed, number: toE164(typed, country) }))
    const known = read.flatMap(({ number }) => number ?? [])
    const listId = await lists.ownList(db)
    const added = await lists.add(db, listId, known)
    await audit(db, actor, 'phoning/do-not-call', '', { added })
    const unread = read.filter(({ number }) => number === null).map(({ typed }) => typed)
    return { added, unread, lists: await lists.list(db) }
  })
  route(app, api.removeDoNotCall, async ({ number }, { db, actor }) => {
    const removed = await lists.take(db, toE164(number, country) ?? number)
    await settings.reconsider(db)
    await audit(db, actor, 'phoning/do-call-again', number, { removed })
    return done
  })
  route(app, api.deleteDoNotCall, async ({ id }, { db, actor }) => {
    const label = await lists.remove(db, id)
    if (label === undefined) throw refusal.noSuchList()
    await settings.reconsider(db)
    await audit(db, actor, 'phoning/delete-list', label)
    return done
  })
}

type Wanted = { label: string; fileName: string }

/** All or nothing: a file that cannot be read to its end leaves no list behind. */
async function importList({ db, actor }: Context, wanted: Wanted, body: ReadableStream | null) {
  const path = join(tmpdir(), `malleposte-${randomUUID()}`)
  try {
    await pipeline(bytesOf(body), limited(), createWriteStream(path))
    return await db.transaction().execute(async (trx) => {
      const id = await lists.create(trx, wanted)
      if (id === undefined) throw refusal.labelTaken()
      const unread = await readInto((numbers) => lists.add(trx, id, numbers), path)
      const list = (await lists.list(trx)).find((one) => one.id === id)
      if (!list || list.numbers === 0) throw refusal.noNumbers()
      await audit(trx, actor, 'phoning/import-list', wanted.label, { numbers: list.numbers })
      return { list, unread }
    })
  } finally {
    await rm(path, { force: true })
  }
}

/** Gives how many rows hold no number; the headings, if there are any, are no row. */
async function readInto(
  add: (numbers: string[]) => Promise<unknown>,
  path: string,
): Promise<number> {
  let numbers: string[] = []
  let [row, unread] = [0, 0]
  for await (const { rows } of readTable(path, await inspectFile(path))) {
    for (const cells of rows) {
      const found = cells.flatMap((cell) => toE164(cell, country) ?? [])
      if (found.length === 0 && row > 0) unread += 1
      row += 1
      numbers.push(...found)
    }
    if (numbers.length < batch) continue
    await add(numbers)
    numbers = []
  }
  await add(numbers)
  return unread
}

const bytesOf = (body: ReadableStream | null) =>
  body ? Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]) : Readable.from([])

function limited(): Transform {
  let size = 0
  return new Transform({
    transform(chunk: Buffer, _, next) {
      size += chunk.length
      if (size <= largest) next(null, chunk)
      else next(new AppError('too-large', 'http/too-large', 'The file is too large.'))
    },
  })
}
