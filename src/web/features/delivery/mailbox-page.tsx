import { Button, Group, Pagination, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconInbox, IconMail, IconMessage, IconSearch, IconTrash } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { emptyMailbox, listMailbox, type MailboxLine } from '#core/delivery/mailbox-api.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { useUrlState } from '../../platform/url-state.ts'
import { ConfirmTyped } from '../../ui/confirm-typed.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FieldError } from '../../ui/field-error.tsx'
import { MayTip } from '../../ui/may-tip.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useMay } from '../access/session.ts'
import classes from './delivery.module.css'
import { MailboxMessage } from './mailbox-message.tsx'

const pageSize = 50

const Address = z.object({
  find: z.string().catch('').default(''),
  page: z.coerce.number().int().positive().catch(1).default(1),
  message: z.coerce.number().int().positive().optional().catch(undefined),
})

const mailboxKey = ['mailbox']

/** What the built-in mailbox received: the whole job can be seen without any mail account. */
export function MailboxPage() {
  const { t } = useTranslation('delivery')
  const { integer } = useFormat()
  const problemText = useProblemText()
  const [{ find, page, message }, setAddress] = useUrlState(Address)
  const [search] = useDebouncedValue(find, 250)
  const { data, error } = useQuery({
    queryKey: [...mailboxKey, search, page],
    queryFn: ({ signal }) =>
      call(
        listMailbox,
        { ...(search ? { search } : {}), offset: (page - 1) * pageSize, limit: pageSize },
        signal,
      ),
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
  })
  const total = data?.total ?? 0
  const shown = message ?? data?.rows[0]?.id
  return (
    <Page>
      <PageHeader
        title={t('mailbox.title')}
        subtitle={data && total > 0 && t('mailbox.count', { count: total, n: integer(total) })}
        actions={total > 0 && find === '' ? <EmptyAll total={total} /> : undefined}
      />
      <FieldError>{error && problemText(error)}</FieldError>
      {total === 0 && find === '' && data ? (
        <EmptyState
          icon={<IconInbox size={40} stroke={1.3} />}
          title={t('mailbox.empty')}
          description={t('mailbox.emptyText')}
          actions={
            <Button variant="light" renderRoot={(props) => <Link to="/mailings" {...props} />}>
              {t('mailbox.write')}
            </Button>
          }
        />
      ) : (
        <div className={classes.mailbox}>
          <Panel flush>
            <TextInput
              m="sm"
              aria-label={t('mailbox.search')}
              placeholder={t('mailbox.search')}
              leftSection={<IconSearch size={16} />}
              value={find}
              onChange={(event) => setAddress({ find: event.currentTarget.value, page: 1 })}
            />
            <Lines
              rows={data?.rows ?? []}
              shown={shown}
              onOpen={(id) => setAddress({ message: id })}
            />
            {total === 0 && <p className={classes.note}>{t('mailbox.none')}</p>}
            {total > pageSize && (
              <Group justify="center" p="sm">
                <Pagination
                  total={Math.ceil(total / pageSize)}
                  value={page}
                  onChange={(value) => setAddress({ page: value })}
                  getControlProps={(control) => ({ 'aria-label': t(`ledger.pages.${control}`) })}
                  size="xs"
                  siblings={0}
                />
              </Group>
            )}
          </Panel>
          {shown !== undefined && <MailboxMessage key={shown} id={shown} />}
        </div>
      )}
    </Page>
  )
}

type LinesProps = {
  rows: readonly MailboxLine[]
  shown: number | undefined
  onOpen: (id: number) => void
}

function Lines({ rows, shown, onOpen }: LinesProps) {
  const { t } = useTranslation('delivery')
  const { instant } = useFormat()
  return (
    <ul className={classes.lines} aria-label={t('mailbox.title')}>
      {rows.map((row) => (
        <li key={row.id}>
          <button
            type="button"
            className={classes.line}
            aria-current={row.id === shown ? 'true' : undefined}
            onClick={() => onOpen(row.id)}
          >
            <span className={classes.subject}>
              {row.channel === 'sms' ? (
                <IconMessage size={14} aria-label={t('channels.sms')} />
              ) : (
                <IconMail size={14} aria-label={t('channels.email')} />
              )}{' '}
              {row.subject || t('mailbox.noSubject')}
            </span>
            <span className={classes.meta}>
              <span>{row.recipient}</span>
              <span>{instant(row.receivedAt)}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function EmptyAll({ total }: { total: number }) {
  const { t } = useTranslation('delivery')
  const may = useMay('mailings.write')
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const empty = useMutation({
    mutationFn: () => call(emptyMailbox, {}),
    onSuccess: async () => {
      setAsking(false)
      await client.invalidateQueries({ queryKey: mailboxKey })
    },
  })
  return (
    <>
      <MayTip may={may}>
        {(state) => (
          <Button
            variant="default"
            leftSection={<IconTrash size={16} />}
            onClick={() => setAsking(true)}
            {...state}
          >
            {t('mailbox.emptyAll')}
          </Button>
        )}
      </MayTip>
      <ConfirmTyped
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('mailbox.emptyAll')}
        number={total}
        action={t('mailbox.delete')}
        danger
        busy={empty.isPending}
        onConfirm={() => empty.mutate()}
      >
        {t('mailbox.emptyAllText')}
      </ConfirmTyped>
    </>
  )
}
