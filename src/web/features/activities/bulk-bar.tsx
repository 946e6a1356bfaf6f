import { Button, Group, Menu, Modal, NumberInput, Select, Stack, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import {
  IconBan,
  IconCalendarPlus,
  IconCheck,
  IconDownload,
  IconRotate,
  IconUserShare,
} from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ActivityAction, ActivitySelection } from '#core/activities/activity.ts'
import { exportActivities, exportColumns } from '#core/activities/api.ts'
import { downloadExport } from '#core/parties/list-api.ts'
import { addressFor, call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { MayTip } from '../../ui/may-tip.tsx'
import { useMay } from '../access/session.ts'
import { isActive, useJob, useJobEnds } from '../jobs/use-jobs.ts'
import classes from './activities.module.css'
import { useActivityTables, useLocale } from './activity-data.ts'
import { useBulk } from './use-bulk.ts'

type Props = { count: number; selection: ActivitySelection; onStarted: () => void }
type Asking = 'reassign' | 'move' | 'done' | null

/** Work on those that are selected: each is one job that can be taken back. */
export function BulkBar({ count, selection, onStarted }: Props) {
  const { t } = useTranslation('activities')
  const { integer } = useFormat()
  const may = useMay('activities.write')
  const bulk = useBulk(onStarted)
  const [asking, setAsking] = useState<Asking>(null)
  const order = (action: ActivityAction) => bulk.mutate({ selection, action })
  const buttons = [
    { key: 'done', icon: IconCheck, run: () => setAsking('done') },
    { key: 'reassign', icon: IconUserShare, run: () => setAsking('reassign') },
    { key: 'move', icon: IconCalendarPlus, run: () => setAsking('move') },
    {
      key: 'open',
      icon: IconRotate,
      run: () => order({ kind: 'state', state: 'open', result: '' }),
    },
    {
      key: 'cancel',
      icon: IconBan,
      run: () => order({ kind: 'state', state: 'cancelled', result: '' }),
    },
  ] as const
  return (
    <div className={classes.bulk}>
      <span>{t('selected', { count, n: integer(count) })}</span>
      {buttons.map(({ key, icon: Icon, run }) => (
        <MayTip key={key} may={may}>
          {(state) => (
            <Button
              {...state}
              variant="default"
              size="compact-sm"
              leftSection={<Icon size={15} />}
              loading={bulk.isPending}
              onClick={run}
            >
              {t(`bulk.${key}`)}
            </Button>
          )}
        </MayTip>
      ))}
      <ExportMenu selection={selection} />
      <AskDialog asking={asking} onClose={() => setAsking(null)} onOrder={order} />
    </div>
  )
}

type AskProps = {
  asking: Asking
  onClose: () => void
  onOrder: (action: ActivityAction) => void
}

function AskDialog({ asking, onClose, onOrder }: AskProps) {
  const { t } = useTranslation('activities')
  const { people } = useActivityTables()
  const [ownerId, setOwnerId] = useState<string | null>(null)
  const [days, setDays] = useState<number | string>(1)
  const [result, setResult] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (asking === 'reassign') onOrder({ kind: 'reassign', ownerId })
    if (asking === 'move') onOrder({ kind: 'move', days: Math.round(Number(days) || 0) })
    if (asking === 'done') onOrder({ kind: 'state', state: 'done', result })
    onClose()
  }
  return (
    <Modal
      opened={asking !== null}
      onClose={onClose}
      title={asking && t(`bulk.${asking}`)}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          {asking === 'reassign' && (
            <Select
              data-autofocus
              label={t('bulk.to')}
              placeholder={t('nobody')}
              data={people.map(({ id, name }) => ({ value: id, label: name }))}
              value={ownerId}
              clearable
              clearButtonProps={{ 'aria-label': t('clear') }}
              searchable
              onChange={setOwnerId}
            />
          )}
          {asking === 'move' && (
            <NumberInput
              data-autofocus
              label={t('bulk.days')}
              description={t('bulk.daysText')}
              min={-3_660}
              max={3_660}
              allowDecimal={false}
              value={days}
              onChange={setDays}
            />
          )}
          {asking === 'done' && (
            <TextInput
              data-autofocus
              label={t('bulk.result')}
              description={t('bulk.resultText')}
              maxLength={500}
              value={result}
              onChange={(event) => setResult(event.currentTarget.value)}
            />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit">{t('apply')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** Everything that is known of the chosen ones, fetched as soon as it is made. */
function ExportMenu({ selection }: { selection: ActivitySelection }) {
  const { t } = useTranslation('activities')
  const locale = useLocale()
  const may = useMay('exports.run')
  const problemText = useProblemText()
  const { types, own } = useActivityTables()
  const [jobId, setJobId] = useState<number | null>(null)
  const job = useJob(jobId)
  useJobEnds(job ? [job] : [], ({ result, state }) => {
    setJobId(null)
    if (state === 'done' && typeof result?.fileId === 'string')
      window.location.assign(addressFor(downloadExport, { fileId: result.fileId }))
    else notifications.show({ color: 'red', message: t('exportFailed') })
  })
  const custom = new Map(types.flatMap((type) => type.customFields).map((f) => [f.key, own(f)]))
  const start = useMutation({
    mutationFn: (format: 'csv' | 'xlsx') =>
      call(exportActivities, {
        selection,
        format,
        locale,
        columns: [
          ...exportColumns.map((field) => ({ field, heading: t(`fields.${field}`) })),
          ...[...custom].map(([key, heading]) => ({ field: `custom.${key}`, heading })),
        ].slice(0, 200),
      }),
    onSuccess: (started) => setJobId(started.jobId),
    onError: (error) => notifications.show({ color: 'red', message: problemText(error) }),
  })
  return (
    <MayTip may={may}>
      {(state) => (
        <Menu position="bottom-end" shadow="md" disabled={!may}>
          <Menu.Target>
            <Button
              {...state}
              variant="default"
              size="compact-sm"
              leftSection={<IconDownload size={15} />}
              loading={start.isPending || (job !== undefined && isActive(job))}
            >
              {t('export')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {(['xlsx', 'csv'] as const).map((format) => (
              <Menu.Item key={format} onClick={() => start.mutate(format)}>
                {t(`exportAs.${format}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </MayTip>
  )
}
