import { Alert, Anchor, Button, Group, Pagination, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconArrowMerge, IconArrowsSplit2 } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listMerges, type MergeView, undoMerge } from '#core/duplicates/api.ts'
import { call } from '../../../platform/call.ts'
import { useFormat } from '../../../platform/format.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { MayTip } from '../../../ui/may-tip.tsx'
import { Page } from '../../../ui/page.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { SimpleTable } from '../../../ui/simple-table.tsx'
import { useMay } from '../../access/session.ts'
import { Back } from '../card/back.tsx'

const pageSize = 50

/** What was merged, by hand and by the nightly job, and the way back. */
export function MergesPage() {
  const { t } = useTranslation('parties')
  const { integer } = useFormat()
  const [page, setPage] = useState(1)
  const problemText = useProblemText()
  const { data, error } = useQuery({
    queryKey: ['merges', page],
    queryFn: ({ signal }) =>
      call(listMerges, { offset: (page - 1) * pageSize, limit: pageSize }, signal),
    placeholderData: keepPreviousData,
  })
  const pages = Math.ceil((data?.total ?? 0) / pageSize)
  return (
    <Page>
      <Back />
      <PageHeader
        title={t('merges.title')}
        subtitle={
          data ? t('merges.count', { count: data.total, n: integer(data.total) }) : '\u00a0'
        }
        actions={
          <Button
            variant="default"
            renderRoot={(props) => <Link to="/customers/duplicates" {...props} />}
          >
            {t('duplicates.title')}
          </Button>
        }
      />
      {error && (
        <Alert color="red" variant="light" role="alert">
          {problemText(error)}
        </Alert>
      )}
      {data?.total === 0 && (
        <EmptyState
          icon={<IconArrowMerge size={22} />}
          title={t('merges.none')}
          description={t('merges.noneText')}
        />
      )}
      {data && data.total > 0 && (
        <Panel flush>
          <Merges merges={data.merges} />
        </Panel>
      )}
      {pages > 1 && (
        <Group justify="center">
          <Pagination
            total={pages}
            value={page}
            onChange={setPage}
            getControlProps={(control) => ({ 'aria-label': t(`pages.${control}`) })}
            getItemProps={(at) => ({ 'aria-label': t('pages.page', { n: at }) })}
          />
        </Group>
      )}
    </Page>
  )
}

function Merges({ merges }: { merges: readonly MergeView[] }) {
  const { t } = useTranslation('parties')
  const format = useFormat()
  return (
    <SimpleTable
      label={t('merges.title')}
      rows={merges}
      keyOf={({ id }) => id}
      columns={[
        { key: 'at', header: t('merges.at'), cell: ({ at }) => format.instant(at) },
        {
          key: 'kept',
          header: t('merges.kept'),
          cell: ({ kept }) => <Card card={kept} />,
        },
        {
          key: 'lost',
          header: t('merges.lost'),
          // Of a card that was merged only its code leads anywhere: to the one that stayed.
          cell: ({ lost, undoneAt }) => (undoneAt === null ? named(lost) : <Card card={lost} />),
        },
        {
          key: 'why',
          header: t('merges.why'),
          cell: ({ jobId, reason, actorName }) =>
            jobId === null
              ? t('merges.byHand', { name: actorName })
              : t(`merges.byNight.${reason || 'email'}`),
        },
        {
          key: 'undo',
          header: t('settings.actions'),
          numeric: true,
          cell: (merge) => <Undo merge={merge} />,
        },
      ]}
    />
  )
}

const named = ({ name, code }: MergeView['kept']) => [name, code].filter(Boolean).join(' · ')

function Card({ card }: { card: MergeView['kept'] }) {
  return (
    <Anchor
      inherit
      renderRoot={(props) => (
        <Link to="/customers/$id" params={{ id: String(card.id) }} {...props} />
      )}
    >
      {named(card)}
    </Anchor>
  )
}

function Undo({ merge }: { merge: MergeView }) {
  const { t } = useTranslation('parties')
  const format = useFormat()
  const client = useQueryClient()
  const problemText = useProblemText()
  const may = useMay('customers.write')
  const undo = useMutation({
    mutationFn: () => call(undoMerge, { id: merge.id }),
    onSuccess: async () => {
      notifications.show({ message: t('merges.undone', { code: merge.lost.code }) })
      await Promise.all(
        ['merges', 'duplicates', 'parties', 'party'].map((first) =>
          client.invalidateQueries({ queryKey: [first] }),
        ),
      )
    },
    onError: (error) => notifications.show({ color: 'red', message: problemText(error) }),
  })
  if (merge.undoneAt !== null)
    return (
      <Text size="sm" c="dimmed">
        {t('merges.undoneBy', { name: merge.undoneBy, at: format.instant(merge.undoneAt) })}
      </Text>
    )
  if (!merge.mayUndo)
    return (
      <Text size="sm" c="dimmed">
        {t('merges.final')}
      </Text>
    )
  return (
    <MayTip may={may}>
      {(state) => (
        <Button
          {...state}
          variant="default"
          size="compact-sm"
          leftSection={<IconArrowsSplit2 size={15} />}
          aria-label={t('merges.undoNamed', { code: merge.lost.code })}
          loading={undo.isPending}
          onClick={() => undo.mutate()}
        >
          {t('merges.undo')}
        </Button>
      )}
    </MayTip>
  )
}
