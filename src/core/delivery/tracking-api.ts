import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import { Tracking } from './click.ts'

export const getTracking = endpoint('GET', '/api/tracking', {
  may: 'settings.manage',
  summary: 'What is noted of those who receive messages',
  input: z.object({}),
  output: Tracking,
})

export const saveTracking = endpoint('PUT', '/api/tracking', {
  may: 'settings.manage',
  summary: 'Change what is noted; nothing is noted any more of links sent before either',
  input: Tracking,
  output: Tracking,
})
