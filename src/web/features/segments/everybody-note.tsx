import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Source } from '#core/segments/selection.ts'
import { useFormat } from '../../platform/format.ts'
import { useDictionary } from './dictionary.ts'
import classes from './segments.module.css'
import type { SourceDraft } from './source-editor.tsx'

const ours = ['customer', 'prospect']

/** Everybody but customers and prospects, as the source of an operation that removes them. */
const theOthers: Source = {
  kind: 'criteria',
  criteria: {
    version: 1,
    root: {
      kind: 'group',
      join: 'all',
      not: false,
      of: [{ kind: 'choice', field: 'kind', test: { op: 'none-of', values: ours } }],
    },
  },
}

type Props = {
  /** The sources of the operations there are. */
  sources: readonly SourceDraft[]
  readOnly: boolean
  onRemove: (source: Source) => void
}

/** What « all customers » is made of, kind by kind, and one click to leave suppliers and staff out. */
export function EverybodyNote({ sources, readOnly, onRemove }: Props) {
  const { t, i18n } = useTranslation('segments')
  const { integer } = useFormat()
  const { kinds, kindCounts } = useDictionary()
  if (kindCounts.length === 0) return null
  const parts = kindCounts.map(({ code, people }) => {
    const label = kinds.find((kind) => kind.code === code)?.label ?? code
    return t('selection.kindCount', {
      label: label.toLocaleLowerCase(i18n.language),
      n: integer(people),
    })
  })
  const all = new Intl.ListFormat(i18n.language).format(parts)
  const isDone = sources.some((source) => JSON.stringify(source) === JSON.stringify(theOthers))
  const hasOthers = kindCounts.some(({ code }) => !ours.includes(code))
  return (
    <p className={classes.hint}>
      {t('selection.everybodyIs', { kinds: all })}{' '}
      {hasOthers && !isDone && !readOnly && (
        <Button size="compact-xs" variant="light" onClick={() => onRemove(theOthers)}>
          {t('selection.everybodyOnly')}
        </Button>
      )}
    </p>
  )
}
