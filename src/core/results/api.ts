import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import { Id } from '../kernel/values.ts'
import { CampaignResults } from './results.ts'

export const getResults = endpoint('GET', '/api/mailings/:id/results', {
  may: 'mailings.view',
  summary:
    'Counters and daily sales of a mailing, per currency, from its send date to its closing or today',
  input: z.object({ id: Id }),
  output: CampaignResults,
})
