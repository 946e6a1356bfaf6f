import type { ActivityDraft, ActivityView } from '#core/activities/activity.ts'
import type { ActivityType } from '#core/activities/type.ts'

type Named = { id: number; label: string }

/** A draft with the names of what it refers to. */
export type FormDraft = ActivityDraft & {
  partyLabel: string
  cause: Named | null
}

export type DraftStart = { partyId?: number; partyLabel?: string; cause?: Named }

const quarter = 15 * 60_000

export function newDraft(
  { id, kind, defaultOwnerId }: Pick<ActivityType, 'id' | 'kind' | 'defaultOwnerId'>,
  { partyId, partyLabel = '', cause }: DraftStart,
): FormDraft {
  const start = Math.ceil(Date.now() / quarter) * quarter
  const ends = kind === 'appointment' ? new Date(start + 4 * quarter).toISOString() : null
  return {
    typeId: id,
    subject: '',
    text: '',
    partyId: partyId ?? null,
    partyLabel,
    contactId: null,
    ownerId: defaultOwnerId,
    startsAt: new Date(start).toISOString(),
    endsAt: ends,
    place: '',
    priority: 0,
    source: '',
    result: '',
    causeId: cause?.id ?? null,
    cause: cause ?? null,
    custom: {},
  }
}

export const draftOf = (view: ActivityView): FormDraft => ({
  typeId: view.typeId,
  subject: view.subject,
  text: view.text,
  partyId: view.party?.id ?? null,
  partyLabel: view.party?.label ?? '',
  contactId: view.contact?.id ?? null,
  ownerId: view.owner?.id ?? null,
  startsAt: view.startsAt,
  endsAt: view.endsAt,
  place: view.place,
  priority: view.priority,
  source: view.source,
  result: view.result,
  causeId: view.cause?.id ?? null,
  cause: view.cause,
  custom: view.custom,
})
