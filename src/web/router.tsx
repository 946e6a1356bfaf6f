/** Every address of the web app. A page is loaded when first opened. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router'
import { z } from 'zod'
import {
  ActivitySearch,
  AuditSearch,
  CockpitSearch,
  MailingSearch,
  MailingsSearch,
  OperationSearch,
  SupervisionSearch,
  UsersSearch,
} from './search-params.ts'
import { Broken, NotFound } from './shell/problem-pages.tsx'
import { Shell } from './shell.tsx'

const root = createRootRoute({ component: Shell })

const today = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./features/today/today-page.tsx'), 'TodayPage'),
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  staticData: { bare: true },
  validateSearch: z.object({ next: z.string().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./features/access/sign-in-page.tsx'), 'SignInPage'),
})

const link = createRoute({
  getParentRoute: () => root,
  path: '/link',
  staticData: { bare: true },
  component: lazyRouteComponent(() => import('./features/access/link-page.tsx'), 'LinkPage'),
})

const activities = createRoute({
  getParentRoute: () => root,
  path: '/activities',
  validateSearch: ActivitySearch,
  component: lazyRouteComponent(
    () => import('./features/activities/activities-page.tsx'),
    'ActivitiesPage',
  ),
})

const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
  component: lazyRouteComponent(() => import('./features/access/account-page.tsx'), 'AccountPage'),
})

const imports = createRoute({
  getParentRoute: () => root,
  path: '/imports',
  component: lazyRouteComponent(() => import('./features/imports/imports-page.tsx'), 'ImportsPage'),
})

const newImport = createRoute({
  getParentRoute: () => root,
  path: '/imports/new',
  component: lazyRouteComponent(
    () => import('./features/imports/new-import-page.tsx'),
    'NewImportPage',
  ),
})

const oneImport = createRoute({
  getParentRoute: () => root,
  path: '/imports/$id',
  component: lazyRouteComponent(() => import('./features/imports/import-page.tsx'), 'ImportPage'),
})

const customers = createRoute({
  getParentRoute: () => root,
  path: '/customers',
  component: lazyRouteComponent(
    () => import('./features/parties/list/customers-page.tsx'),
    'CustomersPage',
  ),
})

const newCustomer = createRoute({
  getParentRoute: () => root,
  path: '/customers/new',
  component: lazyRouteComponent(
    () => import('./features/parties/card/new-customer-page.tsx'),
    'NewCustomerPage',
  ),
})

const analysis = createRoute({
  getParentRoute: () => root,
  path: '/customers/analysis',
  component: lazyRouteComponent(
    () => import('./features/analyses/analysis-page.tsx'),
    'AnalysisPage',
  ),
})

const duplicates = createRoute({
  getParentRoute: () => root,
  path: '/customers/duplicates',
  component: lazyRouteComponent(
    () => import('./features/parties/duplicates/duplicates-page.tsx'),
    'DuplicatesPage',
  ),
})

const merges = createRoute({
  getParentRoute: () => root,
  path: '/customers/merges',
  component: lazyRouteComponent(
    () => import('./features/parties/duplicates/merges-page.tsx'),
    'MergesPage',
  ),
})

const customer = createRoute({
  getParentRoute: () => root,
  path: '/customers/$id',
  component: lazyRouteComponent(
    () => import('./features/parties/card/customer-page.tsx'),
    'CustomerPage',
  ),
})

const mailings = createRoute({
  getParentRoute: () => root,
  path: '/mailings',
  validateSearch: MailingsSearch,
  component: lazyRouteComponent(
    () => import('./features/campaigns/mailings-page.tsx'),
    'MailingsPage',
  ),
})

const mailing = createRoute({
  getParentRoute: () => root,
  path: '/mailings/$id',
  validateSearch: MailingSearch,
  component: lazyRouteComponent(
    () => import('./features/campaigns/mailing-page.tsx'),
    'MailingPage',
  ),
})

const operation = createRoute({
  getParentRoute: () => root,
  path: '/operations/$id',
  validateSearch: OperationSearch,
  component: lazyRouteComponent(
    () => import('./features/operations/operation-page.tsx'),
    'OperationPage',
  ),
})

const operations = createRoute({
  getParentRoute: () => root,
  path: '/operations',
  component: lazyRouteComponent(
    () => import('./features/operations/tree/operations-page.tsx'),
    'OperationsPage',
  ),
})

const calls = createRoute({
  getParentRoute: () => root,
  path: '/calls',
  component: lazyRouteComponent(() => import('./features/phoning/calls-page.tsx'), 'CallsPage'),
})

const supervision = createRoute({
  getParentRoute: () => root,
  path: '/calls/supervision',
  validateSearch: SupervisionSearch,
  component: lazyRouteComponent(
    () => import('./features/phoning/supervision-page.tsx'),
    'SupervisionPage',
  ),
})

const cockpit = createRoute({
  getParentRoute: () => root,
  path: '/calls/$id',
  validateSearch: CockpitSearch,
  component: lazyRouteComponent(() => import('./features/phoning/cockpit-page.tsx'), 'CockpitPage'),
})

const callSettings = createRoute({
  getParentRoute: () => settings,
  path: '/calls',
  component: lazyRouteComponent(
    () => import('./features/phoning/call-settings-page.tsx'),
    'CallSettingsPage',
  ),
})

/* The settings pages are listed at its side by shell/settings-sections.ts; add the route here as its child. */
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('./shell/settings-page.tsx'), 'SettingsPage'),
})

const demo = createRoute({
  getParentRoute: () => settings,
  path: '/demo',
  component: lazyRouteComponent(() => import('./features/demo/demo-page.tsx'), 'DemoPage'),
})

const timeZone = createRoute({
  getParentRoute: () => settings,
  path: '/time-zone',
  component: lazyRouteComponent(
    () => import('./features/company/time-zone-page.tsx'),
    'TimeZonePage',
  ),
})

const sender = createRoute({
  getParentRoute: () => settings,
  path: '/sender',
  component: lazyRouteComponent(() => import('./features/content/sender-page.tsx'), 'SenderPage'),
})

const users = createRoute({
  getParentRoute: () => settings,
  path: '/users',
  validateSearch: UsersSearch,
  component: lazyRouteComponent(() => import('./features/access/users-page.tsx'), 'UsersPage'),
})

const confidentiality = createRoute({
  getParentRoute: () => settings,
  path: '/confidentiality',
  validateSearch: z.object({ key: z.coerce.string().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./features/access/keys-page.tsx'), 'KeysPage'),
})

const tokens = createRoute({
  getParentRoute: () => settings,
  path: '/tokens',
  component: lazyRouteComponent(() => import('./features/access/tokens-page.tsx'), 'TokensPage'),
})

const audit = createRoute({
  getParentRoute: () => settings,
  path: '/audit',
  validateSearch: AuditSearch,
  component: lazyRouteComponent(() => import('./features/access/audit-page.tsx'), 'AuditPage'),
})

const channels = createRoute({
  getParentRoute: () => settings,
  path: '/channels',
  component: lazyRouteComponent(
    () => import('./features/delivery/channels-page.tsx'),
    'ChannelsPage',
  ),
})

const mailbox = createRoute({
  getParentRoute: () => root,
  path: '/mailbox',
  component: lazyRouteComponent(
    () => import('./features/delivery/mailbox-page.tsx'),
    'MailboxPage',
  ),
})

const segments = createRoute({
  getParentRoute: () => root,
  path: '/segments',
  component: lazyRouteComponent(
    () => import('./features/segments/segments-page.tsx'),
    'SegmentsPage',
  ),
})

const segment = createRoute({
  getParentRoute: () => root,
  path: '/segments/$id',
  validateSearch: z.object({ starter: z.string().optional().catch(undefined) }),
  component: lazyRouteComponent(
    () => import('./features/segments/segment-page.tsx'),
    'SegmentPage',
  ),
})

const labels = createRoute({
  getParentRoute: () => settings,
  path: '/labels',
  component: lazyRouteComponent(() => import('./features/labels/formats-page.tsx'), 'FormatsPage'),
})

const operationTables = createRoute({
  getParentRoute: () => settings,
  path: '/operations',
  component: lazyRouteComponent(
    () => import('./features/operations/settings/operation-tables-page.tsx'),
    'OperationTablesPage',
  ),
})

const customerDefaults = createRoute({
  getParentRoute: () => settings,
  path: '/customer-defaults',
  component: lazyRouteComponent(
    () => import('./features/parties/settings/defaults-page.tsx'),
    'DefaultsPage',
  ),
})

const nightlyMerge = createRoute({
  getParentRoute: () => settings,
  path: '/nightly-merge',
  component: lazyRouteComponent(
    () => import('./features/parties/settings/merge-page.tsx'),
    'MergePage',
  ),
})

const questionnaires = createRoute({
  getParentRoute: () => settings,
  path: '/questionnaires',
  validateSearch: z.object({ tab: z.string().optional().catch(undefined) }),
  component: lazyRouteComponent(
    () => import('./features/questionnaires/questionnaires-page.tsx'),
    'QuestionnairesPage',
  ),
})

const questionnaire = createRoute({
  getParentRoute: () => settings,
  path: '/questionnaires/$id',
  component: lazyRouteComponent(
    () => import('./features/questionnaires/questionnaire-page.tsx'),
    'QuestionnairePage',
  ),
})

const activityTypes = createRoute({
  getParentRoute: () => settings,
  path: '/activities',
  validateSearch: z.object({ tab: z.string().optional().catch(undefined) }),
  component: lazyRouteComponent(
    () => import('./features/activities/types-page.tsx'),
    'ActivityTypesPage',
  ),
})

const customerFields = createRoute({
  getParentRoute: () => settings,
  path: '/customer-fields',
  component: lazyRouteComponent(
    () => import('./features/parties/settings/fields-page.tsx'),
    'FieldsPage',
  ),
})

const tags = createRoute({
  getParentRoute: () => settings,
  path: '/tags',
  component: lazyRouteComponent(
    () => import('./features/parties/settings/tags-page.tsx'),
    'TagsPage',
  ),
})

const stores = createRoute({
  getParentRoute: () => settings,
  path: '/stores',
  component: lazyRouteComponent(
    () => import('./features/parties/settings/stores-page.tsx'),
    'StoresPage',
  ),
})

export const router = createRouter({
  routeTree: root.addChildren([
    calls,
    supervision,
    cockpit,
    segments,
    segment,
    today,
    imports,
    newImport,
    oneImport,
    signIn,
    link,
    account,
    activities,
    customers,
    newCustomer,
    analysis,
    duplicates,
    merges,
    customer,
    mailings,
    mailing,
    operation,
    operations,
    settings.addChildren([
      callSettings,
      timeZone,
      sender,
      customerDefaults,
      operationTables,
      customerFields,
      activityTypes,
      questionnaires,
      questionnaire,
      nightlyMerge,
      tags,
      stores,
      labels,
      demo,
      users,
      confidentiality,
      tokens,
      audit,
      channels,
    ]),
    mailbox,
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: Broken,
  defaultNotFoundComponent: NotFound,
})
