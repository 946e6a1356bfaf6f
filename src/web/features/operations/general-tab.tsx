import { Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OperationDraft } from '#core/operations/operation.ts'
import { Panel } from '../../ui/panel.tsx'
import { useMay } from '../access/session.ts'
import { CostsTable } from './costs-table.tsx'
import { HeaderDates } from './header-dates.tsx'
import { HeaderFields } from './header-fields.tsx'
import { HeaderNotes } from './header-notes.tsx'
import { useTables } from './operation-data.ts'
import type { OperationTabProps } from './operation-tabs.ts'
import classes from './operations.module.css'
import { SavedStatus } from './saved-status.tsx'
import { useHeaderSaves } from './use-header-saves.ts'

export type HeaderProps = {
  draft: OperationDraft
  set: (patch: Partial<OperationDraft>) => void
  readOnly: boolean
}

/** What is common to all steps (D-26). */
export function GeneralTab({ operation }: OperationTabProps) {
  const { t } = useTranslation('operations')
  const may = useMay('mailings.write')
  const { loaded } = useTables()
  const saves = useHeaderSaves(operation)
  const { draft, change } = saves
  const readOnly = !may || operation.closedAt !== null
  const props: HeaderProps = {
    draft,
    set: (patch) => change({ ...draft, ...patch }),
    readOnly,
  }
  if (!loaded) return null
  return (
    <Stack>
      {!readOnly && (
        <div className={classes.savedLine}>
          <SavedStatus saves={saves} />
        </div>
      )}
      <div className={classes.two}>
        <Panel title={t('sections.header')}>
          <HeaderFields {...props} />
        </Panel>
        <Stack>
          <Panel title={t('sections.dates')}>
            <HeaderDates {...props} />
          </Panel>
          <Panel title={t('sections.costs')}>
            <CostsTable {...props} />
          </Panel>
        </Stack>
      </div>
      <Panel title={t('sections.notes')}>
        <HeaderNotes {...props} />
      </Panel>
    </Stack>
  )
}
