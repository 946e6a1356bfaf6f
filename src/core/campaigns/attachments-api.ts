import { z } from 'zod'
import { Bytes, endpoint } from '../kernel/endpoint.ts'
import { Id } from '../kernel/values.ts'
import { StepFile } from './attachment.ts'

const One = z.object({ id: Id })
const Attached = One.extend({ fileId: z.uuid() })

export const listStepAttachments = endpoint('GET', '/api/steps/:id/attachments', {
  may: 'mailings.view',
  summary: 'The files that leave with the e-mails of a step, in their order',
  input: One,
  output: z.array(StepFile),
})

export const addStepAttachment = endpoint('POST', '/api/steps/:id/attachments', {
  may: 'mailings.write',
  summary:
    'Attach a file to the e-mails of a step: the body is its bytes, `name` its name. Not once it is launched',
  input: One.extend({ name: z.string().trim().min(1).max(255) }),
  output: z.array(StepFile),
})

export const downloadStepAttachment = endpoint('GET', '/api/steps/:id/attachments/:fileId', {
  may: 'mailings.view',
  summary: 'An attachment of a step',
  input: Attached,
  output: Bytes,
})

export const removeStepAttachment = endpoint('DELETE', '/api/steps/:id/attachments/:fileId', {
  may: 'mailings.write',
  summary: 'Take an attachment away from a step. Not once it is launched',
  input: Attached,
  output: z.array(StepFile),
})
