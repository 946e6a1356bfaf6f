import { z } from 'zod'
import { Id, type Locale } from '../kernel/values.ts'
import type { EffectiveKey, GroupView, Reason } from './user.ts'

const Label = z.string().trim().min(1).max(100)

/** Who holds a confidentiality key sees what is kept under it; for everybody else that does not exist. */
export const KeyView = z.object({
  id: Id,
  label: z.string(),
  userIds: z.array(z.string()),
  groupIds: z.array(Id),
  /** How many campaigns, families and types are kept under it, those in the bin too. */
  uses: z.number().int(),
})
export type KeyView = z.infer<typeof KeyView>

export const KeyDraft = z.object({
  label: Label,
  userIds: z.array(z.string()).max(1_000),
  groupIds: z.array(Id).max(1_000),
})
export type KeyDraft = z.infer<typeof KeyDraft>

/** What stands for the name of a campaign that the reader may not see, where its place cannot be left empty. */
export const confidentialCampaign: Readonly<Record<Locale, string>> = {
  fr: 'une campagne confidentielle',
  en: 'a confidential campaign',
}

type Grants = Pick<KeyView, 'id' | 'label' | 'userIds' | 'groupIds'>

/** The keys of a user, each with every way it comes to them. */
export function effectiveKeys(
  keys: readonly Grants[],
  userId: string,
  groups: readonly Pick<GroupView, 'id' | 'name'>[],
): EffectiveKey[] {
  return keys.flatMap(({ id, label, userIds, groupIds }) => {
    const reasons: Reason[] = [
      ...(userIds.includes(userId) ? [{ kind: 'own' } as const] : []),
      ...groups
        .filter((group) => groupIds.includes(group.id))
        .map((group) => ({ kind: 'group', id: group.id, name: group.name }) as const),
    ]
    return reasons.length === 0 ? [] : [{ id, label, reasons }]
  })
}
