import { z } from 'zod'
import { Channel, ContentBody } from '../content/content.ts'
import { Done, endpoint } from '../kernel/endpoint.ts'
import { Id, Slice } from '../kernel/values.ts'
import { Selection } from '../segments/selection.ts'
import {
  AudienceMember,
  CampaignDraft,
  CampaignLine,
  CampaignView,
  StepAtWork,
} from './campaign.ts'

const One = z.object({ id: Id })
/** The version that the caller has seen; a newer one is a conflict. */
const Versioned = One.extend({ version: z.number().int().positive() })

export const CampaignSort = z.enum(['sendOn', 'label', 'closedAt'])
export type CampaignSort = z.infer<typeof CampaignSort>

export const listCampaigns = endpoint('GET', '/api/campaigns', {
  may: 'mailings.view',
  summary: 'Mailings with date, label and closing date',
  input: z
    .object({
      search: z.string().max(200).optional(),
      sort: CampaignSort.default('sendOn'),
      direction: z.enum(['asc', 'desc']).default('desc'),
    })
    .extend(Slice.shape),
  output: z.object({ rows: z.array(CampaignLine), total: z.number().int() }),
})

export const listAtWork = endpoint('GET', '/api/campaigns-at-work', {
  may: 'mailings.view',
  summary: 'Mailings planned, being sent, paused or partly failed; those at work first',
  input: z.object({}),
  output: z.array(StepAtWork),
})

export const getCampaign = endpoint('GET', '/api/campaigns/:id', {
  may: 'mailings.view',
  summary: 'One mailing with its selection and messages',
  input: One,
  output: CampaignView,
})

export const createCampaign = endpoint('POST', '/api/campaigns', {
  may: 'mailings.write',
  summary: 'Create a mailing: a campaign with one step',
  input: CampaignDraft,
  output: CampaignView,
})

export const updateCampaign = endpoint('PUT', '/api/campaigns/:id', {
  may: 'mailings.write',
  summary: 'Change name, send date, control group and notes',
  input: CampaignDraft.extend(Versioned.shape),
  output: CampaignView,
})

export const duplicateCampaign = endpoint('POST', '/api/campaigns/:id/duplicate', {
  may: 'mailings.write',
  summary: 'A new mailing with the same selection and messages',
  input: One.extend({ label: z.string().trim().min(1).max(200) }),
  output: CampaignView,
})

export const deleteCampaign = endpoint('DELETE', '/api/campaigns/:id', {
  may: 'mailings.write',
  summary: 'Put a mailing into the bin; refused while it is being sent',
  input: One,
  output: Done,
})

export const restoreCampaign = endpoint('POST', '/api/campaigns/:id/restore', {
  may: 'mailings.write',
  summary: 'Take a mailing back out of the bin',
  input: One,
  output: CampaignView,
})

export const closeCampaign = endpoint('POST', '/api/campaigns/:id/close', {
  may: 'mailings.write',
  summary: 'Close a mailing: its date is set and its results are frozen',
  input: One,
  output: CampaignView,
})

export const reopenCampaign = endpoint('POST', '/api/campaigns/:id/reopen', {
  may: 'mailings.write',
  summary: 'Open a closed mailing again: its results go on counting',
  input: One,
  output: CampaignView,
})

export const saveSelection = endpoint('PUT', '/api/steps/:id/selection', {
  may: 'mailings.write',
  summary: 'Whom the step selects',
  input: Versioned.extend({ selection: Selection }),
  output: CampaignView,
})

export const addContent = endpoint('POST', '/api/steps/:id/contents', {
  may: 'mailings.write',
  summary: 'Add a message to the step, empty or as a template has it',
  input: One.extend({ channel: Channel, templateId: Id.optional() }),
  output: CampaignView,
})

export const orderContents = endpoint('PUT', '/api/steps/:id/contents', {
  may: 'mailings.write',
  summary: 'Put the messages of the step into another order: all of them, each once',
  input: One.extend({ contentIds: z.array(Id).max(100) }),
  output: CampaignView,
})

export const saveContent = endpoint('PUT', '/api/contents/:id', {
  may: 'mailings.write',
  summary: 'What a message says; unfinished and faulty texts are kept too',
  input: Versioned.extend({ body: ContentBody, onlyUnreached: z.boolean().default(false) }),
  output: CampaignView,
})

export const removeContent = endpoint('DELETE', '/api/contents/:id', {
  may: 'mailings.write',
  summary: 'Remove a message from its step',
  input: One,
  output: CampaignView,
})

export const listAudience = endpoint('GET', '/api/steps/:id/audience', {
  may: 'mailings.view',
  summary: 'The people of a step: of its selection before the launch, its frozen targets after',
  input: One.extend({
    search: z.string().max(200).optional(),
    show: z.enum(['selected', 'left-out']).default('selected'),
  }).extend(Slice.shape),
  output: z.object({
    rows: z.array(AudienceMember),
    total: z.number().int(),
    /** Whether the list can still change with the selection. */
    live: z.boolean(),
    leftOut: z.number().int(),
  }),
})

export const AudienceCheck = z.object({
  /** Whom the message can reach: by its channel, of the people of the step. */
  recipients: z.number().int(),
  /** Fields without a value, what stands in their place, and for how many. */
  missing: z.array(z.object({ field: z.string(), fallback: z.string(), count: z.number().int() })),
  /** The dearest text message of all; null for other channels and while the text is faulty. */
  sms: z
    .object({
      encoding: z.enum(['gsm7', 'ucs2']),
      length: z.number().int(),
      parts: z.number().int(),
      text: z.string(),
      /** Null when everybody gets the same text. */
      partyId: Id.nullable(),
      /** How many recipients get a message of so many parts. */
      recipientsByParts: z.record(z.string(), z.number().int()),
    })
    .nullable(),
})
export type AudienceCheck = z.infer<typeof AudienceCheck>

export const checkContent = endpoint('GET', '/api/contents/:id/check', {
  may: 'mailings.view',
  summary: 'A message over its whole audience: values that are missing, the longest text message',
  input: One,
  output: AudienceCheck,
})
