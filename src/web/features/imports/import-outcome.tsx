import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconArrowBackUp, IconPlayerPlay } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { startImport, stopImport, undoImport } from '#core/imports/api.ts'
import { type ImportView, mayBecome } from '#core/imports/import.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { JobProgress } from '../../ui/job-progress.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useJob } from '../jobs/use-jobs.ts'
import { CountTiles } from './count-tiles.tsx'
import classes from './imports.module.css'
import { RejectsPanel } from './rejects-panel.tsx'
import { StepTrail } from './step-trail.tsx'
import { useImportAction } from './use-imports.ts'

/** A run under way or over: its pace, its counts, its rejected rows, and the way back. */
export function ImportOutcome({ view }: { view: ImportView }) {
  const { t } = useTranslation('imports')
  const kind = view.kind ?? 'customers'
  const moving = view.state === 'running' || view.state === 'undoing'
  return (
    <>
      <StepTrail current="run" />
      {view.state === 'failed' && (
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t('failed')}>
          {view.errorMessage} {t('failedText')}
        </Alert>
      )}
      {moving && <Moving view={view} />}
      {view.counts && (
        <Panel title={t(`kinds.${kind}.name`)}>
          <CountTiles counts={view.counts} kind={kind} />
          {view.state === 'done' && <Next kind={kind} />}
        </Panel>
      )}
      {view.undo && <UndoReport undo={view.undo} />}
      {!moving && <RejectsPanel view={view} />}
      {!moving && <Actions view={view} />}
    </>
  )
}

function Moving({ view }: { view: ImportView }) {
  const { t } = useTranslation('imports')
  const problemText = useProblemText()
  const job = useJob(view.jobId)
  const [asking, setAsking] = useState(false)
  const stop = useImportAction((undo: boolean) => call(stopImport, { id: view.id, undo }))
  const answer = (undo: boolean) => {
    setAsking(false)
    stop.mutate(undo)
  }
  const running = view.state === 'running'
  return (
    <Panel title={t(running ? 'run.title' : 'undo.running')}>
      {job && (
        <JobProgress
          title={view.fileName}
          job={job}
          onCancel={running ? () => setAsking(true) : undefined}
        />
      )}
      <FieldError>{stop.error && problemText(stop.error)}</FieldError>
      <Modal opened={asking} onClose={() => setAsking(false)} title={t('stop.title')}>
        <Stack>
          <Text>{t('stop.text')}</Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => answer(false)}>
              {t('stop.keep')}
            </Button>
            <Button color="red" onClick={() => answer(true)}>
              {t('stop.undo')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Panel>
  )
}

function Next({ kind }: { kind: NonNullable<ImportView['kind']> }) {
  const { t } = useTranslation('imports')
  return (
    <Button
      component={Link}
      to={kind === 'mailings' ? '/mailings' : '/customers'}
      variant="light"
      mt="md"
    >
      {t(kind === 'mailings' ? 'next.mailings' : 'next.customers')}
    </Button>
  )
}

function UndoReport({ undo }: { undo: NonNullable<ImportView['undo']> }) {
  const { t } = useTranslation('imports')
  const { integer } = useFormat()
  const lines = (['removed', 'restored', 'keptUsed', 'keptChanged'] as const).filter(
    (key) => undo[key] > 0,
  )
  return (
    <Panel title={t('undo.done')}>
      <ul className={classes.notes}>
        {lines.map((key) => (
          <li key={key}>{t(`undo.${key}`, { count: undo[key], n: integer(undo[key]) })}</li>
        ))}
        {lines.length === 0 && <li>{t('undo.nothing')}</li>}
      </ul>
    </Panel>
  )
}

function Actions({ view }: { view: ImportView }) {
  const { t } = useTranslation('imports')
  const problemText = useProblemText()
  const [asking, setAsking] = useState(false)
  const undo = useImportAction(() => call(undoImport, { id: view.id }))
  const again = useImportAction(() => call(startImport, { id: view.id }))
  const continues = view.state === 'stopped' || view.state === 'failed'
  const takeBack = () => {
    setAsking(false)
    undo.mutate(undefined)
  }
  return (
    <>
      <FieldError>
        {(undo.error ?? again.error) && problemText(undo.error ?? again.error)}
      </FieldError>
      <div className={classes.footer}>
        {mayBecome(view.state, 'undoing') && (
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={18} aria-hidden />}
            onClick={() => setAsking(true)}
          >
            {t('undo.start')}
          </Button>
        )}
        {(continues || view.state === 'undone') && (
          <Button
            leftSection={<IconPlayerPlay size={18} aria-hidden />}
            loading={again.isPending}
            onClick={() => again.mutate(undefined)}
          >
            {t(continues ? 'run.continue' : 'run.again')}
          </Button>
        )}
      </div>
      <Modal opened={asking} onClose={() => setAsking(false)} title={t('undo.ask')}>
        <Stack>
          <Text>{t('undo.text')}</Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => setAsking(false)}>
              {t('undo.cancel')}
            </Button>
            <Button color="red" loading={undo.isPending} onClick={takeBack}>
              {t('undo.start')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
