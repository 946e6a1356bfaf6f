import { Progress, Text } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Panel } from '../../ui/panel.tsx'
import classes from './imports.module.css'
import { StepTrail } from './step-trail.tsx'
import { sendFile } from './use-imports.ts'

/** Step one: the file. */
export function NewImportPage() {
  const { t } = useTranslation('imports')
  const { sending, problem, send } = useSending()
  return (
    <Page narrow>
      <PageHeader title={t('new')} subtitle={t('newSubtitle')} />
      <StepTrail current="file" />
      <FileDrop
        icon={<IconFileUpload size={40} stroke={1.4} aria-hidden />}
        title={t('drop.title')}
        text={t('drop.text')}
        onFile={send}
        busy={sending !== undefined}
      />
      {sending && <Sending {...sending} />}
      <FieldError>{problem}</FieldError>
      <Panel title={t('accepted.title')}>
        <ul className={classes.notes}>
          {(['customers', 'sales', 'list', 'mailings'] as const).map((kind) => (
            <li key={kind}>
              <b>{t(`kinds.${kind}.name`)}</b> – {t(`kinds.${kind}.text`)}
            </li>
          ))}
        </ul>
        <Text size="sm" c="dimmed" mt="sm">
          {t('accepted.formats')}
        </Text>
      </Panel>
    </Page>
  )
}

function useSending() {
  const navigate = useNavigate()
  const problemText = useProblemText()
  const [sending, setSending] = useState<{ name: string; ratio: number }>()
  const [problem, setProblem] = useState<string>()
  const send = async (file: File) => {
    setProblem(undefined)
    setSending({ name: file.name, ratio: 0 })
    try {
      const { id } = await sendFile(file, (ratio) => setSending({ name: file.name, ratio }))
      await navigate({ to: '/imports/$id', params: { id: String(id) } })
    } catch (error) {
      setProblem(`${file.name} : ${problemText(error)}`)
    } finally {
      setSending(undefined)
    }
  }
  return { sending, problem, send: (file: File) => void send(file) }
}

function Sending({ name, ratio }: { name: string; ratio: number }) {
  const { t } = useTranslation('imports')
  const { percent } = useFormat()
  return (
    <div>
      <Text size="sm" mb={6} role="status">
        {ratio < 1 ? t('sending', { name, percent: percent(ratio) }) : t('looking', { name })}
      </Text>
      <Progress value={100 * ratio} striped animated aria-label={t('sendingLabel')} />
    </div>
  )
}
