import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import { Me } from './user.ts'

export const whoAmI = endpoint('GET', '/api/me', {
  may: 'signed-in',
  summary: 'Who is signed in, and with which rights',
  input: z.object({}),
  output: Me,
})
