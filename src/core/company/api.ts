import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import { TimeZone } from './time-zone.ts'

const may = 'settings.manage'

export const getTimeZone = endpoint('GET', '/api/time-zone', {
  may,
  summary: 'The time zone of the company, and those to choose from',
  input: z.object({}),
  output: z.object({ timeZone: z.string(), choices: z.array(z.string()) }),
})

export const saveTimeZone = endpoint('PUT', '/api/time-zone', {
  may,
  summary: 'Set the time zone in which the company counts its days; what is stored does not move',
  input: z.object({ timeZone: TimeZone }),
  output: z.object({ timeZone: z.string() }),
})
