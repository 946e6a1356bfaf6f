import { ActionIcon, Anchor, Group } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonRow } from '#core/segments/api.ts'
import { useFormat } from '../../platform/format.ts'
import { Panel } from '../../ui/panel.tsx'
import { SimpleTable, type TableColumn } from '../../ui/simple-table.tsx'
import { nameOf } from './sample-panel.tsx'
import classes from './segments.module.css'

const pageSize = 25

type Slice = { offset: number; limit: number }

type Props = {
  /** Identifies whose list it is. */
  queryKey: readonly unknown[]
  load: (slice: Slice, signal: AbortSignal) => Promise<PersonRow[]>
  total: number
}

/** The people selected, with the columns of P-32. */
export function PeopleTable({ queryKey, load, total }: Props) {
  const { t } = useTranslation('segments')
  const [offset, setOffset] = useState(0)
  const start = offset < total ? offset : 0
  const { data = [] } = useQuery({
    queryKey: [...queryKey, start],
    queryFn: ({ signal }) => load({ offset: start, limit: pageSize }, signal),
    placeholderData: keepPreviousData,
  })
  const columns: TableColumn<PersonRow>[] = [
    {
      key: 'lastName',
      header: t('people.lastName'),
      cell: (row) => (
        <Anchor component={Link} to={`/customers/${row.id}` as string}>
          {row.lastName || nameOf(row)}
        </Anchor>
      ),
    },
    { key: 'firstName', header: t('people.firstName'), cell: (row) => row.firstName },
    { key: 'email', header: t('people.email'), cell: (row) => row.email },
    { key: 'mobile', header: t('people.mobile'), cell: (row) => row.mobile || row.phone },
    { key: 'postalCode', header: t('people.postalCode'), cell: (row) => row.postalCode },
  ]
  return (
    <Panel
      title={t('people.title')}
      actions={<Pager start={start} total={total} shown={data.length} onTurn={setOffset} />}
      flush
    >
      <SimpleTable
        label={t('people.label')}
        columns={columns}
        rows={data}
        keyOf={(row) => row.id}
        rowHeader
      />
    </Panel>
  )
}

type PagerProps = { start: number; total: number; shown: number; onTurn: (offset: number) => void }

function Pager({ start, total, shown, onTurn }: PagerProps) {
  const { t } = useTranslation('segments')
  const { integer } = useFormat()
  if (total === 0) return null
  const range = { from: integer(start + 1), to: integer(start + shown), total: integer(total) }
  return (
    <Group gap={6}>
      <span className={classes.share}>{t('people.range', range)}</span>
      <ActionIcon
        variant="default"
        aria-label={t('people.previous')}
        disabled={start === 0}
        onClick={() => onTurn(Math.max(0, start - pageSize))}
      >
        <IconChevronLeft size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label={t('people.next')}
        disabled={start + shown >= total}
        onClick={() => onTurn(start + pageSize)}
      >
        <IconChevronRight size={16} aria-hidden />
      </ActionIcon>
    </Group>
  )
}
