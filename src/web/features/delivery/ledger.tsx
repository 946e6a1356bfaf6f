import { Anchor, Badge, Button, Group, Pagination, Select, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconDownload, IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { downloadLedger, listMessages } from '#core/delivery/api.ts'
import {
  MessageFeedback,
  MessageState,
  type MessageView,
  messageFeedbacks,
  messageStates,
} from '#core/delivery/message.ts'
import type { DeliverySummary } from '#core/delivery/run.ts'
import { addressFor, call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { useUrlState } from '../../platform/url-state.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { Panel } from '../../ui/panel.tsx'
import { SimpleTable } from '../../ui/simple-table.tsx'
import { useMay } from '../access/session.ts'
import classes from './delivery.module.css'
import { SettleOne } from './settle-one.tsx'

const pageSize = 50

const Address = z.object({
  find: z.string().catch('').default(''),
  state: MessageState.optional().catch(undefined),
  feedback: MessageFeedback.optional().catch(undefined),
  clicked: z.literal('yes').optional().catch(undefined),
  opened: z.literal('yes').optional().catch(undefined),
  page: z.coerce.number().int().positive().catch(1).default(1),
})

type Filter = Pick<z.infer<typeof Address>, 'state' | 'feedback' | 'clicked' | 'opened'>

const filterOf = ({ state, feedback, clicked, opened }: Filter) => ({
  ...(state ? { state } : {}),
  ...(feedback ? { feedback } : {}),
  ...(clicked ? { clicked } : {}),
  ...(opened ? { opened } : {}),
})

const shownOf = ({ state, feedback, clicked, opened }: Filter) =>
  state ?? feedback ?? (clicked ? 'clicked' : opened ? 'opened' : null)

/** Who, where it stands, why, and what the relay answered: line by line, searched and filtered. */
export function Ledger({ summary }: { summary: DeliverySummary }) {
  const { t } = useTranslation('delivery')
  const { integer } = useFormat()
  const problemText = useProblemText()
  const [address, setAddress] = useUrlState(Address)
  const { find, page } = address
  const [search] = useDebouncedValue(find, 250)
  const { stepId } = summary
  const filter = {
    stepId,
    ...(search ? { search } : {}),
    ...filterOf(address),
  }
  const { data, error } = useQuery({
    queryKey: ['delivery', stepId, 'lines', filter, page, summary.counts],
    queryFn: ({ signal }) =>
      call(listMessages, { ...filter, offset: (page - 1) * pageSize, limit: pageSize }, signal),
    placeholderData: keepPreviousData,
  })
  const pages = Math.ceil((data?.total ?? 0) / pageSize)
  return (
    <Panel
      title={t('ledger.title')}
      flush
      actions={
        <Button
          component="a"
          href={addressFor(downloadLedger, filter)}
          download
          size="xs"
          variant="default"
          leftSection={<IconDownload size={15} />}
        >
          {t('ledger.download')}
        </Button>
      }
    >
      <Group gap="xs" className={classes.filters ?? ''}>
        <TextInput
          aria-label={t('ledger.search')}
          placeholder={t('ledger.search')}
          leftSection={<IconSearch size={16} />}
          value={find}
          onChange={(event) => setAddress({ find: event.currentTarget.value, page: 1 })}
          className={classes.grow ?? ''}
        />
        <Select
          aria-label={t('ledger.state')}
          placeholder={t('ledger.all')}
          clearable
          clearButtonProps={{ 'aria-label': t('ledger.all') }}
          data={[...messageStates, ...messageFeedbacks, 'clicked', 'opened'].map((value) => ({
            value,
            label: t(`message.${value}`),
          }))}
          value={shownOf(address)}
          onChange={(value) =>
            setAddress({
              state: MessageState.safeParse(value).data,
              feedback: MessageFeedback.safeParse(value).data,
              clicked: value === 'clicked' ? 'yes' : undefined,
              opened: value === 'opened' ? 'yes' : undefined,
              page: 1,
            })
          }
        />
        <Text size="sm" c="dimmed" role="status">
          {data && t('ledger.lines', { count: data.total, n: integer(data.total) })}
        </Text>
      </Group>
      <FieldError>{error && problemText(error)}</FieldError>
      {data && data.rows.length > 0 && <Lines rows={data.rows} stepId={stepId} />}
      {data?.total === 0 && <p className={classes.note}>{t('ledger.none')}</p>}
      {pages > 1 && (
        <Group justify="center" p="sm">
          <Pagination
            total={pages}
            value={page}
            onChange={(value) => setAddress({ page: value })}
            getControlProps={(control) => ({ 'aria-label': t(`ledger.pages.${control}`) })}
            size="sm"
          />
        </Group>
      )}
    </Panel>
  )
}

const stateColors: Record<MessageState, string> = {
  excluded: 'gray',
  pending: 'blue',
  'in-flight': 'blue',
  submitted: 'ok',
  refused: 'red',
  unknown: 'orange',
  cancelled: 'gray',
}

function Lines({ rows, stepId }: { rows: readonly MessageView[]; stepId: number }) {
  const { t } = useTranslation('delivery')
  const mayOpen = useMay('customers.view')
  return (
    <SimpleTable
      label={t('ledger.title')}
      rows={rows}
      keyOf={({ id }) => id}
      rowHeader
      columns={[
        {
          key: 'name',
          header: t('ledger.person'),
          cell: ({ name, partyId }) =>
            mayOpen ? (
              <Anchor
                size="sm"
                renderRoot={(link) => <Link to={`/customers/${partyId}`} {...link} />}
              >
                {name || `#${partyId}`}
              </Anchor>
            ) : (
              name || `#${partyId}`
            ),
        },
        {
          key: 'address',
          header: t('ledger.address'),
          cell: ({ address }) => <span className={classes.address}>{address}</span>,
        },
        {
          key: 'state',
          header: t('ledger.state'),
          cell: (row) => (
            <Group gap={6}>
              <StateBadge row={row} />
              {row.state === 'unknown' && <SettleOne stepId={stepId} row={row} />}
            </Group>
          ),
        },
        { key: 'why', header: t('ledger.why'), cell: (row) => <Why row={row} /> },
        { key: 'when', header: t('ledger.when'), cell: (row) => <When row={row} /> },
      ]}
    />
  )
}

/** What is true now: that a message came back says more than that the relay had taken it. */
function StateBadge({ row: { state, feedback } }: { row: MessageView }) {
  const { t } = useTranslation('delivery')
  const color = feedback === null ? stateColors[state] : 'red'
  return (
    <Badge variant="light" color={color} className={classes.badge ?? ''}>
      {t(`messageOne.${feedback ?? state}`)}
    </Badge>
  )
}

function Why({ row }: { row: MessageView }) {
  const { state, reason, answer, feedback, feedbackAt, feedbackText, clickedAt, openedAt } = row
  const { instant, integer } = useFormat()
  const { t } = useTranslation('delivery')
  const kind = state === 'excluded' ? 'excluded' : 'refused'
  return (
    <div className={classes.why}>
      {reason !== null && <div>{t(`reasons.${kind}.${reason}`, { count: 1 })}</div>}
      {feedback !== null && feedbackAt !== null && (
        <div>
          {t(`reasons.feedbackOne.${feedback}`)} · {instant(feedbackAt)}
        </div>
      )}
      {openedAt !== null && (
        <div>{t('ledger.opened', { at: instant(openedAt), n: integer(row.opens) })}</div>
      )}
      {clickedAt !== null && <div>{t('ledger.clicked', { at: instant(clickedAt) })}</div>}
      {feedbackText !== null && <div className={classes.answer}>{feedbackText}</div>}
      {feedback === null && answer !== null && answer !== '' && (
        <div className={classes.answer}>{answer}</div>
      )}
    </div>
  )
}

function When({ row: { submittedAt, dueAt, attempts } }: { row: MessageView }) {
  const { t } = useTranslation('delivery')
  const { instant } = useFormat()
  if (submittedAt) return instant(submittedAt)
  if (dueAt && attempts > 0) return t('ledger.again', { at: instant(dueAt), n: attempts })
  return null
}
