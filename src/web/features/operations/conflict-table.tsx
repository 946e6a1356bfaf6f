import { useTranslation } from 'react-i18next'
import { SimpleTable } from '../../ui/simple-table.tsx'
import { useFieldWords } from './field-words.ts'
import type { Conflict } from './use-merging-autosave.ts'

/** What both changed, as each wrote it. */
export function ConflictTable<T extends object>({ conflict }: { conflict: Conflict<T> }) {
  const { t } = useTranslation('operations')
  const { labelOf, textOf } = useFieldWords()
  return (
    <SimpleTable
      label={t('conflict.title')}
      rows={conflict.fields}
      keyOf={(field) => field}
      rowHeader
      columns={[
        { key: 'field', header: t('conflict.field'), cell: labelOf },
        {
          key: 'mine',
          header: t('conflict.mine'),
          cell: (field) => textOf(field, conflict.mine[field]),
        },
        {
          key: 'theirs',
          header: t('conflict.theirs'),
          cell: (field) => textOf(field, conflict.theirs.value[field]),
        },
      ]}
    />
  )
}
