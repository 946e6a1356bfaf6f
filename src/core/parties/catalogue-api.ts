import { z } from 'zod'
import { Done, endpoint } from '../kernel/endpoint.ts'
import { Id } from '../kernel/values.ts'
import {
  CardType,
  CardTypeDraft,
  Category,
  CategoryDraft,
  Kind,
  PartyDefaults,
  Store,
  StoreDraft,
  Tag,
  TagDraft,
} from './catalogue.ts'
import { CustomField, CustomFieldDraft } from './custom-field.ts'

export const getPartyCatalogue = endpoint('GET', '/api/party-catalogue', {
  may: 'signed-in',
  summary: 'Stores, kinds, categories, tags and custom fields: what cards and criteria refer to',
  input: z.object({}),
  output: z.object({
    stores: z.array(Store),
    kinds: z.array(Kind),
    categories: z.array(Category),
    cardTypes: z.array(CardType),
    tags: z.array(Tag),
    customFields: z.array(CustomField),
    defaults: PartyDefaults,
  }),
})

export const countCatalogue = endpoint('GET', '/api/party-catalogue/counts', {
  may: 'customers.view',
  summary: 'How many customers have each tag, store, category and card type',
  input: z.object({}),
  output: z.object({
    tags: z.record(z.string(), z.number().int()),
    stores: z.record(z.string(), z.number().int()),
    categories: z.record(z.string(), z.number().int()),
    cardTypes: z.record(z.string(), z.number().int()),
  }),
})

const manage = 'settings.manage'

export const savePartyDefaults = endpoint('PUT', '/api/settings/party-defaults', {
  may: manage,
  summary: 'What a new card starts with',
  input: PartyDefaults,
  output: PartyDefaults,
})

export const createTag = endpoint('POST', '/api/tags', {
  may: 'customers.write',
  summary: 'Create a tag',
  input: TagDraft,
  output: Tag,
})
export const updateTag = endpoint('PUT', '/api/tags/:id', {
  may: manage,
  summary: 'Rename or recolour a tag',
  input: TagDraft.extend({ id: Id }),
  output: Tag,
})
export const mergeTags = endpoint('POST', '/api/tags/:id/merge', {
  may: manage,
  summary: 'Give everybody with this tag another one instead, and delete it',
  input: z.object({ id: Id, into: Id }),
  output: Done,
})
export const deleteTag = endpoint('DELETE', '/api/tags/:id', {
  may: manage,
  summary: 'Delete a tag and take it from everybody',
  input: z.object({ id: Id }),
  output: Done,
})

export const createStore = endpoint('POST', '/api/stores', {
  may: manage,
  summary: 'Create a store',
  input: StoreDraft,
  output: Store,
})
export const updateStore = endpoint('PUT', '/api/stores/:id', {
  may: manage,
  summary: 'Change a store',
  input: StoreDraft.extend({ id: Id }),
  output: Store,
})
export const deleteStore = endpoint('DELETE', '/api/stores/:id', {
  may: manage,
  summary: 'Delete a store that no customer and no sale names',
  input: z.object({ id: Id }),
  output: Done,
})

export const createCategory = endpoint('POST', '/api/party-categories', {
  may: manage,
  summary: 'Create a category',
  input: CategoryDraft,
  output: Category,
})
export const updateCategory = endpoint('PUT', '/api/party-categories/:id', {
  may: manage,
  summary: 'Rename a category',
  input: CategoryDraft.extend({ id: Id }),
  output: Category,
})
export const deleteCategory = endpoint('DELETE', '/api/party-categories/:id', {
  may: manage,
  summary: 'Delete a category; its customers have none then',
  input: z.object({ id: Id }),
  output: Done,
})

export const createCardType = endpoint('POST', '/api/card-types', {
  may: manage,
  summary: 'Create a type of loyalty card',
  input: CardTypeDraft,
  output: CardType,
})
export const updateCardType = endpoint('PUT', '/api/card-types/:id', {
  may: manage,
  summary: 'Change a type of loyalty card; the amounts on its cards stay as they are',
  input: CardTypeDraft.extend({ id: Id }),
  output: CardType,
})
export const deleteCardType = endpoint('DELETE', '/api/card-types/:id', {
  may: manage,
  summary: 'Delete a type of loyalty card that no customer has',
  input: z.object({ id: Id }),
  output: Done,
})

export const saveKind = endpoint('PUT', '/api/party-kinds/:code', {
  may: manage,
  summary: 'Create or change a kind of third party',
  input: Kind,
  output: Kind,
})
export const deleteKind = endpoint('DELETE', '/api/party-kinds/:code', {
  may: manage,
  summary: 'Delete a kind that no card has',
  input: z.object({ code: z.string() }),
  output: Done,
})

export const createCustomField = endpoint('POST', '/api/custom-fields', {
  may: manage,
  summary: 'Add a field to the card',
  input: CustomFieldDraft,
  output: CustomField,
})
export const updateCustomField = endpoint('PUT', '/api/custom-fields/:id', {
  may: manage,
  summary: 'Change a field’s labels, choices and place; key and type stay',
  input: CustomFieldDraft.safeExtend({ id: Id }),
  output: CustomField,
})
export const deleteCustomField = endpoint('DELETE', '/api/custom-fields/:id', {
  may: manage,
  summary: 'Remove a field and its values from every card',
  input: z.object({ id: Id }),
  output: Done,
})
