import { Button, Group, Modal, Radio, Text, Textarea } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconHandStop } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallStep, PersonOnCall, TargetStatus } from '#core/phoning/call.ts'
import { useShortcuts } from '../../platform/shortcuts.ts'
import { Panel } from '../../ui/panel.tsx'
import { type AppointmentDraft, AppointmentFields } from './appointment-fields.tsx'
import { CallbackInput } from './callback-input.tsx'
import classes from './phoning.module.css'
import type { Ending } from './use-cockpit.ts'

type Props = {
  step: Pick<CallStep, 'statuses' | 'takesAppointments'>
  person: PersonOnCall
  /** The meaning whose status is proposed: “OK, go on” after a call (D-84). */
  proposed: TargetStatus['meaning']
  saving: boolean
  onBack: () => void
  onEnd: (ending: Ending) => void
}

/** The person’s status to validate, with a callback or an appointment, and a note (D-81, D-83, D-84). */
export function ResultForm(props: Props) {
  const { step, person, proposed, saving, onBack, onEnd } = props
  const { statuses } = step
  // Objecting, and agreeing upon an appointment, take a call.
  const wasCalled = person.call !== null
  const { t, i18n } = useTranslation('phoning')
  const [status, setStatus] = useState(codeOf(statuses, proposed))
  const [callbackAt, setCallbackAt] = useState<string | null>(null)
  const [appointment, setAppointment] = useState<AppointmentDraft | null>(null)
  const [isTold, setTold] = useState(false)
  const [note, setNote] = useState('')
  const [refusing, setRefusing] = useState(false)
  const meaning = statuses.find(({ code }) => code === status)?.meaning
  const isToDo = meaning === 'to-do'
  const mayMeet = wasCalled && step.takesAppointments && meaning?.startsWith('ok-') === true
  const end = () => {
    const { startsAt, place } = (mayMeet && appointment) || { startsAt: undefined, place: '' }
    if (startsAt === null) return setTold(true)
    const agreed = startsAt === undefined ? null : { startsAt, place }
    const ending = { status, callbackAt: isToDo ? callbackAt : null, note, refused: false }
    if (!saving) onEnd({ ...ending, appointment: agreed })
  }
  const refuse = () => {
    const stop = codeOf(statuses, 'not-done-stop')
    onEnd({ status: stop, callbackAt: null, appointment: null, note, refused: true })
  }
  useHotkeys([['mod+Enter', end]], [])
  useShortcuts({
    ...Object.fromEntries(statuses.map(({ code }, at) => [at + 1, () => setStatus(code)])),
    b: () => setStatus(codeOf(statuses, 'to-do')),
  })
  return (
    <Panel title={t('result.title')}>
      <div className={classes.stack}>
        <Radio.Group label={t('result.status')} value={status} onChange={setStatus}>
          <div className={classes.statuses}>
            {statuses.map(({ code, labelFr, labelEn }, at) => (
              <Radio
                key={code}
                value={code}
                autoFocus={code === status}
                label={
                  <>
                    <span className={classes.key} aria-hidden>
                      {at + 1}
                    </span>
                    {i18n.language === 'fr' ? labelFr : labelEn}
                  </>
                }
              />
            ))}
          </div>
        </Radio.Group>
        {isToDo && <CallbackInput value={callbackAt} onChange={setCallbackAt} />}
        {mayMeet && (
          <AppointmentFields
            person={person}
            value={appointment}
            onChange={setAppointment}
            problem={
              isTold && appointment?.startsAt === null ? t('appointment.missing') : undefined
            }
          />
        )}
        <Textarea
          label={t('result.note')}
          autosize
          minRows={2}
          maxLength={2_000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </div>
      <div className={classes.actions}>
        {wasCalled && (
          <Button
            variant="light"
            color="red"
            leftSection={<IconHandStop size={16} />}
            onClick={() => setRefusing(true)}
          >
            {t('result.refused')}
          </Button>
        )}
        <Button variant="default" onClick={onBack}>
          {t('result.back')}
        </Button>
        <Button loading={saving} onClick={end} aria-keyshortcuts="Control+Enter">
          {t('result.validate')}
        </Button>
      </div>
      <Modal opened={refusing} onClose={() => setRefusing(false)} title={t('result.refusedTitle')}>
        <Text size="sm">{t('result.refusedText')}</Text>
        <Group justify="flex-end" gap="xs" mt="md">
          <Button variant="default" onClick={() => setRefusing(false)}>
            {t('cancel')}
          </Button>
          <Button color="red" data-autofocus loading={saving} onClick={refuse}>
            {t('result.refusedConfirm')}
          </Button>
        </Group>
      </Modal>
    </Panel>
  )
}

const codeOf = (statuses: readonly TargetStatus[], meaning: TargetStatus['meaning']): string =>
  statuses.find((status) => status.meaning === meaning)?.code ?? meaning
