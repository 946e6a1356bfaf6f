import { Anchor, Badge, Button, Group } from '@mantine/core'
import { IconChartBar, IconPhone } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listCallSteps } from '#core/phoning/api.ts'
import { mostCallable } from '#core/phoning/call.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FieldError } from '../../ui/field-error.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Panel } from '../../ui/panel.tsx'
import { SimpleTable } from '../../ui/simple-table.tsx'
import { useMay } from '../access/session.ts'
import { MyCallbacks } from './my-callbacks.tsx'

/** The phoning steps with somebody left to call. */
export function CallsPage() {
  const { t } = useTranslation('phoning')
  const { integer } = useFormat()
  const problemText = useProblemText()
  const maySupervise = useMay('calls.supervise')
  const { data: steps, error } = useQuery({
    queryKey: ['calls', 'steps'],
    queryFn: ({ signal }) => call(listCallSteps, {}, signal),
    refetchInterval: 60_000,
  })
  return (
    <Page>
      <PageHeader
        title={t('steps.title')}
        subtitle={t('steps.text')}
        actions={
          maySupervise && (
            <Button
              variant="default"
              leftSection={<IconChartBar size={16} />}
              renderRoot={(props) => <Link to="/calls/supervision" {...props} />}
            >
              {t('supervision.title')}
            </Button>
          )
        }
      />
      <FieldError>{error && problemText(error)}</FieldError>
      {steps?.length === 0 && (
        <EmptyState
          icon={<IconPhone size={32} stroke={1.4} />}
          title={t('steps.none')}
          description={t('steps.noneText')}
        />
      )}
      {steps && steps.length > 0 && (
        <Panel flush>
          <SimpleTable
            label={t('steps.title')}
            rowHeader
            rows={steps}
            keyOf={({ stepId }) => stepId}
            columns={[
              {
                key: 'step',
                header: t('steps.step'),
                cell: ({ stepId, label, campaign }) => (
                  <span>
                    <Anchor component={Link} to={`/calls/${stepId}`} fw={580}>
                      {label}
                    </Anchor>{' '}
                    · {campaign}
                  </span>
                ),
              },
              {
                key: 'toDo',
                header: t('queue.toDo'),
                numeric: true,
                cell: ({ toDo }) => integer(toDo),
              },
              {
                key: 'callable',
                header: t('steps.callable'),
                numeric: true,
                cell: ({ callable }) =>
                  callable < mostCallable
                    ? integer(callable)
                    : t('steps.manyCallable', { n: integer(mostCallable) }),
              },
              {
                key: 'done',
                header: t('queue.done'),
                numeric: true,
                cell: ({ done }) => integer(done),
              },
              {
                key: 'callbacks',
                header: t('queue.callbacksDue'),
                numeric: true,
                cell: ({ callbacksDue }) => integer(callbacksDue),
              },
              {
                key: 'call',
                header: t('steps.action'),
                cell: ({ stepId, label, hasQuestionnaire }) => (
                  <Group gap="xs" justify="flex-end">
                    {hasQuestionnaire ? (
                      <Button
                        size="xs"
                        leftSection={<IconPhone size={15} />}
                        aria-label={t('steps.callNamed', { label })}
                        renderRoot={(props) => <Link to={`/calls/${stepId}`} {...props} />}
                      >
                        {t('steps.call')}
                      </Button>
                    ) : (
                      <Badge variant="light" color="yellow" tt="none">
                        {t('steps.noQuestionnaire')}
                      </Badge>
                    )}
                  </Group>
                ),
              },
            ]}
          />
        </Panel>
      )}
      <MyCallbacks />
    </Page>
  )
}
