import { useTranslation } from 'react-i18next'
import type { TimelineEntry } from '#core/history/api.ts'
import { useCatalogue } from '../catalogue.ts'
import { useFields, useFieldText } from '../use-field.ts'

/** What was done to the two cards when another's code comes and when it goes. */
const linked: Record<string, readonly [string, string] | undefined> = {
  mergedFrom: ['mergedFrom', 'parted'],
  attachedTo: ['attachedTo', 'detachedFrom'],
}

type Change = Extract<TimelineEntry, { kind: 'change' }>

export function Changed({ entry }: { entry: Change }) {
  const { t } = useTranslation('parties')
  const lineOf = useLine()
  return (
    <>
      <p>
        <strong>{t(`timeline.reason.${entry.reason}`)}</strong>
      </p>
      {Object.entries(entry.changes)
        .filter(([field]) => field !== 'deleted')
        .map(lineOf)
        .map((line) => (
          <p key={line}>{line}</p>
        ))}
    </>
  )
}

/** A change of one field in words. */
function useLine(): (change: [string, Change['changes'][string]]) => string {
  const { t } = useTranslation('parties')
  const view = useFields()
  const text = useFieldText()
  const { tags } = useCatalogue()
  return ([field, [before, after]]) => {
    const keys = linked[field]
    if (keys) return t(`timeline.${keys[after === null ? 1 : 0]}`, { code: after ?? before })
    if (field.startsWith('tag.')) {
      const label = tags.find(({ id }) => id === Number(field.slice(4)))?.label ?? '…'
      return t(after === true ? 'timeline.tagAdded' : 'timeline.tagRemoved', { label })
    }
    const shown = view(field)
    const value = (of: typeof before) => text(shown, of) || t('emptyValue')
    return t('timeline.field', { field: shown.label, before: value(before), after: value(after) })
  }
}
