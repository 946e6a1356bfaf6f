import { z } from 'zod'
import { Bytes, endpoint } from '../kernel/endpoint.ts'
import { Id, Locale } from '../kernel/values.ts'
import { CampaignResults } from './results.ts'

export const getResults = endpoint('GET', '/api/mailings/:id/results', {
  may: 'mailings.view',
  summary:
    'Counters and daily sales of a mailing, per currency, from its send date to its closing or today',
  input: z.object({ id: Id }),
  output: CampaignResults,
})

export const exportResults = endpoint('GET', '/api/mailings/:id/results/file', {
  may: 'mailings.view',
  summary: 'The days of a mailing’s results as a table, one line per currency and day',
  input: z.object({
    id: Id,
    format: z.enum(['csv', 'xlsx']).default('csv'),
    locale: Locale.default('fr'),
  }),
  output: Bytes,
})
