/** One process at a time on a data folder: two would each take the other's database for a leftover. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { findProcess } from './running.ts'
import { StartProblem } from './start-problem.ts'

const Holder = z.object({ pid: z.number().int(), started: z.string() })

/** Takes the folder, whose holder may be dead, and returns what gives it back. */
export async function lockDataDir(dataDir: string): Promise<() => Promise<void>> {
  const path = join(dataDir, 'running.json')
  await makeFolder(dataDir)
  const holder = await readHolder(path)
  if (holder && findProcess(holder.pid)?.started === holder.started)
    throw taken(dataDir, holder.pid)
  await rm(path, { force: true })
  const own = JSON.stringify({ pid: process.pid, started: findProcess(process.pid)?.started ?? '' })
  await writeFile(path, own, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    // Another one was quicker between our look and our claim.
    throw error.code === 'EEXIST' ? taken(dataDir) : error
  })
  return async () => {
    if ((await readFile(path, 'utf8').catch(() => '')) === own) await rm(path, { force: true })
  }
}

async function readHolder(path: string) {
  try {
    return Holder.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return undefined
  }
}

async function makeFolder(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true })
  } catch (cause) {
    throw new StartProblem(
      `The data folder ${dataDir} cannot be made (${(cause as Error).message}). Choose another with DATA_DIR.`,
      { cause },
    )
  }
}

const taken = (dataDir: string, pid?: number) =>
  new StartProblem(
    `Malleposte already runs on ${dataDir}${pid ? ` (process ${pid})` : ''}. Stop it, or choose another folder with DATA_DIR. Several processes on one database need DATABASE_URL.`,
  )
