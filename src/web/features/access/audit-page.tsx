import { Button, Group, Select } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { auditChoices, listAudit } from '#core/access/api.ts'
import type { AuditEvent } from '#core/access/audit.ts'
import { rights } from '#core/kernel/right.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { DayField } from '../../ui/date-field.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FieldError } from '../../ui/field-error.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Panel } from '../../ui/panel.tsx'
import { SimpleTable } from '../../ui/simple-table.tsx'
import { useMay } from './session.ts'

const pageSize = 50

export function AuditPage() {
  const { t } = useTranslation('access')
  const may = useMay('access.manage')
  const format = useFormat()
  const problemText = useProblemText()
  const search = useSearch({ from: '/settings/audit' })
  const { offset = 0, ...filter } = search
  const trail = useQuery({
    queryKey: ['audit', search],
    queryFn: () => call(listAudit, { ...filter, offset, limit: pageSize }),
    placeholderData: keepPreviousData,
    enabled: may,
  })
  const total = trail.data?.total ?? 0
  return (
    <Page>
      <PageHeader
        title={t('audit.title')}
        subtitle={
          may
            ? t('audit.count', { count: total, n: format.integer(total) })
            : t('errors.right-missing')
        }
      />
      {may && <Filters />}
      <FieldError>{trail.error && problemText(trail.error)}</FieldError>
      {trail.data && total === 0 && (
        <EmptyState
          icon={<IconHistory size={28} />}
          title={t('audit.none')}
          description={t('audit.noneText')}
        />
      )}
      {trail.data && total > 0 && <Trail events={trail.data.events} />}
      <Pages offset={offset} total={total} />
    </Page>
  )
}

function Filters() {
  const { t } = useTranslation('access')
  const actionName = useActionName()
  const search = useSearch({ from: '/settings/audit' })
  const navigate = useNavigate({ from: '/settings/audit' })
  const choices = useQuery({ queryKey: ['audit-choices'], queryFn: () => call(auditChoices, {}) })
  const set = (key: 'actorId' | 'action' | 'from' | 'to', value: string | null) =>
    void navigate({
      search: ({ offset: _, ...old }) => ({ ...old, [key]: value || undefined }),
      replace: true,
    })
  return (
    <Group align="flex-end">
      <Select
        label={t('audit.person')}
        placeholder={t('audit.everyone')}
        clearable
        searchable
        data={choices.data?.actors.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        value={search.actorId ?? null}
        onChange={(value) => set('actorId', value)}
      />
      <Select
        label={t('audit.action')}
        placeholder={t('audit.everything')}
        clearable
        searchable
        w={260}
        data={choices.data?.actions.map((value) => ({ value, label: actionName(value) })) ?? []}
        value={search.action ?? null}
        onChange={(value) => set('action', value)}
      />
      <DayField
        label={t('audit.from')}
        value={search.from ?? null}
        onChange={(day) => set('from', day)}
      />
      <DayField
        label={t('audit.to')}
        value={search.to ?? null}
        onChange={(day) => set('to', day)}
      />
    </Group>
  )
}

function Trail({ events }: { events: readonly AuditEvent[] }) {
  const { t } = useTranslation('access')
  const format = useFormat()
  const actionName = useActionName()
  const detailText = useDetailText()
  return (
    <Panel flush>
      <SimpleTable
        label={t('audit.title')}
        rows={events}
        keyOf={({ id }) => id}
        columns={[
          { key: 'at', header: t('audit.at'), cell: ({ at }) => format.instant(at) },
          {
            key: 'actor',
            header: t('audit.person'),
            cell: ({ actorName }) => actorName || t('audit.program'),
          },
          { key: 'action', header: t('audit.action'), cell: ({ action }) => actionName(action) },
          { key: 'subject', header: t('audit.subject'), cell: ({ subject }) => subject },
          {
            key: 'details',
            header: t('audit.details'),
            cell: ({ details }) => detailText(details),
          },
        ]}
      />
    </Panel>
  )
}

function Pages({ offset, total }: { offset: number; total: number }) {
  const { t } = useTranslation('access')
  const navigate = useNavigate({ from: '/settings/audit' })
  if (total <= pageSize) return null
  const go = (to: number) =>
    void navigate({ search: (old) => ({ ...old, offset: to === 0 ? undefined : to }) })
  return (
    <Group justify="space-between">
      <Button
        variant="default"
        disabled={offset === 0}
        onClick={() => go(Math.max(0, offset - pageSize))}
      >
        {t('audit.newer')}
      </Button>
      <Button
        variant="default"
        disabled={offset + pageSize >= total}
        onClick={() => go(offset + pageSize)}
      >
        {t('audit.older')}
      </Button>
    </Group>
  )
}

/** Numbers of rows say nothing to a reader, the subject already names the thing. */
const isTold = (key: string, value: unknown) =>
  !/^id$|Ids?$/.test(key) && value !== null && !(Array.isArray(value) && value.length === 0)

/** The action in words; one that has none yet is shown as it is written. */
function useActionName(): (action: string) => string {
  const { t, i18n } = useTranslation('access')
  return (action) =>
    i18n.exists(`access:audit.actions.${action}`) ? t(`audit.actions.${action}`) : action
}

function useDetailText(): (details: AuditEvent['details']) => string {
  const { t, i18n } = useTranslation('access')
  const { t: ofCard } = useTranslation('parties')
  const rightNames = new Set<string>(rights)
  const known = (value: unknown): string => {
    if (Array.isArray(value)) return value.map(known).join(', ')
    if (typeof value === 'string' && rightNames.has(value)) return t(`rights.${value}.name`)
    if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no')
    return typeof value === 'object' ? JSON.stringify(value) : String(value)
  }
  const cardField = (key: unknown) =>
    i18n.exists(`parties:fields.${key}`) ? ofCard(`fields.${key}`) : String(key)
  const text = (key: string, value: unknown) =>
    key === 'fields' && Array.isArray(value) ? value.map(cardField).join(', ') : known(value)
  const nameOf = (key: string) =>
    i18n.exists(`access:audit.keys.${key}`) ? t(`audit.keys.${key}`) : key
  return (details) =>
    Object.entries(details)
      .filter(([key, value]) => isTold(key, value))
      .map(([key, value]) => t('audit.detail', { key: nameOf(key), value: text(key, value) }))
      .join(' · ')
}
