import { ActionIcon, Badge } from '@mantine/core'
import { IconDots, IconLinkOff, IconUsers } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { OperationView } from '#core/operations/operation.ts'
import type { TargetRow } from '#core/targets/target.ts'
import { useFormat } from '../../platform/format.ts'
import type { Column } from '../../ui/data-grid/columns.ts'
import { useTables } from '../operations/operation-data.ts'
import { useCatalogue } from '../parties/catalogue.ts'
import type { MenuAt } from './target-menu.tsx'
import { colourOf, nameOf } from './target-words.ts'
import classes from './targets.module.css'

export type GridTarget = TargetRow & { id: number }

/** The columns of the table; `onMenu` opens the menu of a row. */
export function useColumns(operation: OperationView, onMenu: (at: MenuAt) => void) {
  const { t } = useTranslation('targets')
  const { instant, integer } = useFormat()
  const { kinds } = useCatalogue()
  return useMemo((): Column<GridTarget>[] => {
    const kindOf = (kind: string) => kinds.find(({ code }) => code === kind)?.label ?? kind
    const stepLabel = (id: number | null) =>
      operation.steps.find((step) => step.id === id)?.label ?? (id === null ? '' : t('elsewhere'))
    const column = (
      key: string,
      width: string,
      cell: Column<GridTarget>['cell'],
      more: Partial<Column<GridTarget>> = {},
    ): Column<GridTarget> => ({
      key,
      header: t(`column.${key}`),
      width,
      cell,
      sortable: true,
      ...more,
    })
    return [
      column('name', 'minmax(170px, 1.8fr)', (row) => <Who row={row} />),
      column('code', 'minmax(90px, 0.7fr)', (row) => row.code, { from: 640 }),
      column('status', 'minmax(150px, 1.1fr)', (row) => <Status row={row} />),
      column('city', 'minmax(90px, 0.9fr)', (row) => row.city, { from: 860 }),
      column('email', 'minmax(150px, 1.3fr)', (row) => row.email, { from: 1240 }),
      column('mobile', '130px', (row) => row.mobile || row.phone, { from: 1340 }),
      column('kind', '100px', (row) => kindOf(row.kind), { from: 1460 }),
      column('calls', '96px', (row) => (row.calls > 0 ? integer(row.calls) : ''), {
        numeric: true,
        from: 1000,
      }),
      column('callbackAt', '160px', (row) => (row.callbackAt ? instant(row.callbackAt) : ''), {
        from: 1120,
      }),
      column('origin', 'minmax(100px, 0.9fr)', (row) => stepLabel(row.originStepId), {
        from: 1200,
      }),
      column('enteredAt', '170px', (row) => instant(row.enteredAt), { from: 900 }),
      column('menu', '84px', (row) => <MenuButton row={row} onMenu={onMenu} />, {
        sortable: false,
      }),
    ]
  }, [t, instant, integer, kinds, operation.steps, onMenu])
}

function MenuButton({ row, onMenu }: { row: TargetRow; onMenu: (at: MenuAt) => void }) {
  const { t } = useTranslation('targets')
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      tabIndex={-1}
      aria-label={t('menu.of', { name: nameOf(row) })}
      onClick={(event) => {
        event.stopPropagation()
        const { left, bottom } = event.currentTarget.getBoundingClientRect()
        onMenu({ row, x: left, y: bottom })
      }}
    >
      <IconDots size={17} />
    </ActionIcon>
  )
}

function Who({ row }: { row: TargetRow }) {
  const { t } = useTranslation('targets')
  return (
    <span
      className={classes.who}
      data-contact={row.organisation !== null || undefined}
      data-unlinked={!row.isLinked || undefined}
    >
      <span className={classes.name}>
        {nameOf(row)}
        {row.viaContacts && (
          <IconUsers size={14} aria-label={t('viaContacts')} className={classes.sign} />
        )}
        {!row.isLinked && (
          <IconLinkOff size={14} aria-label={t('unlinked')} className={classes.sign} />
        )}
      </span>
      {row.organisation && (
        <span className={classes.below}>
          {[row.function, row.organisation.name || row.organisation.code]
            .filter(Boolean)
            .join(' · ')}
        </span>
      )}
    </span>
  )
}

function Status({ row }: { row: TargetRow }) {
  const { stateOf } = useTables()
  const state = stateOf('target', row.status)
  return (
    <Badge variant="light" color={colourOf(state?.meaning)} className={classes.status ?? ''}>
      {state?.label ?? row.status}
    </Badge>
  )
}

/** A line on a narrow screen. */
export function TargetCard({ row, onMenu }: { row: TargetRow; onMenu: (at: MenuAt) => void }) {
  return (
    <div className={classes.card}>
      <div className={classes.cardWho}>
        <Who row={row} />
        <span className={classes.below}>
          {[row.code, row.city, row.mobile || row.phone].filter(Boolean).join(' · ')}
        </span>
        <Status row={row} />
      </div>
      <MenuButton row={row} onMenu={onMenu} />
    </div>
  )
}
