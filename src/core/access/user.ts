import { z } from 'zod'
import { type Right, rights } from '../kernel/right.ts'
import { Id, Instant, Locale } from '../kernel/values.ts'

export const RightName = z.enum(rights)

/** As stored: a right that the product no longer knows is no right, and no reason to show nothing. */
const HeldRights = z
  .array(z.string())
  .transform((names) => rights.filter((right) => names.includes(right)))

const Rights = z.array(RightName).max(rights.length)

/** Length is what keeps a password: no rule about digits or signs. */
export const Password = z.string().min(10).max(128)

export const PersonName = z.string().trim().min(1).max(100)

export const LoginEmail = z.string().trim().toLowerCase().pipe(z.email().max(200))

/** The signed-in person as the web app knows them. */
export const Me = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  locale: Locale,
  rights: z.array(RightName),
  twoFactorEnabled: z.boolean(),
  hasPassword: z.boolean(),
  /** Of the company: the clock of everything that is shown. */
  timeZone: z.string(),
})
export type Me = z.infer<typeof Me>

/** Where an effective right comes from: given to the user, or to a group they are in. */
export const Reason = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('own') }),
  z.object({ kind: z.literal('group'), id: Id, name: z.string() }),
])
export type Reason = z.infer<typeof Reason>

export const EffectiveRight = z.object({ right: RightName, reasons: z.array(Reason).min(1) })
export type EffectiveRight = z.infer<typeof EffectiveRight>

export const EffectiveKey = z.object({
  id: Id,
  label: z.string(),
  reasons: z.array(Reason).min(1),
})
export type EffectiveKey = z.infer<typeof EffectiveKey>

export const UserView = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  locale: Locale,
  isActive: z.boolean(),
  rights: HeldRights,
  groupIds: z.array(Id),
  effective: z.array(EffectiveRight),
  /** Confidentiality keys in effect. */
  keys: z.array(EffectiveKey),
  /** False until the person has chosen one by their link. */
  hasPassword: z.boolean(),
  twoFactorEnabled: z.boolean(),
  lastSignIn: Instant.nullable(),
})
export type UserView = z.infer<typeof UserView>

export const UserDraft = z.object({
  name: PersonName,
  email: LoginEmail,
  locale: Locale,
  rights: Rights,
  groupIds: z.array(Id).max(100),
})
export type UserDraft = z.infer<typeof UserDraft>

export const GroupView = z.object({
  id: Id,
  name: z.string(),
  rights: HeldRights,
  memberIds: z.array(z.string()),
})
export type GroupView = z.infer<typeof GroupView>

export const GroupDraft = z.object({
  name: PersonName,
  rights: Rights,
  memberIds: z.array(z.string()).max(1_000),
})
export type GroupDraft = z.infer<typeof GroupDraft>

/** Ready roles: where a new group can start from. */
export const roles = {
  marketing: [
    'customers.view',
    'customers.write',
    'mailings.view',
    'mailings.write',
    'imports.run',
    'exports.run',
  ],
  cashier: ['customers.view', 'customers.write'],
  'phone-agent': ['customers.view', 'customers.write', 'mailings.view'],
  administrator: rights,
} as const satisfies Record<string, readonly Right[]>

export type Role = keyof typeof roles
