/** Generated from migrations/ by `npm run gen:db`; do not edit. */
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

/** Read as an ISO string, written as one or as a Date. */
type Instant = ColumnType<string, string | Date, string | Date>
/** Read as a value to parse, written as JSON text. */
type Json = ColumnType<unknown, string, string>
type DefaultInstant = ColumnType<string, string | Date | undefined, string | Date>
type DefaultJson = ColumnType<unknown, string | undefined, string>

export type Tables = {
  accounts: {
    id: string
    userId: string
    accountId: string
    providerId: string
    accessToken: string | null
    refreshToken: string | null
    idToken: string | null
    accessTokenExpiresAt: Instant | null
    refreshTokenExpiresAt: Instant | null
    scope: string | null
    password: string | null
    createdAt: DefaultInstant
    updatedAt: DefaultInstant
  }
  activities: {
    id: GeneratedAlways<number>
    typeId: number
    number: Generated<string>
    state: Generated<string>
    subject: string
    text: Generated<string>
    partyId: number | null
    contactId: number | null
    ownerId: string | null
    startsAt: Instant
    endsAt: Instant | null
    doneAt: Instant | null
    place: Generated<string>
    priority: Generated<number>
    source: Generated<string>
    result: Generated<string>
    causeId: number | null
    campaignId: number | null
    stepId: number | null
    messageId: number | null
    custom: DefaultJson
    version: Generated<number>
    createdBy: string | null
    createdAt: DefaultInstant
    updatedAt: DefaultInstant
    generatedFor: number | null
    searchKey: GeneratedAlways<string>
  }
  activityChanges: {
    jobId: number
    activityId: number
    before: Json
    after: Json
  }
  activityFamilies: {
    id: GeneratedAlways<number>
    label: string
    keyId: number | null
    position: Generated<number>
  }
  activityFiles: {
    activityId: number
    fileId: string
    name: string
  }
  activityTypes: {
    id: GeneratedAlways<number>
    code: string
    labelFr: string
    labelEn: string
    kind: string
    familyId: number | null
    keyId: number | null
    fields: DefaultJson
    customFields: DefaultJson
    numberPrefix: string | null
    lastNumber: Generated<number>
    defaultOwnerId: string | null
    inCampaigns: Generated<boolean>
    icon: Generated<string>
    position: Generated<number>
    isActive: Generated<boolean>
    color: Generated<string>
  }
  answers: {
    id: GeneratedAlways<number>
    questionId: number
    partyId: number
    organisationId: number | null
    stepId: number | null
    questionnaireId: number | null
    value: Json | null
    isCurrent: Generated<boolean>
    answeredAt: DefaultInstant
    answeredBy: string | null
    actorName: Generated<string>
  }
  apiTokens: {
    id: GeneratedAlways<number>
    userId: string
    name: string
    tokenHash: string
    rights: string[]
    expiresAt: Instant | null
    lastUsedAt: Instant | null
    createdAt: DefaultInstant
  }
  articles: {
    id: GeneratedAlways<number>
    code: string
    label: Generated<string>
    departmentId: number | null
  }
  auditEvents: {
    id: GeneratedAlways<number>
    at: DefaultInstant
    actorId: string | null
    actorName: string
    action: string
    subject: string
    details: DefaultJson
  }
  bounceMailbox: {
    id: Generated<number>
    config: Json
    sealed: string
    uidValidity: string | null
    lastUid: Generated<number>
    lastReadAt: Instant | null
    lastError: Generated<string>
  }
  bounces: {
    id: GeneratedAlways<number>
    fingerprint: string
    kind: string
    messageId: number
    partyId: number
    address: string
    answer: string
    at: Instant
  }
  callAttempts: {
    id: GeneratedAlways<number>
    stepId: number | null
    partyId: number
    userId: string | null
    number: Generated<string>
    startedAt: DefaultInstant
    endedAt: Instant | null
    status: string | null
    refused: Generated<boolean>
    note: Generated<string>
    callbackAt: Instant | null
  }
  callReceipts: {
    key: string
    at: DefaultInstant
  }
  callResults: {
    stepId: number
    partyId: number
    userId: string
    attemptId: number | null
    status: string
    before: Json
    at: Instant
    appointment: Json | null
    refused: Generated<boolean>
  }
  campaignCosts: {
    id: GeneratedAlways<number>
    campaignId: number
    label: string
    amount: number
    currency: string
    position: Generated<number>
  }
  campaignFamilies: {
    id: GeneratedAlways<number>
    label: string
    keyId: number | null
    position: Generated<number>
  }
  campaignFolders: {
    id: GeneratedAlways<number>
    parentId: number | null
    code: Generated<string>
    label: string
    position: Generated<number>
    version: Generated<number>
  }
  campaignTypes: {
    id: GeneratedAlways<number>
    labelFr: string
    labelEn: string
    stateCode: Generated<string>
    position: Generated<number>
  }
  campaigns: {
    id: GeneratedAlways<number>
    label: string
    sendOn: string | null
    state: Generated<string>
    closedAt: Instant | null
    frozenResults: Json | null
    isLegacy: Generated<boolean>
    importId: number | null
    ownerId: string | null
    notes: Generated<string>
    controlPercent: Generated<number>
    version: Generated<number>
    createdBy: string | null
    createdAt: DefaultInstant
    updatedAt: DefaultInstant
    deletedAt: Instant | null
    form: Generated<string>
    code: Generated<string>
    folderId: number | null
    position: Generated<number>
    typeId: number | null
    familyId: number | null
    keyId: number | null
    stateCode: Generated<string>
    startsAt: Instant | null
    endsAt: Instant | null
    outsideDates: Generated<string>
    kinds: Generated<string[]>
    place: Generated<string>
    objective: Generated<string>
    progress: number | null
    isTemplate: Generated<boolean>
    targetSort: Generated<string>
    targetDirection: Generated<string>
  }
  cardTypes: {
    id: GeneratedAlways<number>
    label: string
    currency: Generated<string>
  }
  conditions: {
    id: GeneratedAlways<number>
    stepId: number
    code: string
    test: Json
    position: Generated<number>
  }
  confidentialityGrants: {
    keyId: number
    userId: string | null
    groupId: number | null
  }
  confidentialityKeys: {
    id: GeneratedAlways<number>
    label: string
    position: Generated<number>
  }
  consents: {
    id: GeneratedAlways<number>
    partyId: number
    channel: string
    purpose: Generated<string>
    state: string
    source: string
    proof: DefaultJson
    actorName: Generated<string>
    at: DefaultInstant
  }
  contents: {
    id: GeneratedAlways<number>
    stepId: number
    position: Generated<number>
    channel: string
    body: Json
    onlyUnreached: Generated<boolean>
    version: Generated<number>
  }
  customFields: {
    id: GeneratedAlways<number>
    key: string
    labelFr: string
    labelEn: string
    type: string
    options: DefaultJson
    position: Generated<number>
  }
  deliveries: {
    stepId: number
    announced: number
    sparesDoNotContact: Generated<boolean>
    holdReason: string | null
    holdDetail: Generated<string>
    holdUntil: Instant | null
    failures: Generated<number>
    pacedFrom: Instant | null
    pacedCount: Generated<number>
    partyIds: number[] | null
    tailId: string | null
  }
  deliveryFiles: {
    contentId: number
    fileId: string
    madeAt: DefaultInstant
  }
  departments: {
    id: GeneratedAlways<number>
    code: string
    label: string
  }
  doNotCallLists: {
    id: GeneratedAlways<number>
    label: string
    createdAt: DefaultInstant
    kind: Generated<string>
    fileName: Generated<string>
  }
  doNotCallNumbers: {
    number: string
    listId: number
    addedAt: DefaultInstant
  }
  duplicatePairs: {
    partyA: number
    partyB: number
    score: number
    reasons: string[]
    state: Generated<string>
    foundAt: DefaultInstant
    decidedBy: string | null
  }
  entityStates: {
    entity: string
    code: string
    labelFr: string
    labelEn: string
    meaning: string
    position: Generated<number>
    isBuiltin: Generated<boolean>
    isActive: Generated<boolean>
  }
  files: {
    id: string
    name: string
    mediaType: string
    size: number
    needs: string
    createdBy: string | null
    createdAt: DefaultInstant
    expiresAt: Instant | null
  }
  followedLinks: {
    id: GeneratedAlways<number>
    contentId: number
    links: Json
    digest: string
  }
  importMade: {
    importId: number
    what: string
    id: number
  }
  importProfiles: {
    kind: string
    signature: string
    plan: Json
    usedAt: DefaultInstant
  }
  importRejects: {
    id: GeneratedAlways<number>
    importId: number
    line: number
    column: string
    value: string
    reason: string
  }
  importSaleBefores: {
    importId: number
    saleId: number
    lineNo: number
    before: Json
  }
  importTagged: {
    importId: number
    partyId: number
    tagId: number
  }
  imports: {
    id: GeneratedAlways<number>
    state: Generated<string>
    kind: string | null
    fileId: string
    fileName: string
    fileSize: number
    fileHash: string
    reading: Json
    plan: Json | null
    checked: Json | null
    counts: Json | null
    undo: Json | null
    position: Generated<number>
    jobId: number | null
    jobIds: Generated<number[]>
    errorCode: string | null
    errorMessage: string | null
    createdBy: string | null
    createdByName: Generated<string>
    createdAt: DefaultInstant
    startedAt: Instant | null
    finishedAt: Instant | null
  }
  jobs: {
    id: GeneratedAlways<number>
    kind: string
    payload: DefaultJson
    subject: Generated<string>
    state: Generated<string>
    cancelRequested: Generated<boolean>
    uniqueKey: string | null
    runAt: DefaultInstant
    attempts: Generated<number>
    doneCount: Generated<number>
    totalCount: number | null
    result: Json | null
    errorCode: string | null
    errorMessage: string | null
    createdBy: string | null
    createdAt: DefaultInstant
    startedAt: Instant | null
    finishedAt: Instant | null
    leaseUntil: Instant | null
    worker: string | null
    canCancel: Generated<boolean>
  }
  labelFormats: {
    id: GeneratedAlways<number>
    name: string
    shape: Json
  }
  listViews: {
    id: GeneratedAlways<number>
    name: string
    ownerId: string
    isShared: Generated<boolean>
    state: Json
    updatedAt: DefaultInstant
  }
  mailboxMessages: {
    id: GeneratedAlways<number>
    channel: string
    receivedAt: DefaultInstant
    sender: string
    recipient: string
    subject: Generated<string>
    source: Buffer
    isNotice: Generated<boolean>
  }
  messageCopies: {
    messageId: number
    name: string
    eml: Buffer
    isRebuilt: Generated<boolean>
    tailId: string | null
  }
  messageEvents: {
    id: GeneratedAlways<number>
    messageId: number
    kind: string
    at: DefaultInstant
    url: Generated<string>
    byMachine: Generated<boolean>
  }
  messageTemplates: {
    id: GeneratedAlways<number>
    name: string
    channel: string
    body: Json
    createdBy: string | null
    createdByName: Generated<string>
    createdAt: DefaultInstant
  }
  messages: {
    id: GeneratedAlways<number>
    contentId: number
    stepId: number
    partyId: number
    channel: string
    address: Generated<string>
    state: Generated<string>
    reason: string | null
    attempts: Generated<number>
    dueAt: DefaultInstant
    worker: string | null
    claimedAt: Instant | null
    submittedAt: Instant | null
    answer: string | null
    feedback: string | null
    feedbackAt: Instant | null
    feedbackText: string | null
    clickedAt: Instant | null
    isMeasured: Generated<boolean>
    openedAt: Instant | null
    opens: Generated<number>
  }
  oneTimeLinks: {
    tokenHash: string
    purpose: string
    userId: string | null
    expiresAt: Instant
    createdAt: DefaultInstant
  }
  parties: {
    id: GeneratedAlways<number>
    code: string
    kind: Generated<string>
    nature: Generated<string>
    salutation: Generated<string>
    lastName: string
    firstName: Generated<string>
    company: Generated<string>
    address1: Generated<string>
    address2: Generated<string>
    postalCode: Generated<string>
    city: Generated<string>
    country: Generated<string>
    phone: Generated<string>
    phoneNumber: string | null
    mobile: Generated<string>
    mobileNumber: string | null
    email: Generated<string>
    emailState: Generated<string>
    storeId: number | null
    categoryId: number | null
    criterion1: number | null
    criterion2: number | null
    criterion3: number | null
    cardNumber: Generated<string>
    birthYear: number | null
    birthMonth: number | null
    birthDay: number | null
    date2: string | null
    date3: string | null
    sex: Generated<string>
    language: Generated<string>
    doNotContact: Generated<boolean>
    emailOptOut: Generated<boolean>
    smsOptOut: Generated<boolean>
    custom: DefaultJson
    version: Generated<number>
    importId: number | null
    mergedInto: number | null
    deletedAt: Instant | null
    createdAt: DefaultInstant
    updatedAt: DefaultInstant
    hasEmail: GeneratedAlways<boolean>
    hasMobile: GeneratedAlways<boolean>
    smsNumber: GeneratedAlways<string | null>
    nameKey: GeneratedAlways<string>
    firstNameKey: GeneratedAlways<string>
    companyKey: GeneratedAlways<string>
    cityKey: GeneratedAlways<string>
    emailKey: GeneratedAlways<string>
    codeKey: GeneratedAlways<string>
    cardTypeId: number | null
    loyaltyItems: number | null
    loyaltyPoints: number | null
    loyaltyVisits: number | null
    loyaltySales: number | null
    loyaltyGift: number | null
    loyaltyBonus: number | null
    loyaltyCurrency: Generated<string>
    opensConsent: boolean | null
  }
  partyBulkMembers: {
    jobId: number
    partyId: number
  }
  partyBulks: {
    jobId: number
    total: number
    changed: Generated<number>
  }
  partyCategories: {
    id: GeneratedAlways<number>
    label: string
  }
  partyChanges: {
    id: GeneratedAlways<number>
    partyId: number
    at: DefaultInstant
    actorId: string | null
    actorName: string
    jobId: number | null
    reason: Generated<string>
    changes: Json
  }
  partyContacts: {
    organisationId: number
    personId: number
    function: Generated<string>
    position: Generated<number>
  }
  partyFiles: {
    id: GeneratedAlways<number>
    partyId: number
    fileId: string
    name: string
    authorName: string
    at: DefaultInstant
  }
  partyKinds: {
    code: string
    labelFr: string
    labelEn: string
    position: Generated<number>
  }
  partyListMembers: {
    listId: number
    partyId: number
  }
  partyLists: {
    id: GeneratedAlways<number>
    label: string
    importId: number | null
    createdBy: string | null
    createdAt: DefaultInstant
  }
  partyMerges: {
    id: GeneratedAlways<number>
    keptId: number
    lostId: number
    at: DefaultInstant
    actorName: string
    jobId: number | null
    reason: Generated<string>
    before: Json
    moved: Json
    undoneAt: Instant | null
    undoneBy: Generated<string>
  }
  partyNotes: {
    id: GeneratedAlways<number>
    partyId: number
    text: string
    authorId: string | null
    authorName: string
    at: DefaultInstant
  }
  partyPurchaseDetails: {
    partyId: number
    currency: string
    departmentDays: string[]
    storeIds: number[]
    storeDays: string[]
    visitsTo: number[]
    marginTo: number[]
    quantityTo: number[]
  }
  partyPurchases: {
    partyId: number
    revenueCeiling: number
    revenue: number
    margin: number
    quantity: number
    visits: number
    lastVisitOn: string
    firstVisitOn: string
    isMain: boolean
    currency: string
    departmentIds: number[]
    days: string[]
    revenueTo: number[]
  }
  partyTags: {
    partyId: number
    tagId: number
    addedAt: DefaultInstant
  }
  partyTallies: {
    delta: number
  }
  purchasesStale: {
    partyId: number
  }
  questionnaireItems: {
    questionnaireId: number
    questionId: number
    position: number
    isRequired: Generated<boolean>
    showIf: Json | null
  }
  questionnaires: {
    id: GeneratedAlways<number>
    code: string
    label: string
    description: Generated<string>
    isActive: Generated<boolean>
    version: Generated<number>
  }
  questions: {
    id: GeneratedAlways<number>
    code: string
    kind: string
    label: string
    help: Generated<string>
    choices: DefaultJson
    isActive: Generated<boolean>
    version: Generated<number>
  }
  rateLimits: {
    key: string
    count: number
    endsAt: Instant
  }
  relays: {
    id: GeneratedAlways<number>
    channel: string
    label: string
    config: Json
    sealed: string | null
    perSecond: number | null
    perHour: number | null
    connections: Generated<number>
    isDefault: Generated<boolean>
    freeAt: DefaultInstant
  }
  resultsChanges: {
    changes: number
  }
  resultsKept: {
    campaignId: number
    fromDay: string
    toDay: string
    changes: number
    results: Json
  }
  rightsGranted: {
    right: string
    userId: string | null
    groupId: number | null
  }
  saleLines: {
    saleId: number
    lineNo: number
    partyId: number | null
    storeId: number
    soldOn: string
    currency: string
    articleId: number | null
    departmentId: number | null
    quantity: number
    amount: number
    margin: number | null
    importId: number | null
  }
  sales: {
    id: GeneratedAlways<number>
    storeId: number
    receipt: string
    soldAt: Instant
    soldOn: string
    partyId: number | null
    currency: string
    importId: number | null
    till: Generated<string>
  }
  savedViews: {
    id: GeneratedAlways<number>
    list: string
    name: string
    ownerId: string | null
    isShared: Generated<boolean>
    state: Json
    updatedAt: DefaultInstant
  }
  segments: {
    id: GeneratedAlways<number>
    name: string
    criteria: Json
    version: Generated<number>
    createdBy: string | null
    createdAt: DefaultInstant
    updatedAt: DefaultInstant
  }
  sessions: {
    id: string
    userId: string
    token: string
    expiresAt: Instant
    ipAddress: string | null
    userAgent: string | null
    createdAt: DefaultInstant
    updatedAt: DefaultInstant
  }
  settings: {
    name: string
    value: Json
    updatedAt: DefaultInstant
  }
  stepAttachments: {
    stepId: number
    fileId: string
    name: string
    position: Generated<number>
  }
  stepSelections: {
    id: GeneratedAlways<number>
    stepId: number
    source: Json
    digest: GeneratedAlways<string>
    batches: number[]
    addedAt: Instant
    addedBy: Generated<string>
    refreshedAt: Instant | null
  }
  stepTypes: {
    code: string
    labelFr: string
    labelEn: string
    channel: string
    fields: DefaultJson
    relayId: number | null
    position: Generated<number>
    isBuiltin: Generated<boolean>
    isActive: Generated<boolean>
  }
  steps: {
    id: GeneratedAlways<number>
    campaignId: number
    parentId: number | null
    position: Generated<number>
    label: Generated<string>
    state: Generated<string>
    selection: Json | null
    launchAt: Instant | null
    launchedAt: Instant | null
    launchedBy: string | null
    frozenAt: Instant | null
    finishedAt: Instant | null
    version: Generated<number>
    code: Generated<string>
    isFinal: Generated<boolean>
    typeCode: Generated<string>
    statusCode: Generated<string>
    originId: number | null
    formula: Generated<string>
    delayMinutes: Generated<number>
    distribution: Generated<string>
    startsAt: Instant | null
    endsAt: Instant | null
    doneAt: Instant | null
    finalStatus: Generated<string>
    audience: Generated<string>
    contactFunctions: Generated<string[]>
    skipsContacted: Generated<boolean>
    activityTypeId: number | null
    activityPer: Generated<string>
    activitySubject: Generated<string>
    activityText: Generated<string>
    activityOwnerId: string | null
    activityIsDone: Generated<boolean>
    activityDueDays: Generated<number>
    attachesMessage: Generated<boolean>
    questionnaireId: number | null
    questionId: number | null
    relayId: number | null
    script: Generated<string>
    documentId: string | null
    isTemplate: Generated<boolean>
    callGround: Generated<string>
    distributionProblem: Json | null
  }
  stores: {
    id: GeneratedAlways<number>
    code: string
    name: string
    postalCode: Generated<string>
    city: Generated<string>
    currency: Generated<string>
  }
  tags: {
    id: GeneratedAlways<number>
    label: string
    colour: Generated<string>
  }
  targetAdditions: {
    batch: number
    stepId: number
    added: number
    removed: number
  }
  targetFileRows: {
    fileId: string
    line: number
    fiche: string
    tiers: string
    contact: string
    partyId: number | null
    organisationId: number | null
    reason: Generated<string>
  }
  targetFiles: {
    id: string
    stepId: number
    name: string
    headerLine: number
    ignored: Generated<string[]>
    checkedAt: Instant
  }
  targetTallies: {
    stepId: number
    status: string
    delta: number
  }
  targets: {
    stepId: number
    partyId: number
    isControl: Generated<boolean>
    excludedReason: string | null
    status: Generated<string>
    statusAt: Instant | null
    statusBy: string | null
    originStepId: number | null
    enteredAt: DefaultInstant
    availableAt: DefaultInstant
    isLinked: Generated<boolean>
    viaContacts: Generated<boolean>
    organisationId: number | null
    calls: Generated<number>
    callbackAt: Instant | null
    leasedBy: string | null
    leasedUntil: Instant | null
    batch: number | null
    callbackBy: string | null
    callBlock: string | null
    callBlockUntil: Instant | null
  }
  treePreferences: {
    userId: string
    opensUnfolded: boolean
  }
  twoFactors: {
    id: string
    userId: string
    secret: string
    backupCodes: string
    verified: Generated<boolean>
    failedVerificationCount: Generated<number>
    lockedUntil: Instant | null
  }
  userGroupMembers: {
    groupId: number
    userId: string
  }
  userGroups: {
    id: GeneratedAlways<number>
    name: string
  }
  users: {
    id: string
    name: string
    email: string
    emailVerified: Generated<boolean>
    image: string | null
    isActive: Generated<boolean>
    locale: Generated<string>
    twoFactorEnabled: Generated<boolean>
    lastSignInAt: Instant | null
    createdAt: DefaultInstant
    updatedAt: DefaultInstant
  }
  verifications: {
    id: string
    identifier: string
    value: string
    expiresAt: Instant
    createdAt: DefaultInstant
    updatedAt: DefaultInstant
  }
}
