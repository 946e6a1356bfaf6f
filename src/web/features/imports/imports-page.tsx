import { Button, Loader } from '@mantine/core'
import { IconFileImport, IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ImportView } from '#core/imports/import.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FieldError } from '../../ui/field-error.tsx'
import { InstantText } from '../../ui/figures.tsx'
import { MayTip } from '../../ui/may-tip.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Panel } from '../../ui/panel.tsx'
import { SimpleTable } from '../../ui/simple-table.tsx'
import { useMay } from '../access/session.ts'
import classes from './imports.module.css'
import { StateBadge } from './state-badge.tsx'
import { useImports } from './use-imports.ts'

/** Files brought in, what became of them, and the way to bring another. */
export function ImportsPage() {
  const { t } = useTranslation('imports')
  const { integer } = useFormat()
  const problemText = useProblemText()
  const { data, error } = useImports()
  return (
    <Page>
      <PageHeader
        title={t('title')}
        subtitle={
          data ? t('subtitle', { count: data.total, n: integer(data.total) }) : t('subtitleNone')
        }
        actions={data && data.total > 0 ? <NewButton /> : undefined}
      />
      <FieldError>{error && problemText(error)}</FieldError>
      {!data && !error && <Loader aria-label={t('loading')} />}
      {data?.total === 0 && (
        <EmptyState
          icon={<IconFileImport size={40} stroke={1.4} />}
          title={t('empty.title')}
          description={t('empty.text')}
          actions={<NewButton />}
        />
      )}
      {data && data.total > 0 && <ImportsTable imports={data.imports} />}
    </Page>
  )
}

function NewButton() {
  const { t } = useTranslation('imports')
  return (
    <MayTip may={useMay('imports.run')}>
      {(state) => (
        <Button
          component={Link}
          to="/imports/new"
          leftSection={<IconPlus size={18} aria-hidden />}
          {...(state.disabled ? { 'data-disabled': true, 'aria-disabled': true } : {})}
        >
          {t('new')}
        </Button>
      )}
    </MayTip>
  )
}

function ImportsTable({ imports }: { imports: readonly ImportView[] }) {
  const { t } = useTranslation('imports')
  const { integer } = useFormat()
  const count = (view: ImportView, key: 'created' | 'updated' | 'unchanged' | 'rejected') =>
    view.counts ? integer(view.counts[key]) : '—'
  return (
    <Panel flush>
      <SimpleTable
        label={t('title')}
        rowHeader
        rows={imports}
        keyOf={({ id }) => id}
        columns={[
          {
            key: 'file',
            header: t('list.file'),
            cell: (view) => (
              <Link to="/imports/$id" params={{ id: String(view.id) }} className={classes.file}>
                {view.fileName}
              </Link>
            ),
          },
          {
            key: 'kind',
            header: t('list.kind'),
            cell: ({ kind }) => (kind ? t(`kinds.${kind}.name`) : '—'),
          },
          {
            key: 'state',
            header: t('list.state'),
            cell: ({ state }) => <StateBadge state={state} />,
          },
          ...(['created', 'updated', 'unchanged', 'rejected'] as const).map((key) => ({
            key,
            header: t(`list.${key}`),
            numeric: true,
            cell: (view: ImportView) => count(view, key),
          })),
          {
            key: 'at',
            header: t('list.at'),
            cell: (view) => (
              <span className={classes.by}>
                <InstantText instant={view.createdAt} />
                <span>{view.createdByName}</span>
              </span>
            ),
          },
        ]}
      />
    </Panel>
  )
}
