import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import { done } from '#core/kernel/endpoint.ts'
import * as api from '#core/parties/catalogue-api.ts'
import type { Database } from '#platform/db/database.ts'
import type { App } from '#platform/http/app.ts'
import { route } from '#platform/http/route.ts'
import { audit } from '../access/service.ts'
import * as catalogue from './catalogue-queries.ts'

const missing = () => new AppError('not-found', 'parties/no-such-entry', 'There is no such entry.')

const fieldStays = () =>
  new AppError('invalid', 'parties/field-stays', 'Key and type of a field stay as they are.')

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

type Who = { db: Database; actor: Actor }

/** `settings/tag-created` and the like: who changed which entry of the short lists. */
const told = ({ db, actor }: Who, what: string, subject: string, details = {}) =>
  audit(db, actor, `settings/${what}`, subject, details)

export function catalogueRoutes(app: App): void {
  route(app, api.getPartyCatalogue, async (_, { db }) => ({
    stores: await catalogue.stores(db),
    kinds: await catalogue.kinds(db),
    categories: await catalogue.categories(db),
    cardTypes: await catalogue.cardTypes(db),
    tags: await catalogue.tags(db),
    customFields: await catalogue.customFields(db),
    defaults: await catalogue.defaults(db),
  }))
  route(app, api.countCatalogue, (_, { db }) => catalogue.counts(db))
  route(app, api.savePartyDefaults, async (defaults, context) => {
    await catalogue.saveDefaults(context.db, defaults)
    await told(context, 'defaults-changed', '')
    return defaults
  })
  tagRoutes(app)
  storeRoutes(app)
  categoryRoutes(app)
  cardTypeRoutes(app)
  kindRoutes(app)
  customFieldRoutes(app)
}

const labelIn = (list: readonly { id: number; label: string }[], id: number) =>
  list.find((entry) => entry.id === id)?.label

function tagRoutes(app: App): void {
  route(app, api.createTag, async (draft, context) => {
    const known = await catalogue.tags(context.db)
    const tag = await catalogue.ensureTag(context.db, draft)
    if (labelIn(known, tag.id) === undefined) await told(context, 'tag-created', tag.label)
    return tag
  })
  route(app, api.updateTag, async ({ id, ...draft }, context) => {
    const tag = await found(catalogue.updateTag(context.db, id, draft))
    await told(context, 'tag-changed', tag.label)
    return tag
  })
  route(app, api.mergeTags, async ({ id, into }, context) => {
    const known = await catalogue.tags(context.db)
    const [gone, kept] = [labelIn(known, id), labelIn(known, into)]
    if (id === into || gone === undefined || kept === undefined) throw missing()
    await catalogue.mergeTag(context.db, id, into)
    await told(context, 'tag-merged', kept, { from: gone })
    return done
  })
  route(app, api.deleteTag, async ({ id }, context) => {
    const label = labelIn(await catalogue.tags(context.db), id)
    if (label === undefined) throw missing()
    await catalogue.deleteTag(context.db, id)
    await told(context, 'tag-deleted', label)
    return done
  })
}

function storeRoutes(app: App): void {
  route(app, api.createStore, async (draft, context) => {
    const store = await refusing(catalogue.insertStore(context.db, draft))
    await told(context, 'store-created', store.name)
    return store
  })
  route(app, api.updateStore, async ({ id, ...draft }, context) => {
    const store = await found(catalogue.updateStore(context.db, id, draft))
    await told(context, 'store-changed', store.name)
    return store
  })
  route(app, api.deleteStore, async ({ id }, context) => {
    const store = (await catalogue.stores(context.db)).find((entry) => entry.id === id)
    await refusing(catalogue.deleteStore(context.db, id))
    if (store) await told(context, 'store-deleted', store.name)
    return done
  })
}

function categoryRoutes(app: App): void {
  route(app, api.createCategory, async ({ label }, context) => {
    const category = await refusing(catalogue.insertCategory(context.db, label))
    await told(context, 'category-created', category.label)
    return category
  })
  route(app, api.updateCategory, async ({ id, label }, context) => {
    const category = await found(catalogue.updateCategory(context.db, id, label))
    await told(context, 'category-changed', category.label)
    return category
  })
  route(app, api.deleteCategory, async ({ id }, context) => {
    const label = labelIn(await catalogue.categories(context.db), id)
    await catalogue.deleteCategory(context.db, id)
    if (label !== undefined) await told(context, 'category-deleted', label)
    return done
  })
}

function cardTypeRoutes(app: App): void {
  route(app, api.createCardType, async (draft, context) => {
    const type = await refusing(catalogue.insertCardType(context.db, draft))
    await told(context, 'card-type-created', type.label)
    return type
  })
  route(app, api.updateCardType, async ({ id, ...draft }, context) => {
    const type = await found(catalogue.updateCardType(context.db, id, draft))
    await told(context, 'card-type-changed', type.label)
    return type
  })
  route(app, api.deleteCardType, async ({ id }, context) => {
    const label = labelIn(await catalogue.cardTypes(context.db), id)
    await refusing(catalogue.deleteCardType(context.db, id))
    if (label !== undefined) await told(context, 'card-type-deleted', label)
    return done
  })
}

function kindRoutes(app: App): void {
  route(app, api.saveKind, async (kind, context) => {
    await catalogue.saveKind(context.db, kind)
    await told(context, 'kind-saved', kind.labelFr)
    return kind
  })
  route(app, api.deleteKind, async ({ code }, context) => {
    const kind = (await catalogue.kinds(context.db)).find((entry) => entry.code === code)
    await refusing(catalogue.deleteKind(context.db, code))
    if (kind) await told(context, 'kind-deleted', kind.labelFr)
    return done
  })
}

function customFieldRoutes(app: App): void {
  route(app, api.createCustomField, async (draft, context) => {
    const field = await refusing(catalogue.insertCustomField(context.db, draft))
    await told(context, 'field-created', field.labelFr)
    return field
  })
  route(app, api.updateCustomField, async ({ id, ...draft }, context) => {
    const known = (await catalogue.customFields(context.db)).find((entry) => entry.id === id)
    if (known && (known.key !== draft.key || known.type !== draft.type)) throw fieldStays()
    const field = await found(catalogue.updateCustomField(context.db, id, draft))
    await told(context, 'field-changed', field.labelFr)
    return field
  })
  route(app, api.deleteCustomField, async ({ id }, context) => {
    const field = (await catalogue.customFields(context.db)).find((entry) => entry.id === id)
    await catalogue.deleteCustomField(context.db, id)
    if (field) await told(context, 'field-deleted', field.labelFr)
    return done
  })
}
