import { Button, Loader } from '@mantine/core'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { deleteImport } from '#core/imports/api.ts'
import type { ImportView } from '#core/imports/import.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ImportOutcome } from './import-outcome.tsx'
import { ImportWizard } from './import-wizard.tsx'
import { StateBadge } from './state-badge.tsx'
import { useImport } from './use-imports.ts'

const isPrepared = ({ state, counts }: ImportView) =>
  state === 'draft' ||
  state === 'checking' ||
  state === 'checked' ||
  (state === 'failed' && !counts)

/** One file: its preparation until it is run, then what became of it. */
export function ImportPage() {
  const { t } = useTranslation('imports')
  const problemText = useProblemText()
  const { id } = useParams({ strict: false })
  const { data: view, error } = useImport(Number(id))
  const { integer } = useFormat()
  if (!view) {
    return (
      <Page>
        <PageHeader title={t('one')} />
        {error ? (
          <FieldError>{problemText(error)}</FieldError>
        ) : (
          <Loader aria-label={t('loading')} />
        )}
      </Page>
    )
  }
  const prepared = isPrepared(view)
  const about = t('about', {
    count: view.reading.rowsAbout,
    n: integer(view.reading.rowsAbout),
    columns: integer(view.reading.headers.length),
  })
  return (
    <Page>
      <PageHeader
        title={view.fileName}
        badge={<StateBadge state={view.state} />}
        subtitle={about}
        actions={prepared && view.state !== 'checking' ? <Discard view={view} /> : undefined}
      />
      {prepared ? <ImportWizard key={view.id} view={view} /> : <ImportOutcome view={view} />}
    </Page>
  )
}

function Discard({ view }: { view: ImportView }) {
  const { t } = useTranslation('imports')
  const navigate = useNavigate()
  const discard = async () => {
    await call(deleteImport, { id: view.id })
    await navigate({ to: '/imports' })
  }
  return (
    <Button variant="default" onClick={() => void discard()}>
      {t('discard')}
    </Button>
  )
}
