import { Badge, Progress } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { OperationLine } from '#core/operations/operation.ts'
import { pathTo, type Tree } from '#core/operations/tree.ts'
import { useFormat } from '../../../platform/format.ts'
import type { Column } from '../../../ui/data-grid/columns.ts'
import { DayText } from '../../../ui/figures.tsx'
import { useTables } from '../operation-data.ts'
import { OperationStateBadge } from './state-badge.tsx'
import classes from './tree.module.css'

export function useOperationColumns(tree: Tree): Column<OperationLine>[] {
  const { t } = useTranslation('operations')
  const { families, people } = useTables()
  return useMemo(() => {
    const nameOfFamily = (id: number | null) => families.find((one) => one.id === id)?.label
    const nameOfPerson = (id: string | null) => people.find((one) => one.id === id)?.name
    return [
      {
        key: 'label',
        header: t('list.label'),
        width: 'minmax(170px, 2fr)',
        sortable: true,
        cell: (row) => <Name row={row} tree={tree} />,
      },
      {
        key: 'state',
        header: t('list.state'),
        width: '158px',
        sortable: true,
        cell: (row) => <State row={row} />,
      },
      {
        key: 'family',
        header: t('list.family'),
        width: 'minmax(90px, 1fr)',
        sortable: true,
        from: 900,
        cell: (row) => nameOfFamily(row.familyId) ?? '–',
      },
      {
        key: 'owner',
        header: t('list.owner'),
        width: 'minmax(90px, 1fr)',
        sortable: true,
        from: 760,
        cell: (row) => nameOfPerson(row.ownerId) ?? '–',
      },
      {
        key: 'startsAt',
        header: t('list.startsAt'),
        width: '108px',
        sortable: true,
        from: 640,
        cell: (row) => (row.startsAt ? <DayText day={row.startsAt} /> : '–'),
      },
      {
        key: 'endsAt',
        header: t('list.endsAt'),
        width: '108px',
        sortable: true,
        from: 820,
        cell: (row) => (row.endsAt ? <DayText day={row.endsAt} /> : '–'),
      },
      {
        key: 'progress',
        header: t('list.progress'),
        width: '132px',
        sortable: true,
        cell: (row) => <ProgressBar value={row.progress} />,
      },
    ]
  }, [t, tree, families, people])
}

function Name({ row, tree }: { row: OperationLine; tree: Tree }) {
  const { t } = useTranslation('operations')
  const path = pathTo(tree, row.folderId).map(({ label }) => label)
  const small = [row.code, path.join(' › ')].filter(Boolean).join(' · ')
  return (
    <span className={classes.name}>
      <strong>
        {row.label}
        {row.isTemplate && (
          <Badge size="xs" variant="outline" color="gray" ml={8}>
            {t('list.isTemplate')}
          </Badge>
        )}
      </strong>
      {small !== '' && <small>{small}</small>}
    </span>
  )
}

function State({ row }: { row: OperationLine }) {
  const { stateOf } = useTables()
  const label = stateOf('operation', row.stateCode)?.label ?? row.stateCode
  return <OperationStateBadge meaning={row.state} label={label} />
}

function ProgressBar({ value }: { value: number }) {
  const { percent } = useFormat()
  return (
    <span className={classes.progress}>
      <Progress value={value} size="sm" aria-hidden />
      <span>{percent(value / 100)}</span>
    </span>
  )
}

/** An operation on a phone. */
export function OperationCard({ row }: { row: OperationLine }) {
  const { day } = useFormat()
  const { families, people } = useTables()
  const facts = [
    row.code,
    families.find(({ id }) => id === row.familyId)?.label,
    people.find(({ id }) => id === row.ownerId)?.name,
    row.startsAt && day(row.startsAt),
  ].filter(Boolean)
  return (
    <span className={classes.card}>
      <span className={classes.cardLine}>
        <strong>{row.label}</strong>
        <State row={row} />
      </span>
      {facts.length > 0 && <small>{facts.join(' · ')}</small>}
      <ProgressBar value={row.progress} />
    </span>
  )
}
