import { Button, Group, Pagination, SimpleGrid, Text } from '@mantine/core'
import { IconShoppingBag } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listPurchases, type Purchase } from '#core/history/api.ts'
import { call } from '../../../platform/call.ts'
import { useFormat } from '../../../platform/format.ts'
import type { Sort } from '../../../ui/data-grid/columns.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { useIsFinding } from '../../../ui/is-finding.ts'
import { Panel } from '../../../ui/panel.tsx'
import { SimpleTable } from '../../../ui/simple-table.tsx'
import classes from '../parties.module.css'
import { partyKey } from './use-card.ts'

const pageSize = 20
/** Of a search, so that it finds every receipt; what an answer holds at most. */
const wholeSize = 500

/** Receipts, latest first at first, and what each currency adds up to; currencies are never summed. */
export function PurchasesTab({ id }: { id: number }) {
  const { t } = useTranslation('parties')
  const [asked, setPage] = useState(1)
  const isFinding = useIsFinding()
  const [sort, setSort] = useState<Sort>({ key: 'soldAt', descending: true })
  const size = isFinding ? wholeSize : pageSize
  const page = isFinding ? 1 : asked
  const { data } = useQuery({
    queryKey: [...partyKey(id), 'purchases', page, size, sort],
    queryFn: ({ signal }) =>
      call(
        listPurchases,
        {
          id,
          offset: (page - 1) * size,
          limit: size,
          sort: listPurchases.input.shape.sort.parse(sort.key),
          direction: sort.descending ? 'desc' : 'asc',
        },
        signal,
      ),
    placeholderData: keepPreviousData,
  })
  if (!data) return null
  if (data.total === 0)
    return (
      <EmptyState
        icon={<IconShoppingBag size={22} />}
        title={t('purchases.none')}
        description={t('purchases.noneText')}
      />
    )
  const pages = Math.ceil(data.total / size)
  return (
    <div className={classes.stack}>
      {data.totals.map((total) => (
        <Totals key={total.currency} total={total} />
      ))}
      <Panel title={t('purchases.receipts')} flush>
        <Receipts purchases={data.purchases} sort={sort} onSort={setSort} />
        {pages > 1 && (
          <Group justify="center" p="sm">
            <Pagination
              total={pages}
              value={page}
              onChange={setPage}
              getControlProps={(control) => ({ 'aria-label': t(`pages.${control}`) })}
              getItemProps={(at) => ({ 'aria-label': t('pages.page', { n: at }) })}
            />
          </Group>
        )}
      </Panel>
    </div>
  )
}

type TotalOf = {
  currency: string
  visits: number
  revenue: number
  margin: number | null
  lastVisitOn: string
}

function Totals({ total }: { total: TotalOf }) {
  const { t } = useTranslation('parties')
  const format = useFormat()
  const figures = [
    ['revenue', format.money(total.revenue, total.currency)],
    ['margin', total.margin === null ? '–' : format.money(total.margin, total.currency)],
    ['visits', format.integer(total.visits)],
    ['lastVisit', format.day(total.lastVisitOn)],
  ] as const
  return (
    <Panel>
      <SimpleGrid cols={{ base: 2, sm: 4 }}>
        {figures.map(([key, value]) => (
          <div key={key}>
            <span className={classes.meta}>{t(`purchases.${key}`)}</span>
            <Text fw={650} size="lg">
              {value}
            </Text>
          </div>
        ))}
      </SimpleGrid>
    </Panel>
  )
}

type ReceiptsProps = {
  purchases: readonly Purchase[]
  sort: Sort
  onSort: (sort: Sort) => void
}

function Receipts({ purchases, sort, onSort }: ReceiptsProps) {
  const { t } = useTranslation('parties')
  const format = useFormat()
  const isFinding = useIsFinding()
  const [open, setOpen] = useState<number | null>(null)
  return (
    <SimpleTable
      label={t('purchases.receipts')}
      rows={purchases}
      sort={sort}
      onSort={onSort}
      keyOf={({ id }) => id}
      columns={[
        {
          key: 'soldAt',
          header: t('purchases.date'),
          cell: ({ soldOn }) => format.day(soldOn),
          sortable: true,
        },
        { key: 'store', header: t('fields.store'), cell: ({ store }) => store, sortable: true },
        {
          key: 'receipt',
          header: t('purchases.receipt'),
          cell: ({ receipt }) => receipt,
          sortable: true,
        },
        {
          key: 'what',
          header: t('purchases.articles'),
          cell: (purchase) => (
            <Lines
              purchase={purchase}
              open={isFinding || open === purchase.id}
              // A search looks into all of them: there is nothing to fold.
              onToggle={
                isFinding ? undefined : () => setOpen(open === purchase.id ? null : purchase.id)
              }
            />
          ),
        },
        {
          key: 'revenue',
          sortable: true,
          header: t('purchases.amount'),
          cell: ({ revenue, currency }) => format.money(revenue, currency),
          numeric: true,
        },
      ]}
    />
  )
}

type LinesProps = { purchase: Purchase; open: boolean; onToggle: (() => void) | undefined }

function Lines({ purchase, open, onToggle }: LinesProps) {
  const { t } = useTranslation('parties')
  const format = useFormat()
  const { lines, currency } = purchase
  return (
    <>
      {onToggle && (
        <Button variant="subtle" size="compact-sm" aria-expanded={open} onClick={onToggle}>
          {t('purchases.lines', { count: lines.length })}
        </Button>
      )}
      {open && (
        <dl className={classes.lines}>
          {lines.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a receipt have an order and nothing else
            <Fragment key={at}>
              <dt>
                {line.article}
                {line.department && <span className={classes.meta}> · {line.department}</span>}
              </dt>
              <dd>
                {format.quantity(line.quantity)} × · {format.money(line.revenue, currency)}
              </dd>
            </Fragment>
          ))}
        </dl>
      )}
    </>
  )
}
