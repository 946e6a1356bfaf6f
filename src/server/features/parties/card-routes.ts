import { AppError } from '#core/kernel/app-error.ts'
import { done } from '#core/kernel/endpoint.ts'
import {
  addNote,
  changeConsent,
  createParty,
  deleteNote,
  deleteParty,
  findPartiesByCard,
  findPartyByCode,
  getParty,
  listConsents,
  listNotes,
  restoreParty,
  tagParty,
  undoPartyChange,
  updateParty,
} from '#core/parties/api.ts'
import type { FieldValue } from '#core/parties/custom-field.ts'
import type { Database } from '#platform/db/database.ts'
import type { App } from '#platform/http/app.ts'
import { route } from '#platform/http/route.ts'
import { companyDay } from '../company/service.ts'
import * as consents from './consent-queries.ts'
import { saveParty } from './loyalty.ts'
import * as notes from './note-queries.ts'
import * as parties from './queries.ts'
import * as removal from './removal.ts'
import * as service from './service.ts'

/** Nobody has a birthday to come with its year; what an import brought may be saved along. */
async function refuseUnborn(db: Database, birthday: FieldValue | undefined, now: Date) {
  if (typeof birthday !== 'string' || birthday.startsWith('-')) return
  if (birthday > (await companyDay(db, now))) throw service.invalidField('birthday')
}

export function cardRoutes(app: App): void {
  route(app, getParty, ({ id }, { db }) => service.getParty(db, id))
  route(app, findPartyByCode, ({ code }, { db }) => service.getPartyByCode(db, code))
  route(app, findPartiesByCard, async ({ number }, { db }) => ({
    ids: await parties.idsOfCard(db, number),
  }))
  route(app, createParty, async (draft, { db, actor, now }) => {
    await refuseUnborn(db, draft.birthday, now)
    return service.createParty(db, draft, actor)
  })
  route(app, updateParty, async ({ id, ...save }, { db, actor, now }) => {
    await refuseUnborn(db, save.changes.birthday?.to, now)
    return saveParty(db, id, save, actor)
  })
  route(app, undoPartyChange, ({ id, changeId }, { db, actor }) =>
    service.undoChange(db, id, changeId, actor),
  )
  route(app, deleteParty, async ({ id }, { db, actor, now }) => {
    await removal.deleteParty(db, id, actor, now)
    return done
  })
  route(app, restoreParty, ({ id }, { db, actor }) => removal.restoreParty(db, id, actor))
  route(app, tagParty, ({ id, ...wanted }, { db, actor }) =>
    service.tagParty(db, id, wanted, actor),
  )
  noteRoutes(app)
  route(app, listConsents, ({ id }, { db }) => consents.list(db, id))
  route(app, changeConsent, async ({ id, channel, purpose, state, note }, { db, actor }) => {
    await service.lockOpen(db, id)
    const proof = note === '' ? {} : { note }
    await service.recordConsent(db, id, {
      channel,
      purpose,
      state,
      source: 'staff',
      proof,
      actorName: actor.name,
    })
    return service.getParty(db, id)
  })
}

function noteRoutes(app: App): void {
  route(app, listNotes, ({ id }, { db }) => notes.list(db, id))
  route(app, addNote, async ({ id, text }, { db, actor }) => {
    await service.lockOpen(db, id)
    return notes.add(db, { partyId: id, text, authorId: actor.id, authorName: actor.name })
  })
  route(app, deleteNote, async ({ id, noteId }, { db }) => {
    if (!(await notes.remove(db, id, noteId)))
      throw new AppError('not-found', 'parties/no-such-note', 'There is no such note.')
    return done
  })
}
