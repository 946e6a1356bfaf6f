/** Cards and what they refer to: what other features may use of them. */
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js'
import { z } from 'zod'
import type { Actor } from '#core/kernel/actor.ts'
import { AppError } from '#core/kernel/app-error.ts'
import type { PartyDefaults } from '#core/parties/catalogue.ts'
import {
  type Applied,
  applyChanges,
  type Changes,
  inverse,
  valuesOf,
} from '#core/parties/change.ts'
import type { PartyContact } from '#core/parties/contact.ts'
import { type CustomField, type FieldValue, fits } from '#core/parties/custom-field.ts'
import { mergedFigures } from '#core/parties/loyalty.ts'
import { CardValues, GivenValues, type Party, type PartyDraft } from '#core/parties/party.ts'
import { normalisePhone } from '#core/parties/phone.ts'
import type { Database } from '#platform/db/database.ts'
import * as catalogue from './catalogue-queries.ts'
import * as consents from './consent-queries.ts'
import * as contacts from './contact-queries.ts'
import * as sweep from './file-sweep.ts'
import * as list from './list-queries.ts'
import * as names from './name-queries.ts'
import * as parties from './queries.ts'
import * as tally from './tally-queries.ts'

export const listStores = (db: Database) => catalogue.stores(db)
export const listKinds = (db: Database) => catalogue.kinds(db)
export const listCategories = (db: Database) => catalogue.categories(db)
export const listCardTypes = (db: Database) => catalogue.cardTypes(db)
export const listTags = (db: Database) => catalogue.tags(db)
export const findCustomFields = (db: Database) => catalogue.customFields(db)
export const getDefaults = (db: Database) => catalogue.defaults(db)
/** The people of a selection of the list, as a condition on `parties`. */
export const selectedWhere = list.selectedWhere
export const sweepFiles = sweep.sweepFiles
export const compactTally = (db: Database) => tally.compactTally(db)

/** E.164 by the numbering plan of the card's country; null when the number could not be read. */
export function toE164(typed: string, country: string): string | null {
  const quick = normalisePhone(typed, country)
  if (quick) return quick
  if (!/\d{3}/.test(typed)) return null
  const home: CountryCode | undefined = isSupportedCountry(country) ? country : undefined
  const parsed = parsePhoneNumberFromString(typed, home ? { defaultCountry: home } : {})
  return parsed?.isValid() ? parsed.number : null
}

/** Adds the loyalty figures of the card that goes to the one that stays; see `mergedFigures`. Gives the change. */
export async function mergeLoyalty(
  db: Database,
  kept: Party,
  lost: Party,
  actor: Actor,
): Promise<number | null> {
  const changes = mergedFigures(valuesOf(kept), valuesOf(lost))
  if (Object.keys(changes).length === 0) return null
  return (await updateParty(db, kept.id, changes, actor, 'merge')).changeId
}

export const notFound = () =>
  new AppError('not-found', 'parties/not-found', 'There is no such customer.')

export async function getParty(db: Database, id: number): Promise<Party> {
  const party = await parties.find(db, id)
  if (!party) throw notFound()
  return party
}

/** A card that something is written on: not one in the bin, nor one whose history went to another. */
export async function lockOpen(db: Database, id: number): Promise<void> {
  const party = await parties.lock(db, id)
  if (!party || party.deletedAt !== null) throw notFound()
}

/** Locks the cards until the transaction ends, in one order, so that two merges never wait for each other. */
export async function lockParties(db: Database, ids: readonly number[]): Promise<void> {
  for (const id of [...ids].sort((a, b) => a - b)) await parties.lock(db, id)
}

/** A line of the card's history that no field save writes. */
export const addHistory = (
  db: Database,
  entry: Pick<parties.ChangeEntry, 'partyId' | 'reason' | 'changes'>,
  actor: Actor,
) => parties.addChange(db, { ...entry, ...byline(actor) })

/** The ids that the words of the search box find, the most likely first. */
export const searchParties = (db: Database, search: string, limit: number): Promise<number[]> =>
  list.pageIds(
    db,
    { search, criteria: undefined },
    { offset: 0, limit, sort: { key: 'name', descending: false } },
  )

/** A query of the ids of everybody whom the words of a search box mean. */
export const partiesFound = list.idsFound

/** How the people of a statement are called. */
export const nameOf = names.nameOf

/** Those of the ids that are there and not deleted, in the order asked for. */
export const findParties = (db: Database, ids: readonly number[]) => parties.findMany(db, ids)

/** The people of many organisations at once, those of each in their order: the first is the main one. */
export async function contactsOf(
  db: Database,
  organisationIds: readonly number[],
): Promise<Map<number, PartyContact[]>> {
  const rows = await contacts.ofOrganisations(db, organisationIds)
  return Map.groupBy(rows, ({ organisationId }) => organisationId)
}

export async function getPartyByCode(db: Database, code: string): Promise<Party> {
  const id = await parties.idOfCode(db, code)
  if (id === undefined) throw notFound()
  return getParty(db, id)
}

/** A card with the defaults for what the draft does not say. */
function withDefaults(draft: PartyDraft, defaults: PartyDefaults): CardValues {
  const { cityRequired: _city, createByScan: _scan, ...start } = defaults
  const blank: CardValues = {
    ...start,
    code: '',
    nature: 'person',
    lastName: '',
    firstName: '',
    company: '',
    sex: '',
    address1: '',
    address2: '',
    postalCode: '',
    city: '',
    phone: '',
    mobile: '',
    email: '',
    cardNumber: '',
    loyaltyPoints: null,
    loyaltyItems: null,
    loyaltyVisits: null,
    loyaltyBonus: null,
    loyaltySales: null,
    loyaltyGift: null,
    loyaltyCurrency: 'EUR',
    birthday: null,
    date2: null,
    date3: null,
    criterion1: null,
    criterion2: null,
    criterion3: null,
    opensConsent: null,
  }
  const { custom: _custom, tags: _tags, ...given } = draft
  const said = Object.entries(given).filter(([, value]) => value !== undefined)
  return CardValues.parse({ ...blank, ...Object.fromEntries(said) })
}

/** A new card is in the currency of its type unless it says another. */
async function withCardCurrency(db: Database, draft: PartyDraft, values: CardValues) {
  if (draft.loyaltyCurrency || values.cardType === null) return values
  const type = (await listCardTypes(db)).find(({ id }) => id === values.cardType)
  return type ? { ...values, loyaltyCurrency: type.currency } : values
}

export async function createParty(db: Database, draft: PartyDraft, actor: Actor): Promise<Party> {
  const [defaults, fields] = [await catalogue.defaults(db), await findCustomFields(db)]
  checkCustom(fields, draft.custom)
  const values = await withCardCurrency(db, draft, withDefaults(draft, defaults))
  if (defaults.cityRequired && values.city === '') throw invalidField('city')
  await checkReferences(db, values)
  const id = await parties.insert(db, {
    ...parties.columnsOf({ ...values, doNotContact: false, opensConsent: null }),
    ...phoneColumns(values),
    code: values.code,
    lastName: values.lastName,
    custom: JSON.stringify(draft.custom),
  })
  if (id === undefined) throw codeTaken(values.code)
  if (draft.tags.length > 0) await parties.setTags(db, id, { add: draft.tags, remove: [] })
  if (values.doNotContact) await recordWish(db, id, true, actor)
  if (values.opensConsent !== null) await recordMeasuring(db, id, values.opensConsent, actor)
  await parties.addChange(db, { partyId: id, ...byline(actor), reason: 'create', changes: {} })
  return getParty(db, id)
}

/**
 * Saves the changed fields and keeps what others changed in other fields meanwhile. A field that
 * both changed is a `parties/changed-meanwhile` conflict, and nothing is saved.
 */
export async function updateParty(
  db: Database,
  id: number,
  changes: Changes,
  actor: Actor,
  reason: 'edit' | 'undo' | 'merge' = 'edit',
): Promise<{ party: Party; changeId: number | null }> {
  const party = await parties.lock(db, id)
  if (!party || party.deletedAt !== null) throw notFound()
  const fields = await findCustomFields(db)
  const { values, custom } = splitFields(changes, fields)
  const outcome = applyChanges(valuesOf(party), changes)
  if ('conflicts' in outcome) throw await conflict(db, id, outcome.conflicts)
  const { applied } = outcome
  if (Object.keys(applied).length === 0) return { party, changeId: null }
  const next: CardValues = { ...party, ...values }
  if (next.lastName === '' && next.company === '') throw invalidField('lastName')
  if (values.city === '' && (await catalogue.defaults(db)).cityRequired) throw invalidField('city')
  await checkReferences(db, values)
  if (values.code && (await parties.isCodeTaken(db, values.code, id))) throw codeTaken(values.code)
  const { doNotContact: _wish, opensConsent: _opens, ...written } = values
  await parties.update(db, id, {
    ...parties.columnsOf(written),
    ...phoneColumns(next),
    ...(Object.keys(custom).length > 0
      ? { custom: JSON.stringify(withoutEmpty({ ...party.custom, ...custom })) }
      : {}),
  })
  await recordSaid(db, id, applied, actor)
  const changeId = await parties.addChange(db, {
    partyId: id,
    ...byline(actor),
    reason,
    changes: applied,
  })
  return { party: await getParty(db, id), changeId }
}

/** What a save of this card changed; undefined when it is not there. */
export const findChange = (db: Database, partyId: number, id: number) =>
  parties.findChange(db, partyId, id)

/** Takes one save back; a field that was changed again since is a conflict. */
export async function undoChange(
  db: Database,
  id: number,
  changeId: number,
  actor: Actor,
): Promise<Party> {
  const applied = await parties.findChange(db, id, changeId)
  if (!applied)
    throw new AppError('not-found', 'parties/no-such-change', 'There is no such change.')
  const fields: Applied = Object.fromEntries(
    Object.entries(applied).filter(([field]) => !field.startsWith('tag.')),
  )
  const tags = Object.entries(applied).filter(([field]) => field.startsWith('tag.'))
  const ids = (wanted: boolean) =>
    tags.filter(([, [before]]) => before === wanted).map(([field]) => Number(field.slice(4)))
  if (tags.length > 0) await tagParty(db, id, { add: ids(true), remove: ids(false) }, actor)
  const { party } = await updateParty(db, id, inverse(fields), actor, 'undo')
  return party
}

export async function tagParty(
  db: Database,
  id: number,
  wanted: { add: number[]; remove: number[] },
  actor: Actor,
): Promise<Party> {
  const party = await parties.lock(db, id)
  if (!party || party.deletedAt !== null) throw notFound()
  const { added, removed } = await parties.setTags(db, id, wanted)
  const changes: Applied = Object.fromEntries([
    ...added.map((tag): [string, [FieldValue, FieldValue]] => [`tag.${tag}`, [false, true]]),
    ...removed.map((tag): [string, [FieldValue, FieldValue]] => [`tag.${tag}`, [true, false]]),
  ])
  if (added.length + removed.length > 0)
    await parties.addChange(db, { partyId: id, ...byline(actor), reason: 'edit', changes })
  return getParty(db, id)
}

/** Writes the ledger line and sets the flag of the card that it decides, in one statement. */
export async function recordConsent(
  db: Database,
  partyId: number,
  consent: consents.NewConsent,
): Promise<void> {
  await consents.record(db, [partyId], consent)
}

/** Of cards whose column was written already, and the statement that takes what was measured along. */
export const { forgetOpens, recordOpensConsents } = consents

const recordWish = (db: Database, partyId: number, doNotContact: boolean, actor: Actor) =>
  recordConsent(db, partyId, {
    channel: 'all',
    state: doNotContact ? 'withdrawn' : 'granted',
    source: 'staff',
    proof: {},
    actorName: actor.name,
  })

/** Of a save: what is no longer said of measuring is a refusal from now on. */
async function recordSaid(db: Database, id: number, applied: Applied, actor: Actor) {
  const { doNotContact, opensConsent } = applied
  if (doNotContact) await recordWish(db, id, doNotContact[1] === true, actor)
  if (opensConsent) await recordMeasuring(db, id, opensConsent[1] === true, actor)
}

const recordMeasuring = (db: Database, partyId: number, agrees: boolean, actor: Actor) =>
  recordConsent(db, partyId, {
    channel: 'email',
    purpose: 'measurement',
    state: agrees ? 'granted' : 'withdrawn',
    source: 'staff',
    proof: {},
    actorName: actor.name,
  })

export const byline = (actor: Actor) => ({ actorId: actor.id, actorName: actor.name })

/** The E.164 columns that go with typed phones. */
function phoneColumns({ phone, mobile, country }: CardValues) {
  return {
    phoneNumber: phone === '' ? null : toE164(phone, country),
    mobileNumber: mobile === '' ? null : toE164(mobile, country),
  }
}

const withoutEmpty = (custom: Record<string, FieldValue>) =>
  Object.fromEntries(Object.entries(custom).filter(([, value]) => value !== null && value !== ''))

/** Parses each new value by its field; an unknown field or a value that does not fit is refused by name. */
function splitFields(changes: Changes, fields: readonly CustomField[]) {
  const values: Record<string, unknown> = {}
  const custom: Record<string, FieldValue> = {}
  for (const [field, { to }] of Object.entries(changes)) {
    if (field.startsWith('custom.')) custom[field.slice(7)] = to
    else values[field] = to
  }
  checkCustom(fields, custom)
  const parsed = z.strictObject(GivenValues.shape).partial().safeParse(values)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
    throw invalidField(unknown ?? String(issue?.path[0] ?? ''))
  }
  const given = Object.entries(parsed.data).filter(([, value]) => value !== undefined)
  return { values: Object.fromEntries(given) as Partial<CardValues>, custom }
}

export function checkCustom(
  fields: readonly CustomField[],
  custom: Record<string, FieldValue>,
): void {
  for (const [key, value] of Object.entries(custom)) {
    const field = fields.find((candidate) => candidate.key === key)
    if (!field || !fits(field, value)) throw invalidField(`custom.${key}`)
  }
}

/** A store, category or kind that is not there is the caller's mistake and named, not a crash of ours. */
export async function checkReferences(db: Database, values: Partial<CardValues>): Promise<void> {
  const { store, category, cardType, kind } = values
  if (store && !(await listStores(db)).some(({ id }) => id === store)) throw invalidField('store')
  if (category && !(await listCategories(db)).some(({ id }) => id === category))
    throw invalidField('category')
  if (cardType && !(await listCardTypes(db)).some(({ id }) => id === cardType))
    throw invalidField('cardType')
  if (kind !== undefined && !(await listKinds(db)).some(({ code }) => code === kind))
    throw invalidField('kind')
}

export const invalidField = (field: string) =>
  new AppError('invalid', 'parties/invalid-field', `The value of ${field} is not valid.`, {
    details: { field },
  })

const codeTaken = (code: string) =>
  new AppError('conflict', 'parties/code-taken', `The code ${code} is in use.`, {
    details: { code },
  })

type Conflicts = Extract<ReturnType<typeof applyChanges>, { conflicts: unknown }>['conflicts']

async function conflict(db: Database, id: number, conflicts: Conflicts): Promise<AppError> {
  const fields = conflicts.map(({ field }) => field)
  const last = await parties.lastChangedBy(db, id, fields[0] ?? '')
  const both = conflicts.flatMap(({ field, theirs, yours }) => [
    [`theirs.${field}`, JSON.stringify(theirs)],
    [`yours.${field}`, JSON.stringify(yours)],
  ])
  return new AppError(
    'conflict',
    'parties/changed-meanwhile',
    `Somebody else changed ${fields.join(', ')} meanwhile.`,
    {
      details: {
        fields: fields.join(', '),
        by: last?.actorName ?? '',
        at: last?.at ?? '',
        ...Object.fromEntries(both),
      },
    },
  )
}
