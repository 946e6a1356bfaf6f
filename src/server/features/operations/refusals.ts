import { AppError } from '#core/kernel/app-error.ts'

export const notFound = () =>
  new AppError('not-found', 'operations/not-found', 'There is no such operation, or not any more.')

export const changedMeanwhile = () =>
  new AppError(
    'conflict',
    'operations/changed-meanwhile',
    'Somebody else changed this meanwhile; nothing of theirs was overwritten.',
  )

export const inUse = (by: string) =>
  new AppError('conflict', 'operations/in-use', `It is in use: ${by}.`, { details: { by } })
