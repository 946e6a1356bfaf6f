import { Badge, Skeleton, Table, Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { CampaignSort } from '#core/campaigns/api.ts'
import type { CampaignLine } from '#core/campaigns/campaign.ts'
import { DayText } from '../../ui/figures.tsx'
import classes from './campaigns.module.css'

type Sorting = { key: CampaignSort; direction: 'asc' | 'desc' }

type Props = {
  rows: readonly CampaignLine[]
  selected: number | undefined
  sort: Sorting
  onSort: (sort: { sort: CampaignSort; direction: 'asc' | 'desc' }) => void
  onSelect: (id: number) => void
  loading: boolean
}

/** Exactly date, label and closing date (P-11); a click chooses the mailing whose results stand beside. */
export function MailingsTable({ rows, selected, sort, onSort, onSelect, loading }: Props) {
  const { t } = useTranslation('campaigns')
  if (loading) return <Skeleton height={220} m="md" width="auto" />
  if (rows.length === 0) {
    return (
      <Text c="dimmed" ta="center" p="xl" size="sm">
        {t('nothingFound')}
      </Text>
    )
  }
  return (
    <Table aria-label={t('title')} className={classes.list ?? ''} verticalSpacing={10}>
      <Table.Thead>
        <Table.Tr>
          {(['sendOn', 'label', 'closedAt'] as const).map((key) => (
            <SortHead key={key} column={key} sort={sort} onSort={onSort} />
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} selected={row.id === selected} onSelect={onSelect} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

type RowProps = { row: CampaignLine; selected: boolean; onSelect: (id: number) => void }

function Row({ row, selected, onSelect }: RowProps) {
  const { t } = useTranslation('campaigns')
  return (
    <Table.Tr
      className={classes.row ?? ''}
      data-selected={selected || undefined}
      onClick={() => onSelect(row.id)}
    >
      <Table.Td className={classes.date ?? ''}>
        {row.sendOn ? <DayText day={row.sendOn} /> : <Nothing name={t('noDate')} />}
      </Table.Td>
      <Table.Td>
        <Link
          to="/mailings"
          search={(before) => ({ ...before, selected: row.id })}
          className={classes.label ?? ''}
          aria-current={selected ? 'true' : undefined}
        >
          {row.label}
        </Link>
        {row.isLegacy && (
          <Badge size="xs" variant="outline" color="gray" ml={8}>
            {t('state.legacy')}
          </Badge>
        )}
      </Table.Td>
      <Table.Td className={classes.date ?? ''}>
        {row.closedAt ? <DayText day={row.closedAt} /> : <Nothing name={t('notClosed')} />}
      </Table.Td>
    </Table.Tr>
  )
}

/** A dash to the eye, words to the ear. */
function Nothing({ name }: { name: string }) {
  return (
    <>
      <span aria-hidden>–</span>
      <VisuallyHidden>{name}</VisuallyHidden>
    </>
  )
}

type HeadProps = { column: CampaignSort; sort: Sorting; onSort: Props['onSort'] }

function SortHead({ column, sort, onSort }: HeadProps) {
  const { t } = useTranslation('campaigns')
  const active = sort.key === column
  const ascending = active && sort.direction === 'asc'
  const Icon = active ? (ascending ? IconArrowUp : IconArrowDown) : IconArrowsSort
  const next = active && sort.direction === 'desc' ? 'asc' : 'desc'
  return (
    <Table.Th
      scope="col"
      aria-sort={active ? (ascending ? 'ascending' : 'descending') : 'none'}
      className={classes.head ?? ''}
    >
      <UnstyledButton
        className={classes.sort ?? ''}
        data-active={active || undefined}
        onClick={() => onSort({ sort: column, direction: next })}
      >
        {t(`columns.${column}`)}
        <Icon size={13} aria-hidden />
      </UnstyledButton>
    </Table.Th>
  )
}
