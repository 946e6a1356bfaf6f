/** Promise 4 of the architecture: nobody sees what confidentiality hides, by whatever endpoint. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { endpoints, type NamedEndpoint } from '#core/endpoints.ts'
import { buildWorld, type Named, type Secret, world } from './support/secret-shop.ts'
import { requestFor, testApp } from './support/test-app.ts'

/* The demo's mailbox is what a mail provider would have; the others look outwards or ask who is signed in. */
const aside = ['listMailbox', 'readMailbox', 'readMailboxSource', 'testRelay', 'testBounceMailbox']

const reading = endpoints.filter(
  ({ method, asks, may, name }) =>
    (method === 'GET' || asks) && may !== 'anyone' && may !== 'in-person' && !aside.includes(name),
)

type World = Awaited<ReturnType<typeof buildWorld>>

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
function inputsFor(endpoint: NamedEndpoint, { secrets, people, segments }: World): object[] {
  const schema = z.toJSONSchema(endpoint.input, { io: 'input', unrepresentable: 'any' })
  const known = Object.keys(schema.properties ?? {})
  const ids = (what: Named) => secrets.filter((one) => one.what === what).map(({ id }) => id)
  const [partyId = 0] = people
  const base = {
    ...pick({ locale: 'fr', offset: 0, limit: 200, from: '2026-01-01', to: '2036-01-01' }, known),
    ...pick({ partyId, fileId: uuid, code: 'P1', number: '1', questionId: 1, side: 'enter' }, known),
    ...bodies(endpoint.name, { partyId }),
  }
  const place = inPath.find(([path]) => path.test(endpoint.path))
  if (place) {
    const contents = ids('content')
    return ids(place[2]).map((id, at) => ({
      ...base,
      [place[1]]: id,
      ...pick({ contentId: contents[at] ?? contents[0] ?? 1 }, known),
    }))
  }
  if (endpoint.path.startsWith('/api/parties/:id')) return people.map((id) => ({ ...base, id }))
  if (endpoint.path.startsWith('/api/segments/:id')) return segments.map((id) => ({ ...base, id }))
  if (endpoint.path.includes('/:id')) return [1, 2, 3].map((id) => ({ ...base, id }))
  const asked = named(endpoint.name, ids)
  const searched = known.includes('search')
    ? secrets.slice(0, 4).map((one) => ({ ...base, search: one.word }))
    : []
  return [...(asked ?? [base]).map((each) => ({ ...base, ...each })), ...searched]
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

/** Calls that name what may be hidden in their body. */
function named(name: string, ids: (what: Named) => number[]): object[] | undefined {
  const tests = [
    ...ids('campaign').map((campaignId) => ({ kind: 'mailing', campaignId, op: 'targeted' })),
    ...ids('step').map((stepId) => ({ kind: 'bought-since', stepId, is: false })),
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

async function ask(app: Awaited<ReturnType<typeof testApp>>, token: string) {
  return async (endpoint: NamedEndpoint, input: object) => {
    const { path, ...init } = requestFor(endpoint, input)
    const headers = { ...init.headers, authorization: `Bearer ${token}` }
    const answer = await app.http.request(path, { ...init, headers })
    return { status: answer.status, text: await answer.text() }
  }
}

/** The first of the secrets that an answer tells. */
const told = (text: string, secrets: readonly Secret[]) =>
  secrets.find(({ word }) => text.includes(word))

describe('what confidentiality hides', () => {
  it('is in no answer of any endpoint, and asked for by its number is as if it were not there', async () => {
    const app = await testApp({ doors: 'real' })
    const answered = new Set<string>()
    const shown = new Set<Named>()
    await fc.assert(
      fc.asyncProperty(world, async (plan) => {
        const built = await buildWorld(app.db, plan)
        const call = await ask(app, built.token)
        const held = new Set([
          ...plan.own,
          ...plan.groups.flatMap(({ keys, isMember }) => (isMember ? keys : [])),
        ])
        const holds = (keyId: number) => held.has(built.keys.indexOf(keyId))
        const hidden = built.secrets.filter(({ needs }) => !needs.every(holds))
        for (const endpoint of reading) {
          for (const input of inputsFor(endpoint, built)) {
            const { status, text } = await call(endpoint, input)
            const what = `${endpoint.name} ${JSON.stringify(input)}`
            expect(status, `${what} ${text.slice(0, 300)}`).toBeLessThan(500)
            // A search says itself what was searched for, in a refusal at the most.
            expect(told(text, hidden), what).toBeUndefined()
            if (status === 200) answered.add(endpoint.name)
            for (const one of built.secrets) if (text.includes(one.word)) shown.add(one.what)
            if (!isOfHidden(endpoint, input, hidden)) continue
            const nothing = await call(endpoint, { ...input, [nameIn(endpoint)]: absent })
            expect({ what, status, text }).toEqual({ what, ...nothing })
          }
        }
      }),
      { numRuns: 4, endOnFailure: true },
    )
    // Nothing is proved by endpoints that never answer, or by words that nobody could see.
    expect(reading.map(({ name }) => name).filter((name) => !answered.has(name))).toEqual([])
    expect([...shown].sort()).toEqual([])
  }, 60_000)
})

const nameIn = ({ path }: NamedEndpoint) => inPath.find(([at]) => at.test(path))?.[1] ?? ''

function isOfHidden(endpoint: NamedEndpoint, input: object, hidden: readonly Secret[]): boolean {
  const place = inPath.find(([path]) => path.test(endpoint.path))
  if (!place) return false
  const id = (input as Record<string, unknown>)[place[1]]
  return hidden.some((one) => one.what === place[2] && one.id === id)
}
