import { Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { HeaderProps } from './general-tab.tsx'
import classes from './operations.module.css'

/** What it is for, and anything else worth keeping. */
export function HeaderNotes({ draft, set, readOnly }: HeaderProps) {
  const { t } = useTranslation('operations')
  const area = (field: 'objective' | 'notes', most: number) => (
    <Textarea
      label={t(`fields.${field}`)}
      value={draft[field]}
      onChange={(event) => set({ [field]: event.currentTarget.value })}
      maxLength={most}
      autosize
      minRows={3}
      maxRows={12}
      readOnly={readOnly}
    />
  )
  return (
    <div className={classes.fields}>
      {area('objective', 2_000)}
      {area('notes', 10_000)}
    </div>
  )
}
