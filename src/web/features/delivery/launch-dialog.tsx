import { Alert, Button, Group, Loader, Modal, Radio, Stack, Text, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconCircleX, IconSend } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { largestEmail, type Weight } from '#core/campaigns/attachment.ts'
import { launchStep } from '#core/delivery/api.ts'
import type { Preflight } from '#core/delivery/run.ts'
import { useBytes } from '../../platform/bytes.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { DateTimeField } from '../../ui/date-time-field.tsx'
import { FieldError } from '../../ui/field-error.tsx'
import { SimpleTable } from '../../ui/simple-table.tsx'
import { useZoneText } from '../../ui/zone-note.ts'
import classes from './delivery.module.css'
import { idsOf, type LaunchFor, preflightQuery, useRunCommand } from './delivery-data.ts'
import { Reasons } from './reasons.tsx'

type Props = LaunchFor & { opened: boolean; onClose: () => void }

/**
 * Before a launch: what goes to whom, who is left out and why, then the number typed, now or on a date. With
 * `partyIds` an operation's step is launched for these only, organisations with all their contacts.
 */
export function LaunchDialog({ opened, onClose, ...scope }: Props) {
  const { t } = useTranslation('delivery')
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('launch.title')}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('launch.close') }}
    >
      <Checked scope={scope} onClose={onClose} />
    </Modal>
  )
}

function Checked({ scope, onClose }: { scope: LaunchFor; onClose: () => void }) {
  const { t } = useTranslation('delivery')
  const problemText = useProblemText()
  const bytes = useBytes()
  const { data, error, refetch } = useQuery(preflightQuery(scope))
  if (error) return <FieldError>{problemText(error)}</FieldError>
  if (!data) {
    return (
      <Group gap="xs" role="status">
        <Loader size="sm" />
        {t('launch.counting')}
      </Group>
    )
  }
  const words = { names: data.weight?.risky.join(', '), most: bytes(largestEmail) }
  return (
    <Stack>
      <Forecast forecast={data} />
      {data.problems.map((problem) => (
        <Alert key={problem} color="red" variant="light" icon={<IconCircleX size={18} />}>
          {t(`problems.${problem}`, words)}
        </Alert>
      ))}
      {data.warnings.map((warning) => (
        <Alert key={warning} color="yellow" variant="light" icon={<IconAlertTriangle size={18} />}>
          {t(`warnings.${warning}`, words)}
        </Alert>
      ))}
      {data.problems.length > 0 ? (
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('launch.close')}
          </Button>
        </Group>
      ) : (
        <LaunchForm
          key={data.toSend}
          scope={scope}
          forecast={data}
          onClose={onClose}
          onStale={() => void refetch()}
        />
      )}
    </Stack>
  )
}

function Forecast({ forecast }: { forecast: Preflight }) {
  const { t, i18n } = useTranslation('delivery')
  const { integer } = useFormat()
  const { form, people, finalStatus, contents } = forecast
  const count = { count: people, n: integer(people) }
  const status = finalStatus && (i18n.language === 'en' ? finalStatus.labelEn : finalStatus.labelFr)
  return (
    <>
      <Text size="sm">{t(form === 'operation' ? 'launch.toDo' : 'launch.people', count)}</Text>
      {status && (
        <Text size="sm" c="dimmed">
          {t(contents.length > 0 ? 'launch.finalStatus' : 'launch.onlyStatus', { status })}
        </Text>
      )}
      {contents.length > 0 && <Contents contents={contents} />}
      {forecast.weight && <WeightText weight={forecast.weight} />}
    </>
  )
}

function WeightText({ weight }: { weight: Weight }) {
  const { t } = useTranslation('delivery')
  const bytes = useBytes()
  const { integer } = useFormat()
  const { files, each, emails, total } = weight
  return (
    <Text size="sm">
      {t('launch.attached', { count: files, n: integer(files), size: bytes(each) })}{' '}
      {emails > 0 && t('launch.weight', { count: emails, n: integer(emails), size: bytes(total) })}
    </Text>
  )
}

function Contents({ contents }: Pick<Preflight, 'contents'>) {
  const { t } = useTranslation('delivery')
  const { integer } = useFormat()
  return (
    <SimpleTable
      label={t('launch.what')}
      rows={contents}
      keyOf={({ contentId }) => contentId}
      rowHeader
      columns={[
        {
          key: 'message',
          header: t('launch.message'),
          cell: ({ channel, position, subject, profile }) => (
            <span>
              {position}. {t(`channels.${channel}`)}
              {subject !== '' && <span className={classes.hint}>{subject}</span>}
              {profile !== '' && (
                <span className={classes.hint}>{t('launch.by', { profile })}</span>
              )}
            </span>
          ),
        },
        {
          key: 'toSend',
          header: t('launch.toSend'),
          numeric: true,
          cell: ({ toSend }) => <strong>{integer(toSend)}</strong>,
        },
        {
          key: 'excluded',
          header: t('launch.leftOut'),
          cell: ({ excluded, candidates, toSend }) => (
            <Reasons total={candidates - toSend} counts={excluded} kind="excluded" />
          ),
        },
      ]}
    />
  )
}

type FormProps = {
  scope: LaunchFor
  forecast: Preflight
  onClose: () => void
  onStale: () => void
}

function LaunchForm({ scope, forecast, onClose, onStale }: FormProps) {
  const { t } = useTranslation('delivery')
  const { integer } = useFormat()
  const problemText = useProblemText()
  const [when, setWhen] = useState('now')
  const [at, setAt] = useState<string | null>(null)
  const zoneText = useZoneText()
  const [typed, setTyped] = useState('')
  const { toSend: number, contents } = forecast
  const { stepId } = scope
  const launch = useRunCommand(stepId, (planned: string | null) =>
    call(launchStep, { stepId, confirm: number, at: planned, ...idsOf(scope) }),
  )
  // Who picked people by name has seen them; a number is typed where nobody sees them all.
  const isPicked = scope.partyIds !== undefined
  const matches = isPicked || typed.replace(/\D/g, '') === String(number)
  const dated = when === 'now' || at !== null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!matches || !dated) return
    launch.mutate(when === 'now' ? null : at, { onSuccess: onClose, onError: onStale })
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Radio.Group value={when} onChange={setWhen} label={t('launch.when')}>
          <Group mt={6}>
            <Radio value="now" label={t('launch.now')} />
            <Radio value="later" label={t('launch.later')} />
          </Group>
        </Radio.Group>
        {when === 'later' && (
          <DateTimeField
            label={t('launch.at')}
            description={zoneText}
            required
            value={at}
            onChange={setAt}
          />
        )}
        {!isPicked && (
          <TextInput
            data-autofocus
            label={t('launch.type', { n: integer(number) })}
            description={t(contents.length > 0 ? 'launch.typeText' : 'launch.typePeople')}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            inputMode="numeric"
            autoComplete="off"
          />
        )}
        <FieldError>{launch.error && problemText(launch.error)}</FieldError>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('launch.cancel')}
          </Button>
          <Button
            type="submit"
            leftSection={<IconSend size={16} />}
            disabled={!matches || !dated}
            loading={launch.isPending}
          >
            {t(labelOf(when, contents.length > 0))}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

const labelOf = (when: string, sends: boolean) =>
  when !== 'now' ? 'launch.plan' : sends ? 'launch.send' : 'launch.mark'
