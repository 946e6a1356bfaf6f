import { Alert, Button, Group, Text } from '@mantine/core'
import { IconAlertTriangle, IconPlayerPlay, IconTestPipe } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { checkImport, startImport, stopImport } from '#core/imports/api.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { JobProgress } from '../../ui/job-progress.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useJob } from '../jobs/use-jobs.ts'
import { CountTiles } from './count-tiles.tsx'
import type { StepProps } from './import-wizard.tsx'
import classes from './imports.module.css'
import { RejectsPanel } from './rejects-panel.tsx'
import { useImportAction } from './use-imports.ts'

/** The dry run: what would happen, before anything does. */
export function TrialStep({ view, plan, onGo }: StepProps) {
  const { t } = useTranslation('imports')
  const problemText = useProblemText()
  const job = useJob(view.state === 'checking' ? view.jobId : null)
  const check = useImportAction(() => call(checkImport, { id: view.id, plan }))
  const start = useImportAction(() => call(startImport, { id: view.id, plan }))
  const stop = useImportAction(() => call(stopImport, { id: view.id }))
  const isCurrent = view.state === 'checked' && samePlan(view.plan, plan)
  const problem = check.error ?? start.error ?? stop.error
  return (
    <>
      {view.state === 'failed' && (
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t('failed')}>
          {view.errorMessage}
        </Alert>
      )}
      <Panel title={t('trial.title')}>
        {job && view.state === 'checking' && (
          <JobProgress
            title={t('trial.running')}
            job={job}
            onCancel={() => stop.mutate(undefined)}
          />
        )}
        {view.state !== 'checking' && !isCurrent && (
          <Group justify="space-between">
            <Text maw={560}>{t('trial.text')}</Text>
            <Button
              leftSection={<IconTestPipe size={18} aria-hidden />}
              loading={check.isPending}
              onClick={() => check.mutate(undefined)}
            >
              {t('trial.start')}
            </Button>
          </Group>
        )}
        {isCurrent && view.checked && (
          <CountTiles counts={view.checked} kind={plan.kind} foreseen />
        )}
      </Panel>
      {isCurrent && <RejectsPanel view={view} />}
      <FieldError>{problem && problemText(problem)}</FieldError>
      <div className={classes.footer}>
        <Button variant="default" onClick={() => onGo('rules')}>
          {t('back.rules')}
        </Button>
        <Button
          disabled={view.state === 'checking'}
          loading={start.isPending}
          variant={isCurrent ? 'filled' : 'default'}
          leftSection={<IconPlayerPlay size={18} aria-hidden />}
          onClick={() => start.mutate(undefined)}
        >
          {t(isCurrent ? 'run.start' : 'run.startUntried')}
        </Button>
      </div>
    </>
  )
}

const samePlan = (a: StepProps['view']['plan'], b: StepProps['plan']) =>
  JSON.stringify(a) === JSON.stringify(b)
