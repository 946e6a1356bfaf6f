import { ActionIcon, Group, Select, Text, Tooltip } from '@mantine/core'
import { IconLockOpen } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import {
  countObstacles,
  getSupervision,
  listCallSteps,
  reassignCallbacks,
  releaseLease,
} from '#core/phoning/api.ts'
import type { AgentFigures, CallbackLine, LeaseLine } from '#core/phoning/call.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { useToday } from '../../platform/today.ts'
import { useUrlState } from '../../platform/url-state.ts'
import { BackLink } from '../../ui/back-link.tsx'
import { DayField } from '../../ui/date-field.tsx'
import { FieldError } from '../../ui/field-error.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Panel } from '../../ui/panel.tsx'
import { SimpleTable } from '../../ui/simple-table.tsx'
import { useMay } from '../access/session.ts'
import { useObstacleSentence } from './obstacle-text.tsx'

const Search = z.object({
  from: z.iso.date().optional().catch(undefined),
  to: z.iso.date().optional().catch(undefined),
  step: z.coerce.number().int().positive().optional().catch(undefined),
})

/** Figures by agent and step, who is on the line, whom to call back; and why people cannot be called. */
export function SupervisionPage() {
  const { t } = useTranslation('phoning')
  const problemText = useProblemText()
  const today = useToday()
  const [{ from = today, to = today, step }, set] = useUrlState(Search)
  const mayCall = useMay('calls.make')
  const { data, error } = useQuery({
    queryKey: ['calls', 'supervision', from, to, step],
    queryFn: ({ signal }) => call(getSupervision, { from, to, stepId: step }, signal),
    refetchInterval: 15_000,
  })
  const { data: steps = [] } = useQuery({
    queryKey: ['calls', 'steps'],
    queryFn: ({ signal }) => call(listCallSteps, {}, signal),
    enabled: mayCall,
  })
  return (
    <Page>
      <BackLink to="/calls">{t('steps.title')}</BackLink>
      <PageHeader title={t('supervision.title')} subtitle={t('supervision.text')} />
      <FieldError>{error && problemText(error)}</FieldError>
      <Group align="flex-end" gap="sm">
        <DayField
          label={t('supervision.from')}
          value={from}
          onChange={(day) => set({ from: day ?? today })}
        />
        <DayField
          label={t('supervision.to')}
          value={to}
          onChange={(day) => set({ to: day ?? today })}
        />
        <Select
          label={t('supervision.step')}
          placeholder={t('supervision.everyStep')}
          clearable
          data={steps.map(({ stepId, label, campaign }) => ({
            value: String(stepId),
            label: `${label} · ${campaign}`,
          }))}
          value={step ? String(step) : null}
          onChange={(value) => set({ step: value ? Number(value) : undefined })}
        />
      </Group>
      {step && <Obstacles stepId={step} />}
      {data && (
        <>
          <Figures rows={data.figures} />
          <Leases rows={data.leases} />
          <Callbacks rows={data.callbacks} agents={data.agents} />
        </>
      )}
    </Page>
  )
}

function Obstacles({ stepId }: { stepId: number }) {
  const { t } = useTranslation('phoning')
  const sentence = useObstacleSentence()
  const { data } = useQuery({
    queryKey: ['calls', stepId, 'obstacles'],
    queryFn: ({ signal }) => call(countObstacles, { id: stepId }, signal),
  })
  return <Text role="status">{data && (sentence(data) || t('supervision.allCallable'))}</Text>
}

function Figures({ rows }: { rows: readonly AgentFigures[] }) {
  const { t } = useTranslation('phoning')
  const { integer } = useFormat()
  const time = (seconds: number) => `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  const figure = (key: 'calls' | 'reached' | 'ok' | 'refused') => ({
    key,
    header: t(`queue.${key}`),
    numeric: true,
    cell: (row: AgentFigures) => integer(row[key]),
  })
  return (
    <Panel title={t('supervision.figures')} flush={rows.length > 0}>
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('supervision.noCalls')}
        </Text>
      ) : (
        <SimpleTable
          label={t('supervision.figures')}
          rowHeader
          rows={rows}
          keyOf={({ agentId, stepId }) => `${agentId} ${stepId}`}
          columns={[
            { key: 'agent', header: t('supervision.agent'), cell: ({ agent }) => agent },
            {
              key: 'step',
              header: t('supervision.step'),
              cell: ({ step, campaign }) => `${step} · ${campaign}`,
            },
            figure('calls'),
            figure('reached'),
            figure('ok'),
            figure('refused'),
            {
              key: 'time',
              header: t('supervision.time'),
              numeric: true,
              cell: ({ averageSeconds }) => time(averageSeconds),
            },
          ]}
        />
      )}
    </Panel>
  )
}

const useRefresh = () => {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: ['calls', 'supervision'] })
}

function Leases({ rows }: { rows: readonly LeaseLine[] }) {
  const { t } = useTranslation('phoning')
  const { instant } = useFormat()
  const problemText = useProblemText()
  const onSuccess = useRefresh()
  const release = useMutation({
    mutationFn: ({ stepId, partyId }: LeaseLine) => call(releaseLease, { id: stepId, partyId }),
    onSuccess,
  })
  if (rows.length === 0) return null
  return (
    <Panel title={t('supervision.onLine')} flush>
      <FieldError>{release.error && problemText(release.error)}</FieldError>
      <SimpleTable
        label={t('supervision.onLine')}
        rowHeader
        rows={rows}
        keyOf={({ stepId, partyId }) => `${stepId} ${partyId}`}
        columns={[
          { key: 'agent', header: t('supervision.agent'), cell: ({ agent }) => agent },
          { key: 'name', header: t('person.title'), cell: ({ name }) => name },
          { key: 'step', header: t('supervision.step'), cell: ({ step }) => step },
          { key: 'until', header: t('supervision.until'), cell: ({ until }) => instant(until) },
          {
            key: 'release',
            header: t('supervision.release'),
            cell: (row) => (
              <Tooltip label={t('supervision.release')}>
                <ActionIcon
                  variant="subtle"
                  aria-label={t('supervision.releaseNamed', { name: row.name })}
                  onClick={() => release.mutate(row)}
                >
                  <IconLockOpen size={17} />
                </ActionIcon>
              </Tooltip>
            ),
          },
        ]}
      />
    </Panel>
  )
}

type CallbacksProps = {
  rows: readonly CallbackLine[]
  agents: readonly { id: string; name: string }[]
}

const anybody = 'anybody'

function Callbacks({ rows, agents }: CallbacksProps) {
  const { t } = useTranslation('phoning')
  const { instant } = useFormat()
  const problemText = useProblemText()
  const onSuccess = useRefresh()
  const give = useMutation({
    mutationFn: ({ row, agentId }: { row: CallbackLine; agentId: string | null }) =>
      call(reassignCallbacks, { id: row.stepId, partyIds: [row.partyId], agentId }),
    onSuccess,
  })
  if (rows.length === 0) return null
  return (
    <Panel title={t('supervision.callbacks')} flush>
      <FieldError>{give.error && problemText(give.error)}</FieldError>
      <SimpleTable
        label={t('supervision.callbacks')}
        rowHeader
        rows={rows}
        keyOf={({ stepId, partyId }) => `${stepId} ${partyId}`}
        columns={[
          { key: 'name', header: t('person.title'), cell: ({ name }) => name },
          { key: 'at', header: t('callback.at'), cell: ({ callbackAt }) => instant(callbackAt) },
          { key: 'step', header: t('supervision.step'), cell: ({ step }) => step },
          {
            key: 'agent',
            header: t('supervision.agent'),
            cell: (row) => (
              <Select
                size="xs"
                aria-label={t('supervision.giveNamed', { name: row.name })}
                allowDeselect={false}
                data={[
                  { value: anybody, label: t('supervision.anybody') },
                  ...agents.map(({ id, name }) => ({ value: id, label: name })),
                ]}
                value={row.agentId ?? anybody}
                onChange={(value) =>
                  give.mutate({ row, agentId: value === anybody ? null : value })
                }
              />
            ),
          },
        ]}
      />
    </Panel>
  )
}
