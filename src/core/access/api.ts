import { z } from 'zod'
import { Done, endpoint } from '../kernel/endpoint.ts'
import { Id, Locale } from '../kernel/values.ts'
import { AuditEvent, AuditFilter } from './audit.ts'
import { KeyDraft, KeyView } from './key.ts'
import { IssuedLink, LinkPurpose, SessionView } from './session.ts'
import { TokenDraft, TokenView } from './token.ts'
import {
  GroupDraft,
  GroupView,
  LoginEmail,
  Me,
  Password,
  PersonName,
  UserDraft,
  UserView,
} from './user.ts'

const Token = z.string().min(20).max(200)

export const signIn = endpoint('POST', '/api/sign-in', {
  may: 'anyone',
  summary: 'Sign in with e-mail and password; answers with the session cookie',
  input: z.object({ email: LoginEmail, password: z.string().min(1).max(128) }),
  output: z.object({
    /** A second factor is on: the code is still to be given to `signInCode`. */
    codeNeeded: z.boolean(),
  }),
})

export const signInCode = endpoint('POST', '/api/sign-in/code', {
  may: 'anyone',
  summary: 'Give the code of the second factor, or one of the backup codes',
  input: z.object({ code: z.string().trim().min(6).max(20) }),
  output: Done,
})

export const readLink = endpoint('POST', '/api/links/read', {
  may: 'anyone',
  summary: 'What a one-time link opens, and for whom',
  input: z.object({ token: Token }),
  output: z.object({
    purpose: LinkPurpose,
    name: z.string().nullable(),
    email: z.string().nullable(),
  }),
  asks: true,
})

export const signInByLink = endpoint('POST', '/api/sign-in/link', {
  may: 'anyone',
  summary: 'Sign in with a one-time sign-in link',
  input: z.object({ token: Token }),
  output: Done,
})

export const choosePassword = endpoint('POST', '/api/links/password', {
  may: 'anyone',
  summary: 'Choose a password with an invitation or reset link, and sign in',
  input: z.object({ token: Token, password: Password }),
  output: z.object({
    /** False when a second factor is on: sign in with the new password and a code. */
    signedIn: z.boolean(),
  }),
})

export const requestReset = endpoint('POST', '/api/password/forgotten', {
  may: 'anyone',
  summary:
    'Send a link to choose a new password, if the address is a user’s; answers the same if not',
  input: z.object({ email: LoginEmail }),
  output: Done,
  asks: true,
})

export const createFirstUser = endpoint('POST', '/api/links/first-run', {
  may: 'anyone',
  summary: 'Create the administrator with the link printed at the first start, and sign in',
  input: z.object({
    token: Token,
    name: PersonName,
    email: LoginEmail,
    password: Password,
    locale: Locale,
  }),
  output: Done,
})

export const signOut = endpoint('POST', '/api/sign-out', {
  may: 'in-person',
  summary: 'End the session of this browser',
  input: z.object({}),
  output: Done,
})

export const whoAmI = endpoint('GET', '/api/me', {
  may: 'signed-in',
  summary: 'Who is signed in, and with which rights',
  input: z.object({}),
  output: Me,
})

export const updateMe = endpoint('PUT', '/api/me', {
  may: 'in-person',
  summary: 'Change one’s own name and language',
  input: z.object({ name: PersonName, locale: Locale }),
  output: Done,
})

export const changePassword = endpoint('POST', '/api/me/password', {
  may: 'in-person',
  summary: 'Change one’s own password; every other session ends',
  input: z.object({ current: z.string().min(1).max(128), next: Password }),
  output: Done,
})

export const startTwoFactor = endpoint('POST', '/api/me/two-factor', {
  may: 'in-person',
  summary: 'Begin to turn on the second factor; it counts once a code has confirmed it',
  input: z.object({ password: z.string().min(1).max(128) }),
  output: z.object({
    /** For the QR code: `otpauth://totp/…`. */
    uri: z.string(),
    /** Each works once in place of a code; shown only now. */
    backupCodes: z.array(z.string()),
  }),
})

export const confirmTwoFactor = endpoint('POST', '/api/me/two-factor/confirm', {
  may: 'in-person',
  summary: 'Turn on the second factor with a first code of the app',
  input: z.object({
    code: z
      .string()
      .trim()
      .regex(/^\d{6}$/),
  }),
  output: Done,
})

export const stopTwoFactor = endpoint('POST', '/api/me/two-factor/stop', {
  may: 'in-person',
  summary: 'Turn off the second factor',
  input: z.object({ password: z.string().min(1).max(128) }),
  output: Done,
})

export const listSessions = endpoint('GET', '/api/me/sessions', {
  may: 'in-person',
  summary: 'The browsers in which one is signed in, latest first',
  input: z.object({}),
  output: z.array(SessionView),
})

export const endSession = endpoint('DELETE', '/api/me/sessions/:id', {
  may: 'in-person',
  summary: 'End one of one’s own sessions',
  input: z.object({ id: z.string() }),
  output: Done,
})

export const endOtherSessions = endpoint('POST', '/api/me/sessions/end-others', {
  may: 'in-person',
  summary: 'End all of one’s own sessions but this one',
  input: z.object({}),
  output: Done,
})

export const listUsers = endpoint('GET', '/api/users', {
  may: 'access.manage',
  summary: 'All users with own and effective rights and where those come from',
  input: z.object({}),
  output: z.array(UserView),
})

export const createUser = endpoint('POST', '/api/users', {
  may: 'access.manage',
  summary: 'Create a user; the link lets them choose their password once',
  input: UserDraft,
  output: z.object({ id: z.string(), link: IssuedLink }),
})

export const updateUser = endpoint('PUT', '/api/users/:id', {
  may: 'access.manage',
  summary: 'Change a user; one who is no longer active is signed out at once',
  input: UserDraft.extend({ id: z.string(), isActive: z.boolean() }),
  output: Done,
})

export const issueLink = endpoint('POST', '/api/users/:id/link', {
  may: 'access.manage',
  summary:
    'Make a new link for a user to choose their password; earlier ones and the second factor end',
  input: z.object({ id: z.string() }),
  output: IssuedLink,
})

export const listGroups = endpoint('GET', '/api/groups', {
  may: 'access.manage',
  summary: 'All groups with their rights and members',
  input: z.object({}),
  output: z.array(GroupView),
})

export const createGroup = endpoint('POST', '/api/groups', {
  may: 'access.manage',
  summary: 'Create a group',
  input: GroupDraft,
  output: z.object({ id: Id }),
})

export const updateGroup = endpoint('PUT', '/api/groups/:id', {
  may: 'access.manage',
  summary: 'Change a group, its rights and its members',
  input: GroupDraft.extend({ id: Id }),
  output: Done,
})

export const deleteGroup = endpoint('DELETE', '/api/groups/:id', {
  may: 'access.manage',
  summary: 'Delete a group; its members lose what they had through it',
  input: z.object({ id: Id }),
  output: Done,
})

export const listKeys = endpoint('GET', '/api/confidentiality-keys', {
  may: 'access.manage',
  summary: 'The confidentiality keys, who holds them and how much is kept under each',
  input: z.object({}),
  output: z.array(KeyView),
})

export const createKey = endpoint('POST', '/api/confidentiality-keys', {
  may: 'access.manage',
  summary: 'Create a confidentiality key and give it to users and groups',
  input: KeyDraft,
  output: z.object({ id: Id }),
})

export const updateKey = endpoint('PUT', '/api/confidentiality-keys/:id', {
  may: 'access.manage',
  summary: 'Rename a confidentiality key and set who holds it',
  input: KeyDraft.extend({ id: Id }),
  output: Done,
})

export const deleteKey = endpoint('DELETE', '/api/confidentiality-keys/:id', {
  may: 'access.manage',
  summary: 'Delete a confidentiality key that nothing is kept under',
  input: z.object({ id: Id }),
  output: Done,
})

export const listTokens = endpoint('GET', '/api/tokens', {
  may: 'access.manage',
  summary: 'The API tokens that work, latest first',
  input: z.object({}),
  output: z.array(TokenView),
})

export const createToken = endpoint('POST', '/api/tokens', {
  may: 'access.manage',
  summary: 'Create an API token; this answer is the only time it is shown',
  input: TokenDraft,
  output: z.object({ id: Id, token: z.string() }),
})

export const revokeToken = endpoint('DELETE', '/api/tokens/:id', {
  may: 'access.manage',
  summary: 'Revoke an API token at once',
  input: z.object({ id: Id }),
  output: Done,
})

export const listAudit = endpoint('GET', '/api/audit', {
  may: 'access.manage',
  summary: 'Who did what, latest first',
  input: AuditFilter,
  output: z.object({ total: z.number().int(), events: z.array(AuditEvent) }),
})

export const auditChoices = endpoint('GET', '/api/audit/choices', {
  may: 'access.manage',
  summary: 'The people and actions that the trail knows, to filter by',
  input: z.object({}),
  output: z.object({
    actors: z.array(z.object({ id: z.string(), name: z.string() })),
    actions: z.array(z.string()),
  }),
})
