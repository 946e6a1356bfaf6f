/** Every endpoint of the product by feature: what OpenAPI describes and the refusal test knocks at. */
import * as access from './access/api.ts'
import * as activities from './activities/api.ts'
import * as analyses from './analyses/api.ts'
import * as campaigns from './campaigns/api.ts'

import * as attachments from './campaigns/attachments-api.ts'

import * as company from './company/api.ts'

import * as content from './content/api.ts'
import * as delivery from './delivery/api.ts'
import * as bounceMailbox from './delivery/bounce-mailbox.ts'
import * as mailbox from './delivery/mailbox-api.ts'
import * as relays from './delivery/relays-api.ts'
import * as tracking from './delivery/tracking-api.ts'
import * as demo from './demo/api.ts'
import * as duplicates from './duplicates/api.ts'
import * as history from './history/api.ts'
import * as imports from './imports/api.ts'
import * as jobs from './jobs/api.ts'
import type { Endpoint } from './kernel/endpoint.ts'
import * as labels from './labels/api.ts'
import * as operations from './operations/api.ts'
import * as operationTables from './operations/tables-api.ts'
import * as operationTemplates from './operations/template-api.ts'
import * as parties from './parties/api.ts'
import * as partyCatalogue from './parties/catalogue-api.ts'
import * as partyContacts from './parties/contact-api.ts'
import * as partyFiles from './parties/files-api.ts'
import * as partyList from './parties/list-api.ts'
import * as phoning from './phoning/api.ts'
import * as doNotCall from './phoning/do-not-call-api.ts'
import * as questionnaires from './questionnaires/api.ts'
import * as results from './results/api.ts'
import * as routing from './routing/api.ts'
import * as segments from './segments/api.ts'
import * as targets from './targets/api.ts'
import * as views from './views/api.ts'

const contracts: Record<string, Record<string, unknown>> = {
  access,
  activities,
  analyses,
  campaigns: { ...campaigns, ...attachments },
  company,
  content,
  duplicates,
  history,
  imports,
  delivery: { ...delivery, ...mailbox, ...relays, ...bounceMailbox, ...tracking },
  demo,
  jobs,
  labels,
  operations: { ...operations, ...operationTables, ...operationTemplates },
  parties: { ...parties, ...partyCatalogue, ...partyContacts, ...partyFiles, ...partyList },
  phoning: { ...phoning, ...doNotCall },
  questionnaires,
  results,
  routing,
  segments,
  targets,
  views,
}

export type NamedEndpoint = { readonly feature: string; readonly name: string } & Endpoint

export const endpoints: readonly NamedEndpoint[] = Object.entries(contracts).flatMap(
  ([feature, exported]) =>
    Object.entries(exported).flatMap(([name, value]) =>
      isEndpoint(value) ? [{ feature, name, ...value }] : [],
    ),
)

/** A contract file also exports schemas. */
function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && 'method' in value && 'may' in value
}
