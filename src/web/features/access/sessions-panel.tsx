import { Badge, Button, Group, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { endOtherSessions, endSession, listSessions } from '#core/access/api.ts'
import { browserName } from '#core/access/browser-name.ts'
import type { SessionView } from '#core/access/session.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { Panel } from '../../ui/panel.tsx'
import { SimpleTable } from '../../ui/simple-table.tsx'

export const sessionsKey = ['sessions']

export function SessionsPanel() {
  const { t } = useTranslation('access')
  const format = useFormat()
  const client = useQueryClient()
  const problemText = useProblemText()
  const sessions = useQuery({ queryKey: sessionsKey, queryFn: () => call(listSessions, {}) })
  const onSuccess = () => client.invalidateQueries({ queryKey: sessionsKey })
  const end = useMutation({ mutationFn: (id: string) => call(endSession, { id }), onSuccess })
  const endOthers = useMutation({ mutationFn: () => call(endOtherSessions, {}), onSuccess })
  const error = sessions.error ?? end.error ?? endOthers.error
  const rows = sessions.data ?? []
  const nameOf = ({ browser }: SessionView) => browserName(browser) ?? t('sessions.unknown')
  return (
    <Panel
      title={t('sessions.title')}
      flush
      actions={
        rows.length > 1 && (
          <Button
            variant="default"
            size="xs"
            loading={endOthers.isPending}
            onClick={() => endOthers.mutate()}
          >
            {t('sessions.endOthers')}
          </Button>
        )
      }
    >
      <FieldError>{error && problemText(error)}</FieldError>
      <SimpleTable
        label={t('sessions.title')}
        rows={rows}
        keyOf={({ id }) => id}
        rowHeader
        columns={[
          { key: 'browser', header: t('sessions.browser'), cell: nameOf },
          { key: 'address', header: t('sessions.address'), cell: ({ address }) => address },
          {
            key: 'since',
            header: t('sessions.since'),
            cell: ({ createdAt }) => format.instant(createdAt),
          },
          {
            key: 'end',
            header: t('sessions.action'),
            cell: (session) =>
              session.current ? (
                <Badge variant="light" color="ok">
                  {t('sessions.current')}
                </Badge>
              ) : (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  aria-label={t('sessions.endOf', { name: nameOf(session) })}
                  onClick={() => end.mutate(session.id)}
                >
                  {t('sessions.end')}
                </Button>
              ),
          },
        ]}
      />
      <Group px="md" py="sm">
        <Text size="sm" c="dimmed">
          {t('sessions.note')}
        </Text>
      </Group>
    </Panel>
  )
}
