import { mayRun, type RunCommand } from '#core/delivery/run.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { Step } from '../campaigns/service.ts'

export function refuseUnless(command: RunCommand, { state, form }: Step): void {
  if (mayRun(command, state, form)) return
  throw new AppError('conflict', 'delivery/not-now', `A mailing that is ${state} cannot do that.`, {
    details: { command, state },
  })
}

/** Its results are frozen: what would be sent now would count nowhere. */
export function refuseWhenClosed({ closedAt }: Step): void {
  if (closedAt === null) return
  throw new AppError('conflict', 'delivery/closed', 'This mailing is closed: open it again first.')
}
