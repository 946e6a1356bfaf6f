import { z } from 'zod'
import { Done, endpoint } from '../kernel/endpoint.ts'
import { Id } from '../kernel/values.ts'
import {
  CampaignTypeDraft,
  Entity,
  EntityStateDraft,
  FamilyDraft,
  OperationTables,
  StepTypeDraft,
  TableUse,
} from './tables.ts'

const manage = 'settings.manage'
const One = z.object({ id: Id })
const Code = z.object({ code: z.string().max(40) })

export const getOperationTables = endpoint('GET', '/api/operation-tables', {
  may: 'signed-in',
  summary: 'States, step types, types, families, people and keys that forms choose from',
  input: z.object({}),
  output: OperationTables,
})

export const listTableUses = endpoint('GET', '/api/operation-tables/uses', {
  may: manage,
  summary: 'What has each state, step type, type and family, as far as the caller may see it',
  input: z.object({}),
  output: z.array(TableUse),
})

export const saveState = endpoint('PUT', '/api/entity-states/:entity/:code', {
  may: manage,
  summary: 'Create or change a state of operations, their types, steps or targets',
  input: EntityStateDraft,
  output: OperationTables,
})
export const deleteState = endpoint('DELETE', '/api/entity-states/:entity/:code', {
  may: manage,
  summary: 'Delete a state that nothing has and that is not one of the product’s own',
  input: Code.extend({ entity: Entity }),
  output: OperationTables,
})

export const saveStepType = endpoint('PUT', '/api/step-types/:code', {
  may: manage,
  summary: 'Create or change a step type: its channel, and which fields it uses',
  input: StepTypeDraft,
  output: OperationTables,
})
export const deleteStepType = endpoint('DELETE', '/api/step-types/:code', {
  may: manage,
  summary: 'Delete a step type that no step has',
  input: Code,
  output: OperationTables,
})

export const createCampaignType = endpoint('POST', '/api/campaign-types', {
  may: manage,
  summary: 'Create a type of operation',
  input: CampaignTypeDraft,
  output: OperationTables,
})
export const updateCampaignType = endpoint('PUT', '/api/campaign-types/:id', {
  may: manage,
  summary: 'Change a type of operation',
  input: CampaignTypeDraft.extend({ id: Id }),
  output: OperationTables,
})
export const deleteCampaignType = endpoint('DELETE', '/api/campaign-types/:id', {
  may: manage,
  summary: 'Delete a type that no operation has',
  input: One,
  output: OperationTables,
})

export const createFamily = endpoint('POST', '/api/campaign-families', {
  may: manage,
  summary: 'Create a family of operations, with its confidentiality key',
  input: FamilyDraft,
  output: OperationTables,
})
export const updateFamily = endpoint('PUT', '/api/campaign-families/:id', {
  may: manage,
  summary: 'Change a family; its key hides every operation of it',
  input: FamilyDraft.extend({ id: Id }),
  output: OperationTables,
})
export const deleteFamily = endpoint('DELETE', '/api/campaign-families/:id', {
  may: manage,
  summary: 'Delete a family that no operation has',
  input: One,
  output: OperationTables,
})
export const orderTable = endpoint('PUT', '/api/operation-tables/order', {
  may: manage,
  summary: 'The order in which the lines of a table are shown',
  input: z.object({
    table: z.enum(['states', 'step-types', 'types', 'families']),
    entity: Entity.optional(),
    keys: z.array(z.string().max(40)).max(500),
  }),
  output: Done,
})
