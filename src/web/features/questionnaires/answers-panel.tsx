import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core'
import { IconChevronDown, IconHistory, IconMessageQuestion, IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerText } from '#core/questionnaires/answer.ts'
import type { Answer } from '#core/questionnaires/api.ts'
import type { Question } from '#core/questionnaires/question.ts'
import { useFormat } from '../../platform/format.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { MayTip } from '../../ui/may-tip.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useMay } from '../access/session.ts'
import { FillDrawer } from './fill-drawer.tsx'
import {
  useAnswerHistory,
  useAnswers,
  useLocale,
  useQuestionnaires,
  useQuestions,
} from './questionnaire-data.ts'
import classes from './questionnaires.module.css'

type Current = Answer & { earlier: number }

/** What a person answered, by questionnaire, each with what was said before; and the way to ask again. */
export function AnswersPanel({ partyId, readOnly }: { partyId: number; readOnly?: boolean }) {
  const { t } = useTranslation('questionnaires')
  const may = useMay('customers.write') && !readOnly
  const { data: answers } = useAnswers(partyId)
  const { data: questions } = useQuestions()
  const { data: questionnaires } = useQuestionnaires()
  const [filling, setFilling] = useState<number | null>(null)
  if (!answers || !questions || !questionnaires) return null
  const asked = questionnaires.filter(({ isActive, questions: n }) => isActive && n > 0)
  const byForm = Map.groupBy(answers, ({ questionnaireId }) => questionnaireId)
  const groups = [
    ...questionnaires.map(({ id, label }) => ({ id, label, of: byForm.get(id) ?? [] })),
    { id: null, label: t('answers.loose'), of: byForm.get(null) ?? [] },
  ].filter(({ of }) => of.length > 0)
  const ask = <AskMenu questionnaires={asked} may={may} onChoose={setFilling} />
  return (
    <div className={classes.stack}>
      {groups.length === 0 ? (
        <EmptyState
          icon={<IconMessageQuestion size={22} />}
          title={t('answers.none')}
          description={t(asked.length === 0 ? 'answers.noQuestionnaire' : 'answers.noneText')}
          actions={asked.length > 0 && ask}
        />
      ) : (
        <div className={classes.actions}>{ask}</div>
      )}
      {groups.map(({ id, label, of }) => (
        <Panel
          key={id}
          title={label}
          actions={
            id !== null &&
            asked.some((each) => each.id === id) && (
              <EditButton label={label} may={may} onClick={() => setFilling(id)} />
            )
          }
        >
          <dl className={classes.answers}>
            {of.map((answer) => (
              <Given
                key={answer.id}
                answer={answer}
                partyId={partyId}
                question={questions.find((each) => each.id === answer.questionId)}
              />
            ))}
          </dl>
        </Panel>
      ))}
      <FillDrawer
        partyId={partyId}
        questionnaireId={filling}
        answers={answers}
        onClose={() => setFilling(null)}
      />
    </div>
  )
}

type AskProps = {
  questionnaires: readonly { id: number; label: string }[]
  may: boolean
  onChoose: (id: number) => void
}

function AskMenu({ questionnaires, may, onChoose }: AskProps) {
  const { t } = useTranslation('questionnaires')
  const [only] = questionnaires
  if (!only) return null
  if (questionnaires.length === 1)
    return (
      <MayTip may={may}>
        {(state) => (
          <Button {...state} onClick={() => onChoose(only.id)}>
            {t('answers.fill', { label: only.label })}
          </Button>
        )}
      </MayTip>
    )
  return (
    <MayTip may={may}>
      {(state) => (
        <Menu position="bottom-end" shadow="md" disabled={state.disabled}>
          <Menu.Target>
            <Button {...state} rightSection={<IconChevronDown size={16} />}>
              {t('answers.choose')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {questionnaires.map(({ id, label }) => (
              <Menu.Item key={id} onClick={() => onChoose(id)}>
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </MayTip>
  )
}

function EditButton(props: { label: string; may: boolean; onClick: () => void }) {
  const { t } = useTranslation('questionnaires')
  return (
    <MayTip may={props.may}>
      {(state) => (
        <ActionIcon
          {...state}
          variant="subtle"
          color="gray"
          aria-label={t('answers.fill', { label: props.label })}
          onClick={props.onClick}
        >
          <IconPencil size={17} />
        </ActionIcon>
      )}
    </MayTip>
  )
}

type GivenProps = { answer: Current; partyId: number; question: Question | undefined }

function Given({ answer, partyId, question }: GivenProps) {
  const { t } = useTranslation('questionnaires')
  const locale = useLocale()
  const [open, setOpen] = useState(false)
  if (!question) return null
  const isOwn = answer.party.id === partyId
  return (
    <div className={classes.given} data-find>
      <dt>{question.label}</dt>
      <dd>
        <span className={classes.said}>{answerText(question, answer.value, locale)}</span>
        {answer.earlier > 0 && (
          <Tooltip label={t('answers.history')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={26}
              aria-expanded={open}
              aria-label={t('answers.historyOf', { question: question.label })}
              onClick={() => setOpen(!open)}
            >
              <IconHistory size={16} />
            </ActionIcon>
          </Tooltip>
        )}
        <Origin answer={answer} who={isOwn ? null : answer.party.label} />
        {open && <Earlier partyId={answer.party.id} question={question} />}
      </dd>
    </div>
  )
}

/** When, by whom and in which operation it was noted; and who said it, when another did. */
function Origin({ answer, who }: { answer: Answer; who: string | null }) {
  const { t } = useTranslation('questionnaires')
  const format = useFormat()
  const { step, organisation } = answer
  const parts = [
    who === null ? null : t('answers.saidBy', { name: who }),
    who === null && organisation ? t('answers.saidFor', { name: organisation.label }) : null,
    format.instant(answer.answeredAt),
    answer.actorName,
    step && [step.campaign, step.label].filter(Boolean).join(' – '),
  ]
  return <span className={classes.meta}>{parts.filter(Boolean).join(' · ')}</span>
}

function Earlier({ partyId, question }: { partyId: number; question: Question }) {
  const { t } = useTranslation('questionnaires')
  const locale = useLocale()
  const { data = [] } = useAnswerHistory(partyId, question.id)
  return (
    <ol className={classes.earlier}>
      {data.slice(1).map((answer) => (
        <li key={answer.id}>
          <span>
            {answer.value === null
              ? t('answers.takenBack')
              : answerText(question, answer.value, locale)}
          </span>{' '}
          <Origin answer={answer} who={null} />
        </li>
      ))}
    </ol>
  )
}
