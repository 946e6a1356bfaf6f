import { Button, Text } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconPhoneCall } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CallStep, PersonOnCall } from '#core/phoning/call.ts'
import { useShortcuts } from '../../platform/shortcuts.ts'
import { Panel } from '../../ui/panel.tsx'
import { QuestionnaireForm } from '../questionnaires/questionnaire-form.tsx'
import classes from './phoning.module.css'
import { ResultForm } from './result-form.tsx'
import type { Cockpit } from './use-cockpit.ts'

type Props = {
  step: CallStep
  cockpit: Cockpit
  person: PersonOnCall
  /** What the result starts from when it was asked for by a key. */
  proposed: 'ok-continue' | 'not-done-continue' | 'to-do'
  onResult: (proposed: Props['proposed']) => void
}

/** The script, then the questionnaire, then the result to validate. */
export function CallPanel({ step, cockpit, person, proposed, onResult }: Props) {
  const { t } = useTranslation('phoning')
  return (
    <div className={classes.column}>
      {person.script !== '' && (
        <section className={classes.script} aria-label={t('script')}>
          {person.script}
        </section>
      )}
      {cockpit.phase === 'person' && (
        <Before step={step} cockpit={cockpit} person={person} onResult={onResult} />
      )}
      {cockpit.phase === 'call' && <During step={step} cockpit={cockpit} onResult={onResult} />}
      {cockpit.phase === 'result' && (
        <ResultForm
          key={proposed}
          step={step}
          person={person}
          proposed={proposed}
          saving={cockpit.finish.isPending}
          onBack={() => cockpit.setPhase(person.call ? 'call' : 'person')}
          onEnd={(ending) => cockpit.finish.mutate(ending)}
        />
      )}
    </div>
  )
}

type Phase = Pick<Props, 'step' | 'cockpit' | 'onResult'>

/** Before the call: the questionnaire is proposed (D-74), or the person is passed over (D-77). */
function Before({ step, cockpit, person, onResult }: Phase & { person: PersonOnCall }) {
  const { t } = useTranslation('phoning')
  const isReady = step.questionnaire !== null && person.obstacle === null
  const open = () => {
    if (isReady && !cockpit.openCall.isPending) cockpit.openCall.mutate('')
  }
  useHotkeys([['mod+Enter', open]], [])
  useShortcuts({ b: () => onResult('to-do') })
  return (
    <Panel title={t('before.title')}>
      <Text size="sm">
        {step.questionnaire === null
          ? t('errors.no-questionnaire')
          : t('before.text', { questionnaire: step.questionnaire.label })}
      </Text>
      <div className={classes.actions}>
        <Button variant="default" onClick={() => onResult('not-done-continue')}>
          {t('before.skip')}
        </Button>
        <Button
          leftSection={<IconPhoneCall size={17} />}
          disabled={!isReady}
          loading={cockpit.openCall.isPending}
          onClick={open}
          autoFocus
          aria-keyshortcuts="Control+Enter"
        >
          {t('before.open')}
        </Button>
      </div>
    </Panel>
  )
}

function During({ step, cockpit, onResult }: Phase) {
  const { t } = useTranslation('phoning')
  useHotkeys([['mod+Enter', () => onResult('ok-continue')]], [])
  useShortcuts({ b: () => onResult('to-do') })
  if (!step.questionnaire) return null
  return (
    <Panel title={step.questionnaire.label}>
      <QuestionnaireForm
        questionnaire={step.questionnaire}
        answers={cockpit.answers}
        problems={cockpit.problems}
        onChange={(questionId, value) => cockpit.answer(questionId, value)}
        focusFirst
      />
      <div className={classes.actions}>
        <Button variant="default" onClick={() => onResult('to-do')} aria-keyshortcuts="b">
          {t('during.callback')}
        </Button>
        <Button onClick={() => onResult('ok-continue')} aria-keyshortcuts="Control+Enter">
          {t('during.end')}
        </Button>
      </div>
    </Panel>
  )
}
