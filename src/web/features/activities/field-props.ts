import type { ActivityField } from '#core/activities/type.ts'
import type { TypeView } from './activity-data.ts'
import type { FormDraft } from './draft.ts'

export type FieldProps = {
  draft: FormDraft
  set: (patch: Partial<FormDraft>) => void
  type: TypeView | undefined
  disabled: boolean
}

/** Whether a field of the type is asked for; a value that is there is shown in any case. */
export const shows = (type: TypeView | undefined, field: ActivityField, filled: boolean) =>
  filled || (type?.fields[field] ?? 'optional') !== 'unused'

export const isMandatory = (type: TypeView | undefined, field: ActivityField) =>
  type?.fields[field] === 'mandatory'
