/** A mailing on a test database, ready to be launched at a relay of the test's own. */
import { addContent, createCampaign, saveContent, saveSelection } from '#core/campaigns/api.ts'
import type { ContentBody } from '#core/content/content.ts'
import { launchStep, preflight } from '#core/delivery/api.ts'
import type { RelayConfig, RelayDraft } from '#core/delivery/relay.ts'
import { createRelay } from '#core/delivery/relays-api.ts'
import type { Database } from '#platform/db/database.ts'
import type { TestApp as WholeApp } from './test-app.ts'

/** What is needed of an application: a bench enters by another door. */
type TestApp = Pick<WholeApp, 'call'> & { db: Database }

export type Person = {
  lastName?: string
  firstName?: string
  email?: string
  mobile?: string
  doNotContact?: boolean
}

let made = 0

/** Inserts cards as an import would have left them. Returns their ids in order. */
export async function people(app: TestApp, given: readonly Person[]): Promise<number[]> {
  const rows = given.map((person) => {
    made++
    const { mobile = '', ...rest } = person
    return {
      code: `C${made}`,
      lastName: 'Martin',
      firstName: 'Léa',
      ...rest,
      mobile,
      mobileNumber: /^\+\d+$/.test(mobile) ? mobile : null,
    }
  })
  const inserted = await app.db.insertInto('parties').values(rows).returning('id').execute()
  return inserted.map(({ id }) => id)
}

export const manyPeople = (app: TestApp, count: number): Promise<number[]> =>
  people(
    app,
    Array.from({ length: count }, (_, at) => ({
      email: `client${at}@example.org`,
      lastName: `N${at}`,
    })),
  )

export const email = (text = 'Bonjour {{firstName|vous}} !'): ContentBody => ({
  channel: 'email',
  subject: 'Vente privée, {{firstName|cher client}}',
  preheader: '',
  language: 'fr',
  mode: 'text',
  document: { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] },
  html: '',
})

export const smtpRelay = (port: number): RelayConfig => ({
  kind: 'smtp',
  host: '127.0.0.1',
  port,
  security: 'none',
  verifyCertificate: true,
  user: '',
  fromName: 'La boutique',
  fromAddress: 'boutique@example.org',
  replyTo: '',
  bounceAddress: '',
  dkimDomain: '',
  dkimSelector: '',
})

export const relay = (config: RelayConfig, over: Partial<RelayDraft> = {}): RelayDraft => ({
  channel: config.kind === 'smtp' || config.kind === 'mailbox' ? 'email' : 'sms',
  label: 'Relais',
  config,
  perSecond: null,
  perHour: null,
  connections: 2,
  isDefault: true,
  secrets: {},
  ...over,
})

export const withRelay = (app: TestApp, port: number, over: Partial<RelayDraft> = {}) =>
  app.call(createRelay, relay(smtpRelay(port), over))

type Options = {
  contents?: { body: ContentBody; onlyUnreached?: boolean }[]
  controlPercent?: number
  excludeDoNotContact?: boolean
}

/** A mailing to everybody. Returns the id of its step. */
export async function mailing(app: TestApp, options: Options = {}): Promise<number> {
  const { contents = [{ body: email() }], controlPercent = 0, excludeDoNotContact = true } = options
  const campaign = await app.call(createCampaign, { label: 'Vente privée', controlPercent })
  const stepId = campaign.steps[0]?.id ?? 0
  for (const { body, onlyUnreached = false } of contents) {
    const view = await app.call(addContent, { id: stepId, channel: body.channel })
    const content = view.steps[0]?.contents.at(-1)
    if (!content) throw new Error('no content was added')
    await app.call(saveContent, { id: content.id, version: content.version, body, onlyUnreached })
  }
  await app.call(saveSelection, {
    id: stepId,
    version: campaign.steps[0]?.version ?? 1,
    selection: { version: 1, start: 'everybody', operations: [], excludeDoNotContact },
  })
  return stepId
}

export async function launch(app: TestApp, stepId: number, at?: string) {
  const { toSend } = await app.call(preflight, { stepId })
  return app.call(launchStep, { stepId, confirm: toSend, at: at ?? null })
}
