/** A shop in which campaigns, families and activities are kept under keys, each with a word of its own that nothing else has. */
import fc from 'fast-check'
import { type RawBuilder, sql } from 'kysely'
import { rights } from '#core/kernel/right.ts'
import type { Database } from '#platform/db/database.ts'
import { hashToken } from '../../src/server/features/access/links.ts'

const key = fc.option(fc.nat(2), { nil: null })
const holder = fc.subarray([0, 1, 2])

/** Keys by their place among three; families by theirs among two. */
export const world = fc.record({
  own: holder,
  groups: fc.array(fc.record({ keys: holder, isMember: fc.boolean() }), { maxLength: 2 }),
  families: fc.tuple(key, key),
  campaigns: fc.array(
    fc.record({
      form: fc.constantFrom<'mailing' | 'operation'>('mailing', 'operation'),
      key,
      family: fc.option(fc.nat(1), { nil: null }),
      isFull: fc.boolean(),
    }),
    { minLength: 2, maxLength: 4 },
  ),
  activityFamilies: fc.tuple(key, key),
  activities: fc.array(
    fc.record({ typeKey: key, family: fc.nat(1), campaign: fc.option(fc.nat(3), { nil: null }) }),
    { minLength: 1, maxLength: 3 },
  ),
})
export type WorldPlan = typeof world extends fc.Arbitrary<infer T> ? T : never

export type Named =
  | 'campaign'
  | 'family'
  | 'step'
  | 'content'
  | 'message'
  | 'activity'
  | 'activityType'
  | 'activityFamily'
/** `needs` are the ids of the keys without which it does not exist. */
export type Secret = { what: Named; id: number; word: string; needs: number[] }

let made = 0
const word = (what: string) => `zq${what.toLowerCase()}${(++made * 7919).toString(36)}wx`

export async function buildWorld(db: Database, plan: WorldPlan) {
  const run = ++made
  const secrets: Secret[] = []
  const insert = async (query: RawBuilder<unknown>): Promise<number> => {
    const { rows } = await (query as RawBuilder<{ id: number }>).execute(db)
    return rows[0]?.id ?? 0
  }
  const keep = (what: Named, id: number, own: string, needs: number[]) => {
    secrets.push({ what, id, word: own, needs: [...new Set(needs)] })
    return id
  }
  const keys = await inTurn([0, 1, 2], (n) =>
    insert(
      sql`insert into confidentiality_keys (label) values (${`Clé ${run}-${n}`}) returning id`,
    ),
  )
  const keyOf = (at: number | null) => (at === null ? null : (keys[at] ?? null))
  const needsOf = (...held: (number | null)[]) => held.filter((id) => id !== null)
  const shop = { db, run, insert, keep, keyOf, needsOf, plan }
  const token = await hire(shop)
  const people = await inTurn([1, 2], (n) =>
    insert(sql`insert into parties (code, last_name, email) values
      (${`P${run}-${n}`}, 'Martin', ${`p${run}${n}@example.org`}) returning id`),
  )
  const families = await inTurn(plan.families, async (at) => {
    const own = word('family')
    const id = await insert(
      sql`insert into campaign_families (label, key_id) values (${own}, ${keyOf(at)}) returning id`,
    )
    return keep('family', id, own, needsOf(keyOf(at)))
  })
  const campaigns = await inTurn(plan.campaigns, (one) =>
    campaign(shop, { ...one, families, people }),
  )
  const types = await activities(shop, { campaigns, people })
  const segments = [...(await refer(shop, campaigns)), ...(await referTypes(shop, types))]
  return { secrets, token, people, segments, keys }
}

type Shop = {
  db: Database
  run: number
  insert: (query: RawBuilder<unknown>) => Promise<number>
  keep: (what: Named, id: number, own: string, needs: number[]) => number
  keyOf: (at: number | null) => number | null
  needsOf: (...held: (number | null)[]) => number[]
  plan: WorldPlan
}

/** A user with every right, keys of their own and by groups; returns the token they call with. */
async function hire({ db, run, insert, keyOf, plan }: Shop): Promise<string> {
  const userId = `user-${run}`
  await sql`insert into users (id, name, email) values (${userId}, 'Agent', ${`${userId}@example.org`})`.execute(
    db,
  )
  await sql`insert into rights_granted (user_id, "right") select ${userId}, unnest(${[...rights]}::text[])`.execute(
    db,
  )
  await grant(db, { userId, groupId: null }, plan.own.map(keyOf))
  for (const [at, group] of plan.groups.entries()) {
    const groupId = await insert(
      sql`insert into user_groups (name) values (${`Groupe ${run}-${at}`}) returning id`,
    )
    await grant(db, { userId: null, groupId }, group.keys.map(keyOf))
    if (group.isMember)
      await sql`insert into user_group_members (group_id, user_id) values (${groupId}, ${userId})`.execute(
        db,
      )
  }
  const token = `mp_secret_${run}`
  await sql`insert into api_tokens (user_id, name, token_hash, rights)
    values (${userId}, 'essai', ${hashToken(token)}, ${[...rights]})`.execute(db)
  return token
}

async function grant(
  db: Database,
  { userId, groupId }: { userId: string | null; groupId: number | null },
  keys: (number | null)[],
) {
  await sql`insert into confidentiality_grants (key_id, user_id, group_id)
    select k, ${userId}::text, ${groupId}::bigint from unnest(${keys}::int[]) as k`.execute(db)
}

export type Built = { id: number; needs: number[]; steps: number[] }

async function campaign(
  shop: Shop,
  one: WorldPlan['campaigns'][number] & { families: number[]; people: number[] },
): Promise<Built> {
  const { insert, keep, keyOf, needsOf, plan } = shop
  const own = word('campaign')
  const familyId = one.family === null ? null : (one.families[one.family] ?? null)
  const needs = needsOf(
    keyOf(one.key),
    one.family === null ? null : keyOf(plan.families[one.family] ?? null),
  )
  const id = await insert(sql`
    insert into campaigns (label, notes, code, objective, place, form, key_id, family_id, send_on, created_by)
    values (${own}, ${own}, ${own.slice(0, 20)}, ${own}, ${own}, ${one.form}, ${keyOf(one.key)}, ${familyId},
      current_date, ${`user-${shop.run}`}) returning id`)
  keep('campaign', id, own, needs)
  const steps = await inTurn(['email', 'phone'], (channel) =>
    step(shop, { campaignId: id, channel, needs, isFull: one.isFull }),
  )
  if (one.isFull) {
    for (const stepId of steps) await fill(shop, { id, stepId, needs, people: one.people, own })
  }
  return { id, needs, steps }
}

type Planned = { campaignId: number; channel: string; needs: number[]; isFull: boolean }

async function step({ insert, keep }: Shop, { campaignId, channel, needs, isFull }: Planned) {
  const name = word('step')
  const at = isFull ? sql`now()` : sql`null`
  const id = await insert(sql`
    insert into steps (campaign_id, label, code, script, activity_subject, type_code, state, launch_at,
      launched_at, frozen_at, selection)
    values (${campaignId}, ${name}, ${name}, ${name}, ${name},
      (select code from step_types order by (channel = ${channel}) desc, position limit 1),
      ${isFull ? 'partly-failed' : 'preparing'}, now(), ${at}, ${at}, ${JSON.stringify(everybody)}) returning id`)
  return keep('step', id, name, needs)
}

const everybody = { version: 1, start: 'everybody', operations: [], excludeDoNotContact: true }

type Full = { id: number; stepId: number; needs: number[]; people: number[]; own: string }

/** People, a message, calls, a job and a line of the trail, each saying the secret word somewhere. */
async function fill({ db, run, insert, keep }: Shop, full: Full): Promise<void> {
  const { id, stepId, needs, people, own } = full
  const text = word('content')
  const body = { channel: 'sms', text, language: 'fr', unicode: false }
  const contentId = await insert(sql`insert into contents (step_id, channel, body)
    values (${stepId}, 'sms', ${JSON.stringify(body)}) returning id`)
  keep('content', contentId, text, needs)
  await sql`insert into deliveries (step_id, announced, hold_detail) values (${stepId}, 2, ${own})`.execute(
    db,
  )
  for (const partyId of people) {
    const answer = word('message')
    await sql`insert into targets (step_id, party_id, callback_at, leased_by, leased_until)
      values (${stepId}, ${partyId}, now(), ${`user-${run}`}, now() + interval '1 hour')`.execute(
      db,
    )
    const messageId = await insert(sql`
      insert into messages (content_id, step_id, party_id, channel, address, state, answer, reason, submitted_at)
      values (${contentId}, ${stepId}, ${partyId}, 'sms', '+33600000000', 'refused', ${answer}, 'rejected', now()) returning id`)
    keep('message', messageId, answer, needs)
    await sql`insert into call_attempts (step_id, party_id, user_id, note, ended_at)
      values (${stepId}, ${partyId}, ${`user-${run}`}, ${own}, now())`.execute(db)
  }
  await sql`insert into jobs (kind, subject, payload, created_by, state, result)
    values ('delivery/send', ${own}, ${JSON.stringify({ stepId })}, ${`user-${run}`}, 'done', '{}')`.execute(
    db,
  )
  await sql`insert into audit_events (actor_id, actor_name, action, subject, details) values
    (${`user-${run}`}, 'Agent', 'mailings/launch', ${own}, ${JSON.stringify({ stepId })}),
    (${`user-${run}`}, 'Agent', 'mailings/create', ${own}, ${JSON.stringify({ campaignId: id })})`.execute(
    db,
  )
}

async function activities(
  { run, insert, keep, keyOf, needsOf, plan }: Shop,
  { campaigns, people }: { campaigns: Built[]; people: number[] },
): Promise<number[]> {
  const types: number[] = []
  const families = await inTurn(plan.activityFamilies, async (at) => {
    const own = word('actfamily')
    const id = await insert(
      sql`insert into activity_families (label, key_id) values (${own}, ${keyOf(at)}) returning id`,
    )
    return keep('activityFamily', id, own, needsOf(keyOf(at)))
  })
  let causeId: number | null = null
  for (const one of plan.activities) {
    const typeNeeds = needsOf(keyOf(one.typeKey), keyOf(plan.activityFamilies[one.family] ?? null))
    const named = word('acttype')
    const typeId = await insert(sql`
      insert into activity_types (code, label_fr, label_en, kind, family_id, key_id, custom_fields)
      values (${named}, ${named}, ${named}, 'task', ${families[one.family] ?? null}, ${keyOf(one.typeKey)},
        ${JSON.stringify([{ key: 'note', type: 'text', labelFr: named, labelEn: named, options: [] }])}) returning id`)
    types.push(typeId)
    keep('activityType', typeId, named, typeNeeds)
    const of = one.campaign === null ? undefined : campaigns[one.campaign]
    const own = word('activity')
    const id: number = await insert(sql`
      insert into activities (type_id, number, subject, text, place, source, result, party_id, contact_id, owner_id,
        starts_at, campaign_id, step_id, cause_id)
      values (${typeId}, ${own}, ${own}, ${own}, ${own}, ${own}, ${own}, ${people[0] ?? null}, ${people[1] ?? null},
        ${`user-${run}`}, now(), ${of?.id ?? null}, ${of?.steps[0] ?? null}, ${causeId}) returning id`)
    causeId = keep('activity', id, own, [...typeNeeds, ...(of?.needs ?? [])])
  }
  return types
}

/** Segments that everybody sees, of activities of each type. */
const referTypes = ({ insert }: Shop, types: readonly number[]) =>
  inTurn(types, (typeId) => {
    const field = { of: 'text', key: 'note', test: { op: 'filled' } }
    const test = { kind: 'activity', is: true, state: 'any', period: { kind: 'ever' }, field }
    const root = {
      kind: 'group',
      join: 'all',
      not: false,
      of: [{ ...test, activityTypeIds: [typeId] }],
    }
    return insert(sql`insert into segments (name, criteria)
      values (${`Activités ${typeId}`}, ${JSON.stringify({ version: 1, root })}) returning id`)
  })

/** What everybody sees and names each campaign: a segment, the selection of a mailing, a condition of a step. */
async function refer({ db, run, insert, keep }: Shop, campaigns: Built[]): Promise<number[]> {
  const questionId = await insert(sql`insert into questions (code, kind, label)
    values (${`Q${run}`}, 'yes-no', 'Une question') returning id`)
  await sql`insert into questionnaires (code, label) values (${`N${run}`}, 'Un questionnaire')`.execute(
    db,
  )
  const open = await insert(
    sql`insert into campaigns (label, form) values ('Ouverte à tous', 'operation') returning id`,
  )
  return inTurn(campaigns, async ({ id, steps }) => {
    const criteria = (test: object) => ({
      version: 1,
      root: { kind: 'group', join: 'all', not: false, of: [test] },
    })
    const named = { kind: 'mailing', campaignId: id, op: 'targeted' }
    const stood = { kind: 'status', stepId: steps[0], op: 'is', statuses: ['to-do'] }
    const selection = {
      ...everybody,
      operations: [{ kind: 'add', source: { kind: 'mailing', campaignId: id, who: 'targeted' } }],
    }
    const source = { kind: 'selection', selection, who: 'parties', functions: [] }
    const label = word('step')
    const stepId = await insert(sql`insert into steps (campaign_id, label, selection)
      values (${open}, ${label}, ${JSON.stringify(selection)}) returning id`)
    keep('step', stepId, label, [])
    await sql`insert into conditions (step_id, code, test) values (${stepId}, 'A', ${JSON.stringify(stood)})`.execute(
      db,
    )
    await sql`insert into step_selections (step_id, source, batches, added_at) values
      (${stepId}, ${JSON.stringify(source)}, '{1}', now())`.execute(db)
    await sql`insert into answers (question_id, party_id, step_id, value)
      select ${questionId}, party_id, step_id, 'true' from targets where step_id = ${steps[0] ?? 0}
      on conflict do nothing`.execute(db)
    await sql`insert into segments (name, criteria) values
      (${`Statut ${id}`}, ${JSON.stringify(criteria(stood))})`.execute(db)
    return insert(sql`insert into segments (name, criteria)
      values (${`Segment ${id}`}, ${JSON.stringify(criteria(named))}) returning id`)
  })
}

async function inTurn<T, R>(items: readonly T[], each: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (const item of items) results.push(await each(item))
  return results
}
