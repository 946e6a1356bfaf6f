import { z } from 'zod'
import { Done, endpoint } from '../kernel/endpoint.ts'
import { Id } from '../kernel/values.ts'
import { SavedView, ViewDraft } from './view.ts'

export const listViews = endpoint('GET', '/api/views', {
  may: 'signed-in',
  summary: 'One’s own views of a list and those that are shared; takes the right to see the list',
  input: z.object({ list: z.enum(['activities', 'customers']) }),
  output: z.array(SavedView),
})

export const saveView = endpoint('POST', '/api/views', {
  may: 'signed-in',
  summary: 'Keep what a list shows under a name; takes the right to see the list',
  input: z.object({ view: ViewDraft }),
  output: SavedView,
})

export const changeView = endpoint('PUT', '/api/views/:id', {
  may: 'signed-in',
  summary:
    'Rename a view, share it, or let it show something else; by its owner or with settings.manage',
  input: z.object({ id: Id, view: ViewDraft }),
  output: SavedView,
})

export const deleteView = endpoint('DELETE', '/api/views/:id', {
  may: 'signed-in',
  summary: 'Delete a view; by its owner, or a shared one with settings.manage',
  input: z.object({ id: Id }),
  output: Done,
})
