import { Button } from '@mantine/core'
import { type KeyboardEvent, useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type AnswerProblem, type AnswerValue, isSameAnswer } from '#core/questionnaires/answer.ts'
import { type Answers, type Item, shownItems } from '#core/questionnaires/questionnaire.ts'
import { useToday } from '../../platform/today.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { choose, QuestionField, useOptions } from './question-field.tsx'
import classes from './questionnaires.module.css'

type Props = {
  questionnaire: { items: readonly Item[] }
  answers: Answers
  /** Each answer as soon as it is given: a choice at once, typed text when its field is left. */
  onChange: (questionId: number, value: AnswerValue | null) => void
  problems?: readonly { questionId: number; reason: AnswerProblem }[]
  disabled?: boolean
  /** The first question that has no answer takes the focus when the form appears. */
  focusFirst?: boolean
}

/**
 * The questions that are asked after the answers so far. Keys 1 to 9 choose within the question that has
 * the focus, which then moves on; Enter in a field moves on too.
 */
export function QuestionnaireForm(props: Props) {
  const { questionnaire, answers, onChange, problems = [], disabled = false, focusFirst } = props
  const root = useRef<HTMLDivElement>(null)
  const leaving = useRef<number | null>(null)
  const shown = shownItems(questionnaire.items, answers, useToday())
  const start = useRef(
    focusFirst ? shown.find(({ question }) => (answers.get(question.id) ?? null) === null) : null,
  )
  useEffect(() => {
    if (start.current) focusQuestion(root.current, start.current.question.id)
  }, [])
  const moveOn = () => {
    if (leaving.current !== null) focusAfter(root.current, leaving.current)
    leaving.current = null
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the answers, and with them the questions shown, have changed
  useEffect(moveOn, [answers])
  const leave = (questionId: number) => {
    leaving.current = questionId
    // Without a change there is nothing to wait for.
    requestAnimationFrame(moveOn)
  }
  const give = (questionId: number, value: AnswerValue | null) => {
    if (!isSameAnswer(answers.get(questionId) ?? null, value)) onChange(questionId, value)
  }
  return (
    <div ref={root} className={classes.form}>
      {shown.map((item, at) => (
        <Asked
          key={item.question.id}
          item={item}
          number={at + 1}
          value={answers.get(item.question.id) ?? null}
          problem={problems.find(({ questionId }) => questionId === item.question.id)?.reason}
          disabled={disabled}
          onChange={(value) => give(item.question.id, value)}
          onChoose={(value) => {
            if (item.question.kind !== 'choices') leave(item.question.id)
            give(item.question.id, value)
          }}
          onLeave={() => leave(item.question.id)}
        />
      ))}
    </div>
  )
}

const focusable = 'input:not([disabled]), textarea:not([disabled])'

function focusQuestion(root: HTMLElement | null, questionId: number): void {
  const group = root?.querySelector(`[data-question="${questionId}"]`)
  const checked = group?.querySelector<HTMLElement>('input:checked')
  const target = checked ?? group?.querySelector<HTMLElement>(focusable)
  target?.focus()
}

/** The last question keeps the focus. */
function focusAfter(root: HTMLElement | null, questionId: number): void {
  const groups = [...(root?.querySelectorAll<HTMLElement>('[data-question]') ?? [])]
  const at = groups.findIndex((group) => group.dataset.question === String(questionId))
  const next = groups[at + 1]?.dataset.question
  if (next !== undefined) focusQuestion(root, Number(next))
}

type AskedProps = {
  item: Item
  number: number
  value: AnswerValue | null
  problem: AnswerProblem | undefined
  disabled: boolean
  onChange: (value: AnswerValue | null) => void
  onChoose: (value: AnswerValue | null) => void
  onLeave: () => void
}

function Asked(props: AskedProps) {
  const { item, number, value, problem, disabled, onChange, onChoose, onLeave } = props
  const { t } = useTranslation('questionnaires')
  const { question, isRequired } = item
  const options = useOptions()(question)
  const id = useId()
  const isPicked = options.length > 0
  const press = (event: KeyboardEvent) => {
    if (disabled || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Enter' && !event.shiftKey && event.target instanceof HTMLInputElement) {
      event.preventDefault()
      onLeave()
      event.target.blur()
    }
    const option = isPicked ? options[Number(event.key) - 1] : undefined
    if (!option) return
    event.preventDefault()
    onChoose(choose(question.kind, value, option.value))
  }
  const help = question.help === '' ? [] : [`${id}help`]
  const wrong = problem ? [`${id}problem`] : []
  return (
    <fieldset
      className={classes.asked}
      aria-labelledby={id}
      data-question={question.id}
      data-problem={problem !== undefined || undefined}
      onKeyDown={press}
    >
      <div className={classes.label} id={id}>
        <span aria-hidden className={classes.number}>
          {number}.
        </span>{' '}
        {question.label}
        {isRequired && (
          <span className={classes.required} title={t('required')}>
            {' *'}
          </span>
        )}
      </div>
      {question.help !== '' && (
        <p className={classes.help} id={`${id}help`}>
          {question.help}
        </p>
      )}
      <div className={classes.control}>
        <QuestionField
          question={question}
          value={value}
          labelledBy={id}
          describedBy={[...help, ...wrong].join(' ') || undefined}
          disabled={disabled}
          invalid={problem !== undefined}
          onChange={onChange}
        />
        {isPicked && value !== null && !disabled && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            aria-label={t('clearNamed', { question: question.label })}
            onClick={() => onChange(null)}
          >
            {t('clear')}
          </Button>
        )}
      </div>
      <FieldError id={`${id}problem`}>{problem && t(`problems.${problem}`)}</FieldError>
    </fieldset>
  )
}
