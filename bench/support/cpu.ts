/** Processor time of a whole product run: this process and the database with all its workers. */
import { readdirSync, readFileSync } from 'node:fs'

const ticksPerSecond = 100

/** The server's first process, from its pid file in the cluster's folder. */
export const postmasterOf = (folder: string): number =>
  Number(readFileSync(`${folder}/postmaster.pid`, 'utf8').split('\n')[0])

/** Seconds so far. Workers that have ended are counted in the process that started them. */
export function cpuSeconds(postmaster: number): number {
  const { user, system } = process.cpuUsage()
  const backends = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .map(readStat)
    .filter((stat) => stat !== undefined)
  const server = backends
    .filter(({ pid, parent }) => pid === postmaster || parent === postmaster)
    .reduce((sum, { own, ended, pid }) => sum + own + (pid === postmaster ? ended : 0), 0)
  return (user + system) / 1e6 + server / ticksPerSecond
}

function readStat(pid: number) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const at = (field: number) => fields[field - 3] ?? 0
    return { pid, parent: at(4), own: at(14) + at(15), ended: at(16) + at(17) }
  } catch {
    return undefined
  }
}
