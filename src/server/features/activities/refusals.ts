import type { ActivityProblem } from '#core/activities/activity.ts'
import { AppError } from '#core/kernel/app-error.ts'

export const notFound = () =>
  new AppError('not-found', 'activities/not-found', 'There is no such activity, or not any more.')

export const changedMeanwhile = () =>
  new AppError(
    'conflict',
    'activities/changed-meanwhile',
    'Somebody else changed this meanwhile; nothing of theirs was overwritten.',
  )

export const typeNotFound = () =>
  new AppError('not-found', 'activities/no-such-type', 'There is no such type of activity.')

export const typeRetired = () =>
  new AppError('invalid', 'activities/type-retired', 'This type is not used for new ones any more.')

export const stillUsed = (count: number) =>
  new AppError('conflict', 'activities/still-used', `${count} things have it: retire it instead.`, {
    details: { count },
  })

export const taken = (name: string) =>
  new AppError('conflict', 'activities/name-taken', `“${name}” is taken.`, { details: { name } })

export const keyNotHeld = () =>
  new AppError('forbidden', 'activities/key-not-held', 'Only who holds a key can use it.')

export const wrongField = ({ field, problem }: ActivityProblem) =>
  new AppError('invalid', `activities/field-${problem}`, `The field ${field} is ${problem}.`, {
    details: { field },
  })

export const noSuch = (what: 'party' | 'contact' | 'owner' | 'cause') =>
  new AppError('invalid', `activities/no-such-${what}`, `There is no such ${what}.`)

export const noCopy = () =>
  new AppError('not-found', 'activities/no-copy', 'No copy of this message was kept.')
