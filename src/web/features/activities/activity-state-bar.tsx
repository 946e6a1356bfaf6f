import { Badge, Button, Group, Menu, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import {
  IconBan,
  IconCalendarDown,
  IconCheck,
  IconDots,
  IconRotate,
  IconTrash,
} from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ActivityState, ActivityView } from '#core/activities/activity.ts'
import { deleteActivity, getActivityCalendar } from '#core/activities/api.ts'
import { addressFor, call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { MayTip } from '../../ui/may-tip.tsx'
import { useMay } from '../access/session.ts'
import { ConfirmDelete } from '../parties/settings/entry-editor.tsx'
import { useActivityTables, useRefreshActivities, useSetState } from './activity-data.ts'
import { isOverdue } from './activity-row.tsx'

const colours = { open: 'blue', done: 'ok', cancelled: 'gray' } as const

/** Where an activity stands, and what moves it on. */
export function ActivityStateBar(props: { activity: ActivityView; onDeleted: () => void }) {
  const { activity } = props
  const { t } = useTranslation('activities')
  const format = useFormat()
  const { typeOf } = useActivityTables()
  const may = useMay('activities.write')
  const set = useSetState()
  const to = (state: ActivityState) =>
    set.mutate({ id: activity.id, version: activity.version, state })
  const isOpen = activity.state === 'open'
  return (
    <Group justify="space-between" mb="md" gap="xs">
      <Group gap={8}>
        <Badge variant="light" tt="none" color={colours[activity.state]}>
          {t(`states.${activity.state}`)}
        </Badge>
        {isOverdue(activity) && (
          <Badge variant="light" tt="none" color="red">
            {t('overdue')}
          </Badge>
        )}
        <Text size="sm" c="dimmed">
          {[activity.number, activity.doneAt && format.instant(activity.doneAt)]
            .filter(Boolean)
            .join(' · ')}
        </Text>
      </Group>
      <Group gap="xs">
        {typeOf(activity.typeId)?.kind === 'appointment' && (
          <Button
            component="a"
            href={addressFor(getActivityCalendar, { id: activity.id })}
            download
            variant="default"
            size="compact-sm"
            leftSection={<IconCalendarDown size={15} />}
          >
            {t('calendar')}
          </Button>
        )}
        <MayTip may={may}>
          {(state) => (
            <Button
              {...state}
              size="compact-sm"
              variant={isOpen ? 'filled' : 'default'}
              loading={set.isPending}
              leftSection={isOpen ? <IconCheck size={15} /> : <IconRotate size={15} />}
              onClick={() => to(isOpen ? 'done' : 'open')}
            >
              {t(isOpen ? 'complete' : 'reopen')}
            </Button>
          )}
        </MayTip>
        <MoreMenu {...props} may={may} onCancel={() => to('cancelled')} />
      </Group>
    </Group>
  )
}

type MoreProps = {
  activity: ActivityView
  may: boolean
  onCancel: () => void
  onDeleted: () => void
}

function MoreMenu({ activity, may, onCancel, onDeleted }: MoreProps) {
  const { t } = useTranslation('activities')
  const problemText = useProblemText()
  const refresh = useRefreshActivities()
  const [asking, setAsking] = useState(false)
  const remove = useMutation({
    mutationFn: () => call(deleteActivity, { id: activity.id }),
    onSuccess: async () => {
      onDeleted()
      await refresh()
    },
    onError: (error) => notifications.show({ color: 'red', message: problemText(error) }),
  })
  return (
    <>
      <Menu position="bottom-end" shadow="md" disabled={!may}>
        <Menu.Target>
          <Button variant="default" size="compact-sm" disabled={!may} aria-label={t('moreActions')}>
            <IconDots size={15} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconBan size={15} />}
            disabled={activity.state === 'cancelled'}
            onClick={onCancel}
          >
            {t('cancelIt')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconTrash size={15} />}
            color="red"
            onClick={() => setAsking(true)}
          >
            {t('delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDelete
        opened={asking}
        title={t('deleteNamed', { name: activity.subject })}
        text={t('deleteText')}
        onClose={() => setAsking(false)}
        onConfirm={() => remove.mutate()}
      />
    </>
  )
}
