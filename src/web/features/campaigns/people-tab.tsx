import { Group, SegmentedControl, Text, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch, IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { listAudience } from '#core/campaigns/api.ts'
import type { AudienceMember } from '#core/campaigns/campaign.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useUrlState } from '../../platform/url-state.ts'
import type { Column } from '../../ui/data-grid/columns.ts'
import { DataGrid } from '../../ui/data-grid/data-grid.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useMay } from '../access/session.ts'
import { LabelsButton } from '../labels/labels-button.tsx'
import classes from './campaigns.module.css'
import type { TabProps } from './general-tab.tsx'

const Address = z.object({
  search: z.string().catch('').default(''),
  show: z.enum(['selected', 'left-out']).catch('selected').default('selected'),
})

type Row = AudienceMember & { id: number }

/** Tab 2 of the source: who gets it, from the selection before the launch and the frozen list after (P-32). */
export function PeopleTab({ step }: TabProps) {
  const { t } = useTranslation('campaigns')
  const { integer } = useFormat()
  const [{ search, show }, setAddress] = useUrlState(Address)
  const [text, setText] = useState(search)
  const later = useDebouncedCallback((value: string) => setAddress({ search: value }), 250)
  const queryKey = [
    'campaigns',
    'of-step',
    step.id,
    'audience',
    step.version,
    step.state,
    search,
    show,
  ]
  const head = useQuery({
    queryKey: [...queryKey, 'head'],
    queryFn: ({ signal }) => call(listAudience, { id: step.id, search, show, limit: 1 }, signal),
  })
  const fetchSlice = async (offset: number, limit: number, signal: AbortSignal) => {
    const input = { id: step.id, search, show, offset, limit }
    const { rows, total } = await call(listAudience, input, signal)
    return { rows: rows.map((row) => ({ ...row, id: row.partyId })), total }
  }
  const mayOpen = useMay('customers.view')
  const columns = useColumns(show === 'left-out')
  const live = head.data?.live ?? true
  return (
    <div className={classes.people}>
      <Group justify="space-between" mb="sm" gap="sm">
        <Group gap="sm">
          <SegmentedControl
            aria-label={t('people.show')}
            value={show}
            onChange={(value) => setAddress({ show: value === 'left-out' ? value : 'selected' })}
            data={[
              { value: 'selected', label: t('people.selected') },
              {
                value: 'left-out',
                label: t('people.leftOut', { n: integer(head.data?.leftOut ?? 0) }),
              },
            ]}
          />
          <TextInput
            type="search"
            aria-label={t('people.search')}
            placeholder={t('people.search')}
            leftSection={<IconSearch size={16} aria-hidden />}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value)
              later(event.currentTarget.value)
            }}
          />
          <LabelsButton people={{ stepId: step.id }} />
        </Group>
        <Text size="sm" c="dimmed" role="status">
          {head.data &&
            `${t('people.count', { count: head.data.total, n: integer(head.data.total) })} · ${t(live ? 'people.live' : 'people.frozen')}`}
        </Text>
      </Group>
      <DataGrid<Row>
        label={t('tabs.people')}
        queryKey={queryKey}
        fetchSlice={fetchSlice}
        columns={columns}
        nameOf={nameOf}
        card={cardOf}
        bare={!mayOpen}
        empty={
          <EmptyState
            plain
            icon={<IconUsers size={36} stroke={1.3} />}
            title={t(search ? 'nothingFound' : `people.none.${show}`)}
            description={search ? '' : t(`people.noneText.${show}`)}
          />
        }
      />
    </div>
  )
}

const nameOf = (row: Row) => `${row.firstName} ${row.lastName}`.trim()

/** To the customer's card, for who may open it; the list itself takes no right but that of mailings. */
function CardLink({ id, children }: { id: number; children: ReactNode }) {
  if (!useMay('customers.view')) return children
  return (
    <Link to="/customers/$id" params={{ id: String(id) }} className={classes.label ?? ''}>
      {children}
    </Link>
  )
}

const cardOf = (row: Row) => (
  <div>
    <CardLink id={row.partyId}>{nameOf(row)}</CardLink>
    <Text size="xs" c="dimmed">
      {[row.email, row.mobile, row.postalCode].filter((part) => part !== '').join(' · ')}
    </Text>
  </div>
)

function useColumns(withReason: boolean): readonly Column<Row>[] {
  const { t } = useTranslation('campaigns')
  return useMemo(() => {
    const text = (
      key: 'lastName' | 'firstName' | 'email' | 'mobile' | 'postalCode',
      width: string,
    ) => ({
      key,
      header: t(`people.${key}`),
      width,
      cell: (row: Row) => row[key],
    })
    return [
      {
        ...text('lastName', 'minmax(130px, 1.2fr)'),
        cell: (row: Row) => <CardLink id={row.partyId}>{row.lastName}</CardLink>,
      },
      text('firstName', 'minmax(110px, 1fr)'),
      text('email', 'minmax(190px, 2fr)'),
      text('mobile', 'minmax(130px, 1fr)'),
      text('postalCode', '110px'),
      ...(withReason
        ? [
            {
              key: 'reason',
              header: t('people.reason'),
              width: 'minmax(180px, 1.5fr)',
              cell: (row: Row) => (row.reason ? t(`people.reasons.${row.reason}`) : ''),
            },
          ]
        : []),
    ]
  }, [t, withReason])
}
