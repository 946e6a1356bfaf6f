import { z } from 'zod'
import { Bytes, endpoint } from '../kernel/endpoint.ts'
import { Id } from '../kernel/values.ts'
import { OperationView } from './operation.ts'
import { HeaderField, StepTemplateField } from './template.ts'

const view = 'mailings.view'
const write = 'mailings.write'
const Version = z.number().int().positive()
const Name = z.object({ name: z.string().trim().min(1).max(255) })

export const TemplateList = z.object({
  operations: z.array(
    z.object({ id: Id, label: z.string(), objective: z.string(), steps: z.number().int() }),
  ),
  steps: z.array(
    z.object({
      id: Id,
      label: z.string(),
      typeCode: z.string(),
      operationId: Id,
      operationLabel: z.string(),
    }),
  ),
})
export type TemplateList = z.infer<typeof TemplateList>

export const listTemplates = endpoint('GET', '/api/operation-templates', {
  may: view,
  summary: 'Operations and steps that are flagged as templates',
  input: z.object({}),
  output: TemplateList,
})

export const loadIntoOperation = endpoint('POST', '/api/operations/:id/load-template', {
  may: write,
  summary:
    'Take chosen fields of the header from another operation, and add copies of chosen steps of it',
  input: z.object({
    id: Id,
    version: Version,
    /** The operation to take from. */
    campaignId: Id,
    fields: z.array(HeaderField).max(HeaderField.options.length),
    stepIds: z.array(Id).max(500).default([]),
  }),
  output: OperationView,
})

export const loadIntoStep = endpoint('POST', '/api/steps/:id/load-template', {
  may: write,
  summary: 'Take chosen fields from another step, and its messages in place of one’s own',
  input: z.object({
    id: Id,
    version: Version,
    templateStepId: Id,
    fields: z.array(StepTemplateField).max(StepTemplateField.options.length),
    /** Puts its messages in place of those of the step. */
    contents: z.boolean().default(false),
  }),
  output: OperationView,
})

export const uploadDocument = endpoint('POST', '/api/steps/:id/document', {
  may: write,
  summary: 'Give a step its document: the body is its bytes, `name` its name',
  input: Name.extend({ id: Id }),
  output: OperationView,
})
export const downloadDocument = endpoint('GET', '/api/steps/:id/document', {
  may: view,
  summary: 'The document of a step',
  input: z.object({ id: Id }),
  output: Bytes,
})
export const removeDocument = endpoint('DELETE', '/api/steps/:id/document', {
  may: write,
  summary: 'Take the document away from a step',
  input: z.object({ id: Id }),
  output: OperationView,
})
