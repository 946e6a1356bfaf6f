import { AppError } from '#core/kernel/app-error.ts'
import { done } from '#core/kernel/endpoint.ts'
import * as api from '#core/parties/catalogue-api.ts'
import type { App } from '#platform/http/app.ts'
import { route } from '#platform/http/route.ts'
import * as catalogue from './catalogue-queries.ts'

const missing = () => new AppError('not-found', 'parties/no-such-entry', 'There is no such entry.')

/** PostgreSQL's refusals of these short lists, said in our words: a name twice, or something still in use. */
async function refusing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === '23505')
      throw new AppError('conflict', 'parties/name-taken', 'This name or code is in use.')
    if (code === '23503')
      throw new AppError('conflict', 'parties/still-used', 'Customers or sales still use it.')
    throw error
  }
}

async function found<T>(work: Promise<T | undefined>): Promise<T> {
  const value = await refusing(work)
  if (value === undefined) throw missing()
  return value
}

export function catalogueRoutes(app: App): void {
  route(app, api.getPartyCatalogue, async (_, { db }) => ({
    stores: await catalogue.stores(db),
    kinds: await catalogue.kinds(db),
    categories: await catalogue.categories(db),
    tags: await catalogue.tags(db),
    customFields: await catalogue.customFields(db),
    defaults: await catalogue.defaults(db),
  }))
  route(app, api.countCatalogue, (_, { db }) => catalogue.counts(db))
  route(app, api.savePartyDefaults, async (defaults, { db }) => {
    await catalogue.saveDefaults(db, defaults)
    return defaults
  })
  tagRoutes(app)
  storeRoutes(app)
  categoryRoutes(app)
  customFieldRoutes(app)
}

function tagRoutes(app: App): void {
  route(app, api.createTag, (draft, { db }) => catalogue.ensureTag(db, draft))
  route(app, api.updateTag, ({ id, ...draft }, { db }) => found(catalogue.updateTag(db, id, draft)))
  route(app, api.mergeTags, async ({ id, into }, { db }) => {
    if (id === into || !(await catalogue.tags(db)).some((tag) => tag.id === into)) throw missing()
    await catalogue.mergeTag(db, id, into)
    return done
  })
  route(app, api.deleteTag, async ({ id }, { db }) => {
    if (!(await catalogue.deleteTag(db, id))) throw missing()
    return done
  })
}

function storeRoutes(app: App): void {
  route(app, api.createStore, (draft, { db }) => refusing(catalogue.insertStore(db, draft)))
  route(app, api.updateStore, ({ id, ...draft }, { db }) =>
    found(catalogue.updateStore(db, id, draft)),
  )
  route(app, api.deleteStore, async ({ id }, { db }) => {
    await refusing(catalogue.deleteStore(db, id))
    return done
  })
}

function categoryRoutes(app: App): void {
  route(app, api.createCategory, ({ label }, { db }) =>
    refusing(catalogue.insertCategory(db, label)),
  )
  route(app, api.updateCategory, ({ id, label }, { db }) =>
    found(catalogue.updateCategory(db, id, label)),
  )
  route(app, api.deleteCategory, async ({ id }, { db }) => {
    await catalogue.deleteCategory(db, id)
    return done
  })
  route(app, api.saveKind, async (kind, { db }) => {
    await catalogue.saveKind(db, kind)
    return kind
  })
  route(app, api.deleteKind, async ({ code }, { db }) => {
    await refusing(catalogue.deleteKind(db, code))
    return done
  })
}

function customFieldRoutes(app: App): void {
  route(app, api.createCustomField, (draft, { db }) =>
    refusing(catalogue.insertCustomField(db, draft)),
  )
  route(app, api.updateCustomField, ({ id, ...draft }, { db }) =>
    found(catalogue.updateCustomField(db, id, draft)),
  )
  route(app, api.deleteCustomField, async ({ id }, { db }) => {
    await catalogue.deleteCustomField(db, id)
    return done
  })
}
