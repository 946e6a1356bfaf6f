import { ActionIcon, Anchor, Button, Group, Menu, Modal, Text, UnstyledButton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDots, IconFilter, IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  countCriteria,
  createSegment,
  deleteSegment,
  listSegments,
  type SegmentView,
} from '#core/segments/api.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { MayTip } from '../../ui/may-tip.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Panel } from '../../ui/panel.tsx'
import { SimpleTable, type TableColumn } from '../../ui/simple-table.tsx'
import { useMay } from '../access/session.ts'
import classes from './segments.module.css'
import { type Starter, starterKeys } from './starters.ts'
import { useLocale } from './use-live-count.ts'

export function SegmentsPage() {
  const { t } = useTranslation('segments')
  const locale = useLocale()
  const may = useMay('customers.write')
  const problemText = useProblemText()
  const { data, error } = useQuery({
    queryKey: ['segments', 'list', locale],
    queryFn: ({ signal }) => call(listSegments, { locale }, signal),
  })
  return (
    <Page>
      <PageHeader
        title={t('title')}
        subtitle={data?.length ? t('list.subtitle', { count: data.length }) : t('list.none')}
        actions={
          <MayTip may={may}>
            {(state) => (
              <Button
                leftSection={<IconPlus size={16} aria-hidden />}
                {...(may ? { component: Link, to: '/segments/new' } : {})}
                {...state}
              >
                {t('list.new')}
              </Button>
            )}
          </MayTip>
        }
      />
      {error !== null && <Text c="red">{problemText(error)}</Text>}
      {data?.length === 0 && (
        <EmptyState
          icon={<IconFilter size={28} />}
          title={t('list.emptyTitle')}
          description={t('list.emptyText')}
        />
      )}
      {data !== undefined && data.length > 0 && <SegmentsTable segments={data} may={may} />}
      {data !== undefined && may && <Starters />}
    </Page>
  )
}

function SegmentsTable({ segments, may }: { segments: SegmentView[]; may: boolean }) {
  const { t } = useTranslation('segments')
  const columns: TableColumn<SegmentView>[] = [
    {
      key: 'name',
      header: t('list.name'),
      cell: ({ id, name }) => (
        <Anchor component={Link} to={`/segments/${id}` as string} fw={600}>
          {name}
        </Anchor>
      ),
    },
    {
      key: 'sentence',
      header: t('list.sentence'),
      cell: ({ sentence }) => <span className={classes.words}>{sentence}</span>,
    },
    {
      key: 'size',
      header: t('list.size'),
      numeric: true,
      cell: (segment) => <Size segment={segment} />,
    },
    {
      key: 'usedBy',
      header: t('list.usedBy'),
      cell: ({ usedBy }) => usedBy.map(({ label }) => label).join(', ') || t('list.unused'),
    },
    {
      key: 'actions',
      header: t('list.actions'),
      cell: (segment) => <RowMenu segment={segment} may={may} />,
    },
  ]
  return (
    <Panel flush>
      <SimpleTable
        label={t('title')}
        columns={columns}
        rows={segments}
        keyOf={({ id }) => id}
        rowHeader
      />
    </Panel>
  )
}

/** Counted row by row after the list is there, so that a slow one holds up nothing. */
function Size({ segment }: { segment: SegmentView }) {
  const { integer } = useFormat()
  const locale = useLocale()
  const { data } = useQuery({
    queryKey: ['segments', 'count', segment.criteria, locale],
    queryFn: ({ signal }) => call(countCriteria, { criteria: segment.criteria, locale }, signal),
  })
  return data ? integer(data.selected + data.leftOut) : '…'
}

function RowMenu({ segment, may }: { segment: SegmentView; may: boolean }) {
  const { t } = useTranslation('segments')
  const [asking, setAsking] = useState(false)
  const navigate = useNavigate()
  const problemText = useProblemText()
  const client = useQueryClient()
  const copy = useMutation({
    mutationFn: () =>
      call(createSegment, {
        name: t('list.copyOf', { name: segment.name }),
        criteria: segment.criteria,
      }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['segments'] })
      await navigate({ to: `/segments/${id}` as string })
    },
    onError: (error) => notifications.show({ color: 'red', message: problemText(error) }),
  })
  const isUsed = segment.usedBy.length > 0
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('list.actionsOf', { name: segment.name })}
          >
            <IconDots size={17} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component={Link} to={`/segments/${segment.id}` as string}>
            {t('list.open')}
          </Menu.Item>
          <Menu.Item disabled={!may} onClick={() => copy.mutate()}>
            {t('list.duplicate')}
          </Menu.Item>
          <Menu.Item color="red" disabled={!may || isUsed} onClick={() => setAsking(true)}>
            {t('list.delete')}
            {isUsed && <Text size="xs">{t('list.inUse')}</Text>}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <DeleteDialog segment={segment} opened={asking} onClose={() => setAsking(false)} />
    </>
  )
}

function DeleteDialog(props: { segment: SegmentView; opened: boolean; onClose: () => void }) {
  const { segment, opened, onClose } = props
  const { t } = useTranslation('segments')
  const client = useQueryClient()
  const problemText = useProblemText()
  const remove = useMutation({
    mutationFn: () => call(deleteSegment, { id: segment.id }),
    onSuccess: async () => {
      onClose()
      notifications.show({ message: t('list.deleted') })
      await client.invalidateQueries({ queryKey: ['segments'] })
    },
  })
  return (
    <Modal opened={opened} onClose={onClose} title={t('list.deleteTitle', { name: segment.name })}>
      <Text size="sm">{remove.error ? problemText(remove.error) : t('list.deleteText')}</Text>
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('list.cancel')}
        </Button>
        <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
          {t('list.delete')}
        </Button>
      </Group>
    </Modal>
  )
}

function Starters() {
  const { t } = useTranslation('segments')
  const navigate = useNavigate()
  const open = (starter: Starter) =>
    void navigate({ to: '/segments/$id', params: { id: 'new' }, search: { starter } })
  return (
    <Panel title={t('list.startersTitle')}>
      <div className={classes.starters}>
        {starterKeys.map((key) => (
          <UnstyledButton key={key} className={classes.starter ?? ''} onClick={() => open(key)}>
            <strong>{t(`starters.${key}.name`)}</strong>
            <span>{t(`starters.${key}.text`)}</span>
          </UnstyledButton>
        ))}
      </div>
    </Panel>
  )
}
