/** Processes of the machine, told apart from others that were given the same number later. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

export type ProcessInfo = {
  /** Differs between two processes that had the same number one after the other. */
  started: string
  command: string
}

export function findProcess(pid: number): ProcessInfo | undefined {
  try {
    return process.platform === 'linux' ? fromProc(pid) : fromPs(pid)
  } catch {
    return undefined
  }
}

function fromProc(pid: number): ProcessInfo {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name, in brackets, may hold spaces and brackets itself; the start time is 20 fields after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  if (fields[0] === 'Z') throw new Error('dead already')
  return { started: fields[19] ?? '', command }
}

function fromPs(pid: number): ProcessInfo {
  const ps = (column: string) =>
    execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .toString()
      .trim()
  return { started: ps('lstart'), command: ps('command') }
}
