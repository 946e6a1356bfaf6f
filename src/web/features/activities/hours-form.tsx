import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { saveWorkingHours } from '#core/activities/api.ts'
import type { WorkingHours } from '#core/activities/working-time.ts'
import { call } from '../../platform/call.ts'
import { Panel } from '../../ui/panel.tsx'
import { useActivityTables } from './activity-data.ts'
import { useTableChange } from './use-table-change.ts'

/** The company's hours. */
export function HoursForm() {
  const { workingHours } = useActivityTables()
  return workingHours ? <Form start={workingHours} /> : null
}

/** Monday first; the numbers are JavaScript's. */
const week = [1, 2, 3, 4, 5, 6, 0]

function Form({ start }: { start: WorkingHours }) {
  const { t, i18n } = useTranslation('activities')
  const [hours, setHours] = useState(start)
  const save = useTableChange((given: WorkingHours) => call(saveWorkingHours, given))
  const name = new Intl.DateTimeFormat(i18n.language, { weekday: 'long', timeZone: 'UTC' })
  // 1 November 2026 was a Sunday.
  const dayName = (day: number) => name.format(Date.UTC(2026, 10, 1 + day))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(hours, { onSuccess: () => void notifications.show({ message: t('saved') }) })
  }
  return (
    <Panel title={t('settings.tabs.hours')}>
      <form onSubmit={submit}>
        <Stack>
          <Checkbox.Group
            label={t('settings.days')}
            description={t('settings.hoursText')}
            value={hours.days.map(String)}
            onChange={(days) => setHours({ ...hours, days: days.map(Number) })}
          >
            <Group mt="xs">
              {week.map((day) => (
                <Checkbox key={day} value={String(day)} label={dayName(day)} />
              ))}
            </Group>
          </Checkbox.Group>
          <Group>
            {(['from', 'to'] as const).map((field) => (
              <TextInput
                key={field}
                type="time"
                required
                label={t(`settings.${field}`)}
                value={hours[field]}
                onChange={(event) => setHours({ ...hours, [field]: event.currentTarget.value })}
              />
            ))}
          </Group>
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  )
}
