import { Anchor, Button, Group, Skeleton, Table, Tabs } from '@mantine/core'
import { IconDownload, IconPaperclip, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import {
  emptyMailbox,
  readMailbox,
  readMailboxAttachment,
  readMailboxSource,
} from '#core/delivery/mailbox-api.ts'
import { useBytes } from '../../platform/bytes.ts'
import { addressFor, call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { MayTip } from '../../ui/may-tip.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useMay } from '../access/session.ts'
import classes from './delivery.module.css'

type Mail = z.output<typeof readMailbox.output>

/** One message as HTML, as text, its headers, and its source. */
export function MailboxMessage({ id }: { id: number }) {
  const { t } = useTranslation('delivery')
  const problemText = useProblemText()
  const { data, error } = useQuery({
    queryKey: ['mailbox', 'one', id],
    queryFn: ({ signal }) => call(readMailbox, { id }, signal),
  })
  if (error) return <FieldError>{problemText(error)}</FieldError>
  if (!data) return <Skeleton height={320} />
  return (
    <Panel
      title={data.subject || t('mailbox.noSubject')}
      actions={
        <Group gap="xs">
          <Button
            component="a"
            href={addressFor(readMailboxSource, { id })}
            download
            size="xs"
            variant="default"
            leftSection={<IconDownload size={15} />}
          >
            {t('mailbox.source')}
          </Button>
          <Delete id={id} />
        </Group>
      }
    >
      <p className={classes.meta}>
        <span>{t('mailbox.from', { sender: data.sender, recipient: data.recipient })}</span>
      </p>
      {data.attachments.length > 0 && <MailAttachments mail={data} />}
      {data.channel === 'sms' ? (
        <div className={classes.sms}>{data.text}</div>
      ) : (
        <Views mail={data} />
      )}
    </Panel>
  )
}

function MailAttachments({ mail: { id, attachments } }: { mail: Mail }) {
  const { t } = useTranslation('delivery')
  const bytes = useBytes()
  return (
    <ul className={classes.attachments} aria-label={t('mailbox.attachments')}>
      {attachments.map(({ name, size }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a message never changes
        <li key={at}>
          <IconPaperclip size={14} aria-hidden />
          <Anchor size="sm" href={addressFor(readMailboxAttachment, { id, at })} download>
            {name || t('mailbox.unnamed')}
          </Anchor>
          <span>{bytes(size)}</span>
        </li>
      ))}
    </ul>
  )
}

function Views({ mail }: { mail: Mail }) {
  const { t } = useTranslation('delivery')
  return (
    <Tabs defaultValue={mail.html ? 'html' : 'text'} keepMounted={false}>
      <Tabs.List mb="sm">
        {mail.html && <Tabs.Tab value="html">{t('mailbox.tabs.html')}</Tabs.Tab>}
        <Tabs.Tab value="text">{t('mailbox.tabs.text')}</Tabs.Tab>
        <Tabs.Tab value="headers">{t('mailbox.tabs.headers')}</Tabs.Tab>
        <Tabs.Tab value="source">{t('mailbox.tabs.source')}</Tabs.Tab>
      </Tabs.List>
      {mail.html && (
        <Tabs.Panel value="html">
          {/* Without any permission: no script, no form, no way out of the frame but new windows for links. */}
          <iframe
            className={classes.frame}
            sandbox="allow-popups allow-popups-to-escape-sandbox"
            srcDoc={mail.html.replace(/<head(\s[^>]*)?>/i, '$&<base target="_blank">')}
            title={t('mailbox.tabs.html')}
          />
        </Tabs.Panel>
      )}
      <Tabs.Panel value="text">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <pre className={classes.source} tabIndex={0}>
          {mail.text}
        </pre>
      </Tabs.Panel>
      <Tabs.Panel value="headers">
        <Headers mail={mail} />
      </Tabs.Panel>
      <Tabs.Panel value="source">
        <Source id={mail.id} />
      </Tabs.Panel>
    </Tabs>
  )
}

function Headers({ mail }: { mail: Mail }) {
  const { t } = useTranslation('delivery')
  return (
    <Table aria-label={t('mailbox.tabs.headers')} fz="xs">
      <Table.Tbody>
        {mail.headers.map(({ name, value }) => (
          <Table.Tr key={`${name}${value}`}>
            <Table.Th scope="row">{name}</Table.Th>
            <Table.Td className={classes.address ?? ''}>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function Source({ id }: { id: number }) {
  const { data } = useQuery({
    queryKey: ['mailbox', 'source', id],
    queryFn: async ({ signal }) =>
      (await fetch(addressFor(readMailboxSource, { id }), { signal })).text(),
  })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <pre className={classes.source} tabIndex={0}>
      {data}
    </pre>
  )
}

function Delete({ id }: { id: number }) {
  const { t } = useTranslation('delivery')
  const may = useMay('mailings.write')
  const client = useQueryClient()
  const navigate = useNavigate()
  const remove = useMutation({
    mutationFn: () => call(emptyMailbox, { ids: [id] }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['mailbox'] })
      await navigate({ to: '/mailbox' })
    },
  })
  const { integer } = useFormat()
  return (
    <MayTip may={may}>
      {(state) => (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconTrash size={15} />}
          aria-label={t('mailbox.deleteOne', { n: integer(id) })}
          onClick={() => remove.mutate()}
          loading={remove.isPending}
          {...state}
        >
          {t('mailbox.delete')}
        </Button>
      )}
    </MayTip>
  )
}
