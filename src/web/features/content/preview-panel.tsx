import { Alert, Group, SegmentedControl, Stack, Switch, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconPaperclip, IconScissors, IconShieldCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Preview } from '#core/content/api.ts'
import type { ContentBody } from '#core/content/content.ts'
import { useBytes } from '../../platform/bytes.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { Panel } from '../../ui/panel.tsx'
import { attachmentsQuery } from '../campaigns/attachment-data.ts'
import classes from './content.module.css'
import { EmailFrame } from './email-frame.tsx'
import { RecipientPicker } from './recipient-picker.tsx'
import { TestSend } from './test-send.tsx'
import { useMergeFields } from './use-merge-fields.ts'
import type { PreviewState } from './use-preview.ts'

type Props = {
  preview: PreviewState
  body: ContentBody
  stepId: number
  contentId: number
  onSaved: () => Promise<unknown>
}

/** What one recipient would get, by the renderer that sends. */
export function PreviewPanel({ preview, body, stepId, contentId, onSaved }: Props) {
  const { t } = useTranslation('content')
  const problemText = useProblemText()
  const { data, error, partyId, setPartyId } = preview
  const ready = data?.problems.length === 0
  return (
    <Panel
      title={t('preview.title')}
      className={classes.preview ?? ''}
      actions={
        body.channel !== 'file' && (
          <TestSend
            channel={body.channel}
            stepId={stepId}
            contentId={contentId}
            partyId={partyId}
            ready={ready}
            onBefore={onSaved}
          />
        )
      }
    >
      <Stack gap="sm">
        <RecipientPicker stepId={stepId} value={partyId} onChange={setPartyId} />
        {error && <FieldError>{problemText(error)}</FieldError>}
        {data?.email && <EmailPreview email={data.email} notices={data.notices} stepId={stepId} />}
        {data?.sms && <SmsPreview sms={data.sms} />}
        {data?.file && <FilePreview file={data.file} />}
        {data && !data.email && !data.sms && !data.file && (
          <Text size="sm" c="dimmed" ta="center" py="xl">
            {t(isBlank(data) ? 'preview.blank' : 'preview.broken')}
          </Text>
        )}
        {data && data.missing.length > 0 && <MissingHere missing={data.missing} />}
      </Stack>
    </Panel>
  )
}

const isBlank = ({ problems }: Preview) => problems.every(({ code }) => code === 'empty')

/** Gmail hides what comes after 102 kB behind a link, footer included. */
const gmailLimit = 102_000

type EmailProps = {
  email: NonNullable<Preview['email']>
  notices: Preview['notices']
  stepId: number
}

function EmailPreview({ email, notices, stepId }: EmailProps) {
  const { t } = useTranslation('content')
  const { integer } = useFormat()
  const prefersDark = useMediaQuery('(prefers-color-scheme: dark)')
  const [view, setView] = useState('600')
  const [dark, setDark] = useState<boolean | null>(null)
  const isDark = dark ?? prefersDark ?? false
  const kilobytes = Math.max(1, Math.round(email.bytes / 1_000))
  return (
    <>
      <Group justify="space-between" gap="xs">
        <SegmentedControl
          size="xs"
          aria-label={t('preview.view')}
          value={view}
          onChange={setView}
          data={[
            { value: '600', label: t('preview.wide') },
            { value: '375', label: t('preview.narrow') },
            { value: 'text', label: t('preview.text') },
          ]}
        />
        {view !== 'text' && (
          <Switch
            size="xs"
            label={t('preview.dark')}
            checked={isDark}
            onChange={(event) => setDark(event.currentTarget.checked)}
          />
        )}
      </Group>
      <div className={classes.mailHead}>
        <strong>{email.subject}</strong>
        {email.preheader && <span> — {email.preheader}</span>}
      </div>
      <AttachedFiles stepId={stepId} />
      {view === 'text' ? (
        <pre className={classes.plain}>{email.text}</pre>
      ) : (
        <EmailFrame html={email.html} width={view === '375' ? 375 : 600} dark={isDark} />
      )}
      <Text size="xs" c="dimmed">
        {t('preview.size', { n: integer(kilobytes) })}
      </Text>
      {email.bytes > gmailLimit && (
        <Alert color="yellow" variant="light" icon={<IconScissors size={18} />}>
          {t('preview.clipped')}
        </Alert>
      )}
      {notices.length > 0 && (
        <Alert color="yellow" variant="light" icon={<IconShieldCheck size={18} />}>
          {t('preview.removed')} {notices.map(({ text }) => text).join(', ')}
        </Alert>
      )}
    </>
  )
}

/** By name: what is in them the recipient sees for himself. */
function AttachedFiles({ stepId }: { stepId: number }) {
  const { t } = useTranslation('content')
  const bytes = useBytes()
  const { data: files = [] } = useQuery(attachmentsQuery(stepId))
  if (files.length === 0) return null
  return (
    <ul className={classes.attached} aria-label={t('preview.attached')}>
      {files.map(({ id, name, size }) => (
        <li key={id}>
          <IconPaperclip size={14} aria-hidden /> {name} <span>{bytes(size)}</span>
        </li>
      ))}
    </ul>
  )
}

function SmsPreview({ sms }: { sms: NonNullable<Preview['sms']> }) {
  const { t } = useTranslation('content')
  return (
    <>
      <div className={classes.bubble}>{sms.text}</div>
      <Text size="xs" c="dimmed">
        {t('sms.count', { count: sms.parts, length: sms.length, room: sms.room })}
      </Text>
    </>
  )
}

function FilePreview({ file }: { file: NonNullable<Preview['file']> }) {
  return (
    <div className={classes.fileScroll}>
      <table className={classes.fileTable}>
        <thead>
          <tr>
            {file.headings.map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {file.rows.map((row) => (
            <tr key={row.join('|')}>
              {file.headings.map((heading, at) => (
                <td key={heading}>{row[at]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function MissingHere({ missing }: { missing: Preview['missing'] }) {
  const { t } = useTranslation('content')
  const { labelOf } = useMergeFields()
  return (
    <Text size="xs" c="dimmed">
      {t('preview.missing')}{' '}
      {missing
        .map(({ field, fallback }) =>
          fallback === ''
            ? t('preview.missingBlank', { field: labelOf(field) })
            : t('preview.missingFallback', { field: labelOf(field), fallback }),
        )
        .join(', ')}
    </Text>
  )
}
