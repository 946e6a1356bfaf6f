/** Promise 4 of the architecture: nobody sees what confidentiality hides, by whatever endpoint. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { endpoints, type NamedEndpoint } from '#core/endpoints.ts'
import {
  buildWorld,
  type Named,
  type Secret,
  type WorldPlan,
  world,
} from './support/secret-shop.ts'
import { requestFor, type TestApp, testApp } from './support/test-app.ts'

/* The demo's mailbox is what a mail provider would have; the others look outwards or ask who is signed in. */
const aside = [
  'listMailbox',
  'readMailbox',
  'readMailboxSource',
  'readMailboxAttachment',
  'testRelay',
  'testBounceMailbox',
]

const reading = endpoints.filter(
  ({ method, asks, may, name }) =>
    (method === 'GET' || asks) && may !== 'anyone' && may !== 'in-person' && !aside.includes(name),
)

type World = Awaited<ReturnType<typeof buildWorld>>

/* Files, and what is sent or rung up, of a shop that has neither. */
const unanswered = [
  'getImport',
  'guessImport',
  'downloadRejects',
  'downloadAttachment',
  'downloadDeliveryFile',
  'downloadExport',
  'downloadLabels',
  'downloadMessageCopy',
  'downloadPartyFile',
  'downloadDocument',
  'downloadStepAttachment',
  'downloadTargetReport',
  'checkLabels',
  'sendTest',
  'findPartyByCode',
]

/** What `:id`, and `stepId` and its like, mean in a path. */
const inPath: readonly (readonly [RegExp, string, Named])[] = [
  [/^\/api\/(campaigns|mailings|operations)\/:id/, 'id', 'campaign'],
  [/^\/api\/steps\/:id/, 'id', 'step'],
  [/:stepId/, 'stepId', 'step'],
  [/^\/api\/contents\/:id/, 'id', 'content'],
  [/^\/api\/activities\/:id/, 'id', 'activity'],
]

const absent = 1_999_999_999
const uuid = '00000000-0000-4000-8000-000000000000'

/** Inputs by the names of parameters: one call for each thing that the name can mean. */
function inputsFor(
  endpoint: NamedEndpoint,
  { secrets, people, segments }: World,
  hidden: readonly Secret[],
): object[] {
  const schema = z.toJSONSchema(endpoint.input, { io: 'input', unrepresentable: 'any' })
  const known = Object.keys(schema.properties ?? {})
  const ids = (what: Named) => secrets.filter((one) => one.what === what).map(({ id }) => id)
  const [partyId = 0] = people
  const base = {
    ...pick({ locale: 'fr', offset: 0, limit: 200, from: '2026-01-01', to: '2036-01-01' }, known),
    ...pick(
      { partyId, fileId: uuid, code: 'P1', number: '1', questionId: 1, side: 'enter' },
      known,
    ),
    ...bodies(endpoint.name, { partyId }),
  }
  const place = inPath.find(([path]) => path.test(endpoint.path))
  if (place) {
    const contents = ids('content')
    const all = secrets.filter(({ what }) => what === place[2])
    return sample(all, hidden).map(({ id }, at) => ({
      ...base,
      [place[1]]: id,
      ...(endpoint.path.includes(':contentId') && { contentId: contents[at] ?? contents[0] ?? 1 }),
    }))
  }
  if (endpoint.path.startsWith('/api/parties/:id')) return people.map((id) => ({ ...base, id }))
  if (endpoint.path.startsWith('/api/segments/:id')) return segments.map((id) => ({ ...base, id }))
  if (endpoint.path.includes('/:id')) return [1, 2, 3].map((id) => ({ ...base, id }))
  const asked = named(endpoint.name, ids)
  const searched = known.includes('search')
    ? hidden.slice(0, 2).map((one) => ({ ...base, search: one.word }))
    : []
  return [...(asked ?? [base]).map((each) => ({ ...base, ...each })), ...searched]
}

/** Of one kind not all: two that are hidden; the first two and the last of the others. */
function sample(all: readonly Secret[], hidden: readonly Secret[]): Secret[] {
  const open = all.filter((one) => !hidden.includes(one))
  const [last] = open.slice(2).slice(-1)
  return [
    ...all.filter((one) => hidden.includes(one)).slice(0, 2),
    ...open.slice(0, 2),
    ...(last ? [last] : []),
  ]
}

const pick = (values: Record<string, unknown>, known: readonly string[]) =>
  Object.fromEntries(Object.entries(values).filter(([name]) => known.includes(name)))

const everybody = { version: 1, start: 'everybody', operations: [], excludeDoNotContact: true }
const criteriaOf = (test: object) => ({
  version: 1,
  root: { kind: 'group', join: 'all', not: false, of: [test] },
})

/** What endpoints want beside ids. */
function bodies(name: string, { partyId }: { partyId: number }): object {
  const sms = { channel: 'sms', text: 'Bonjour', language: 'fr', unicode: false }
  const selection = everybody
  const all: Record<string, object> = {
    listActivities: { filter: {} },
    listViews: { list: 'activities' },
    totalActivities: { filter: {}, by: 'step' },
    analyse: { selection: { ids: [partyId] }, currency: 'EUR' },
    exportAnalysis: { query: JSON.stringify({ selection: { ids: [partyId] }, currency: 'EUR' }) },
    previewContent: { body: sms },
    sendTest: { to: '+33600000001' },
    countCardResets: { selection: { ids: [partyId] }, cardType: null },
    checkConditions: { conditions: [], formula: '' },
    proposeTargets: { source: { kind: 'selection', selection } },
    explainEntry: { partyId },
  }
  return all[name] ?? {}
}

const finished = { op: 'is-not', states: ['finished'] }

/** Calls that name what may be hidden in their body. */
function named(name: string, ids: (what: Named) => number[]): object[] | undefined {
  const tests = [
    ...ids('campaign').map((campaignId) => ({ kind: 'mailing', campaignId, op: 'targeted' })),
    ...ids('step').map((stepId) => ({ kind: 'bought-since', stepId, is: false })),
    ...ids('campaign').map((campaignId) => ({ kind: 'operation-state', campaignId, ...finished })),
    ...ids('step').map((stepId) => ({ kind: 'step-state', stepId, ...finished })),
    ...ids('activityType').map((id) => ({
      ...{ kind: 'activity', is: true, state: 'any', period: { kind: 'ever' } },
      activityTypeIds: [id],
    })),
  ]
  const sources = ids('campaign').map((campaignId) => ({
    kind: 'mailing',
    campaignId,
    who: 'targeted',
  }))
  const criteria = tests.map((test) => ({ criteria: criteriaOf(test) }))
  const selections = sources.map((source) => ({
    selection: { ...everybody, operations: [{ kind: 'remove', source }] },
  }))
  const all: Record<string, object[]> = {
    countCriteria: criteria,
    listCriteriaPeople: criteria,
    explainPeople: criteria,
    countStages: criteria,
    listParties: criteria,
    countParties: criteria,
    countSelection: selections,
    listSelectionPeople: selections,
    listActivities: ids('campaign').map((campaignId) => ({ filter: { campaignId } })),
    totalActivities: ['step', 'campaign', 'result', 'source', 'family'].map((by) => ({ by })),
    listOperations: [{}, ...ids('family').map((familyId) => ({ familyId }))],
    getSupervision: [{}, ...ids('step').map((stepId) => ({ stepId }))],
  }
  return all[name]
}

function callAs(app: Pick<TestApp, 'http'>, token: string): Call {
  return async (endpoint, input) => {
    const { path, ...init } = requestFor(endpoint, input)
    const headers = { ...init.headers, authorization: `Bearer ${token}` }
    const answer = await app.http.request(path, { ...init, headers })
    return { status: answer.status, text: await answer.text() }
  }
}

const kinds: Named[] = [
  'activity',
  'activityFamily',
  'activityType',
  'campaign',
  'content',
  'family',
  'message',
  'step',
]

/** Something of each kind that is open, and something that is not: by an own key, by groups, by families. */
const everyKind: WorldPlan = {
  own: [0],
  groups: [
    { keys: [1], isMember: true },
    { keys: [2], isMember: false },
  ],
  families: [0, 2],
  campaigns: [
    { form: 'operation', key: 0, family: 0, isFull: true },
    { form: 'mailing', key: 1, family: null, isFull: true },
    { form: 'operation', key: 2, family: null, isFull: true },
    { form: 'mailing', key: null, family: 1, isFull: true },
  ],
  activityFamilies: [null, 2],
  activities: [
    { typeKey: 0, family: 0, campaign: 0 },
    { typeKey: null, family: 0, campaign: 2 },
    { typeKey: null, family: 1, campaign: null },
  ],
}

/** The first of the secrets that an answer tells. */
const told = (text: string, secrets: readonly Secret[]) =>
  secrets.find(({ word }) => text.includes(word))

type Call = (endpoint: NamedEndpoint, input: object) => Promise<{ status: number; text: string }>
type Seen = { answered: Set<string>; shown: Set<Named> }

type On = { call: Call; built: World; hidden: Secret[]; seen: Seen }

/** What the endpoint tells that it should not, as sentences. */
async function leaksOf(endpoint: NamedEndpoint, on: On): Promise<string[]> {
  const leaks: string[] = []
  for (const input of inputsFor(endpoint, on.built, on.hidden)) {
    const leak = await leakOf(endpoint, input, on)
    if (leak) leaks.push(`${endpoint.name} ${JSON.stringify(input)} ${leak}`)
  }
  return leaks
}

async function leakOf(endpoint: NamedEndpoint, input: object, { call, built, hidden, seen }: On) {
  const { status, text } = await call(endpoint, input)
  if (status >= 500) return `fails: ${text.slice(0, 200)}`
  if (status === 200) seen.answered.add(endpoint.name)
  for (const one of built.secrets) if (text.includes(one.word)) seen.shown.add(one.what)
  const leak = told(text, hidden)
  if (leak) return `tells of the ${leak.what}`
  if (!isOfHidden(endpoint, input, hidden)) return undefined
  const nothing = await call(endpoint, { ...input, [nameIn(endpoint)]: absent })
  const isAlike = nothing.status === status && nothing.text === text
  return isAlike ? undefined : `is not as if absent: ${text.slice(0, 200)}`
}

function hiddenFrom({ own, groups }: WorldPlan, { secrets, keys }: World): Secret[] {
  const through = groups.flatMap((group) => (group.isMember ? group.keys : []))
  const held = new Set([...own, ...through].map((at) => keys[at]))
  return secrets.filter(({ needs }) => !needs.every((keyId) => held.has(keyId)))
}

describe('what confidentiality hides', () => {
  it('is in no answer of any endpoint, and asked for by its number is as if it were not there', async () => {
    const app = await testApp({ doors: 'real' })
    const seen: Seen = { answered: new Set(), shown: new Set() }
    await fc.assert(
      fc.asyncProperty(world, async (plan) => {
        const built = await buildWorld(app.db, plan)
        const call = callAs(app, built.token)
        const hidden = hiddenFrom(plan, built)
        const leaks: string[] = []
        for (const endpoint of reading) {
          leaks.push(...(await leaksOf(endpoint, { call, built, hidden, seen })))
        }
        expect(leaks).toEqual([])
      }),
      { numRuns: 3, examples: [[everyKind]], endOnFailure: true },
    )
    // Nothing is proved by endpoints that never answer, or by words that nobody could see.
    const silent = reading.filter(({ name }) => !seen.answered.has(name)).map(({ name }) => name)
    expect(silent.sort()).toEqual(unanswered.sort())
    expect([...seen.shown].sort()).toEqual(kinds)
  }, 180_000)
})

const nameIn = ({ path }: NamedEndpoint) => inPath.find(([at]) => at.test(path))?.[1] ?? ''

function isOfHidden(endpoint: NamedEndpoint, input: object, hidden: readonly Secret[]): boolean {
  const place = inPath.find(([path]) => path.test(endpoint.path))
  if (!place) return false
  const id = (input as Record<string, unknown>)[place[1]]
  return hidden.some((one) => one.what === place[2] && one.id === id)
}
