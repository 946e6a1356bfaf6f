/** What an agent can be refused, in one place. */
import { AppError } from '#core/kernel/app-error.ts'
import type { Obstacle } from '#core/phoning/law.ts'

export const noSuchStep = () =>
  new AppError('not-found', 'phoning/no-such-step', 'There is no such phoning step.')

export const noSuchPerson = () =>
  new AppError('not-found', 'phoning/no-such-person', 'The person is not in this step.')

export const leaseLost = () =>
  new AppError('conflict', 'phoning/lease-lost', 'Somebody else has this person on the line now.')

export const notHeld = () => new AppError('conflict', 'phoning/not-held', 'Take the person first.')

export const noQuestionnaire = () =>
  new AppError(
    'conflict',
    'phoning/no-questionnaire',
    'The step has no questionnaire: calls need one.',
  )

export const unknownStatus = (code: string) =>
  new AppError('invalid', 'phoning/unknown-status', `Unknown status: ${code}.`, {
    details: { code },
  })

export const callbackOfSettled = () =>
  new AppError(
    'invalid',
    'phoning/callback-of-settled',
    'Who is to be called back keeps a status that means “to do”.',
  )

export const callbackPast = () =>
  new AppError('invalid', 'phoning/callback-past', 'The callback lies in the past.')

export const appointmentOfUnreached = () =>
  new AppError(
    'invalid',
    'phoning/appointment-of-unreached',
    'Who has an appointment gets a status that means “OK”.',
  )

export const appointmentPast = () =>
  new AppError('invalid', 'phoning/appointment-past', 'The appointment lies in the past.')

export const noAppointments = () =>
  new AppError(
    'conflict',
    'phoning/no-appointments',
    'There is no type of activity for appointments.',
  )

export const refusalStops = () =>
  new AppError('invalid', 'phoning/refusal-stops', 'Who refuses gets a status that stops.')

export const tooLate = () =>
  new AppError('conflict', 'phoning/too-late', 'The result cannot be taken back any more.')

export const mayNotBeCalled = ({ reason, until }: Obstacle) =>
  new AppError(
    'conflict',
    'phoning/may-not-be-called',
    `The person may not be called: ${reason}.`,
    {
      details: { reason, ...(until ? { until: until.toISOString() } : {}) },
    },
  )

export const numberListed = () =>
  new AppError('conflict', 'phoning/number-listed', 'The number is on a do-not-call list.')

export const numberNotTheirs = () =>
  new AppError('invalid', 'phoning/number-not-theirs', 'The number is not one of the person.')

export const noSuchList = () =>
  new AppError('not-found', 'phoning/no-such-list', 'There is no such list.')

export const labelTaken = () =>
  new AppError('conflict', 'phoning/label-taken', 'A list has this name already.')

export const noNumbers = () =>
  new AppError('invalid', 'phoning/no-numbers', 'No phone number was found in the file.')
