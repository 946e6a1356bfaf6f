/** One question with the control of its kind; a field of text tells its value when it is left. */
import { NumberInput, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnswerValue } from '#core/questionnaires/answer.ts'
import type { Question } from '#core/questionnaires/question.ts'
import { DayField } from '../../ui/date-field.tsx'
import classes from './questionnaires.module.css'

type Props = {
  question: Pick<Question, 'id' | 'kind' | 'label' | 'choices'>
  value: AnswerValue | null
  /** Names the group: the ids of the label and of what is wrong. */
  labelledBy: string
  describedBy: string | undefined
  disabled: boolean
  invalid: boolean
  onChange: (value: AnswerValue | null) => void
}

export function QuestionField(props: Props) {
  const { question } = props
  switch (question.kind) {
    case 'yes-no':
    case 'choice':
    case 'choices':
      return <Choices {...props} />
    case 'number':
      return <NumberField {...props} />
    case 'date':
      return <DayAnswer {...props} />
    case 'text':
      return <TextField {...props} />
    default:
      return question.kind satisfies never
  }
}

export type Option = { value: boolean | string; label: string }

/** What there is to choose, in the order of the keys 1 to 9. */
export function useOptions(): (question: Pick<Question, 'kind' | 'choices'>) => Option[] {
  const { t } = useTranslation('questionnaires')
  return ({ kind, choices }) =>
    kind === 'yes-no'
      ? [
          { value: true, label: t('yes') },
          { value: false, label: t('no') },
        ]
      : choices.map(({ code, label }) => ({ value: code, label }))
}

/** The answer with one option chosen, or for several toggled. */
export function choose(
  kind: Question['kind'],
  value: AnswerValue | null,
  option: Option['value'],
): AnswerValue | null {
  if (kind !== 'choices') return option
  const chosen = Array.isArray(value) ? value : []
  const code = String(option)
  return chosen.includes(code) ? chosen.filter((each) => each !== code) : [...chosen, code]
}

function Choices({ question, value, labelledBy, describedBy, disabled, onChange }: Props) {
  const { kind, id } = question
  const options = useOptions()(question)
  const isChosen = (option: Option) =>
    Array.isArray(value) ? value.includes(String(option.value)) : value === option.value
  const all = options.map((option, at) => (
    <label
      key={String(option.value)}
      className={classes.choice}
      data-chosen={isChosen(option) || undefined}
      data-disabled={disabled || undefined}
    >
      <input
        type={kind === 'choices' ? 'checkbox' : 'radio'}
        name={`question-${id}`}
        checked={isChosen(option)}
        disabled={disabled}
        onChange={() => onChange(choose(kind, value, option.value))}
      />
      {at < 9 && <kbd aria-hidden>{at + 1}</kbd>}
      <span>{option.label}</span>
    </label>
  ))
  // Boxes to tick are told what they are about by the fieldset around them.
  if (kind === 'choices') return <div className={classes.choices}>{all}</div>
  return (
    <div
      role="radiogroup"
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      className={classes.choices}
    >
      {all}
    </div>
  )
}

/** What is typed, until it is told; what comes from outside meanwhile wins. */
function useTyped<Typed>(value: Typed) {
  const [state, setState] = useState({ value, typed: value })
  const current = state.value === value ? state.typed : value
  return [current, (typed: Typed) => setState({ value, typed })] as const
}

const fieldProps = ({ labelledBy, describedBy, disabled, invalid }: Props) => ({
  'aria-labelledby': labelledBy,
  ...(describedBy ? { 'aria-describedby': describedBy } : {}),
  disabled,
  error: invalid,
})

function NumberField(props: Props) {
  const { i18n } = useTranslation()
  const [typed, setTyped] = useTyped<number | string>(
    typeof props.value === 'number' ? props.value : '',
  )
  const tell = () => props.onChange(typeof typed === 'number' ? typed : null)
  return (
    <NumberInput
      {...fieldProps(props)}
      className={classes.short ?? ''}
      hideControls
      decimalSeparator={i18n.language === 'fr' ? ',' : '.'}
      value={typed}
      onChange={setTyped}
      onBlur={tell}
    />
  )
}

function DayAnswer(props: Props) {
  return (
    <DayField
      {...fieldProps(props)}
      className={classes.short ?? ''}
      value={typeof props.value === 'string' ? props.value : null}
      onChange={props.onChange}
    />
  )
}

function TextField(props: Props) {
  const [typed, setTyped] = useTyped(typeof props.value === 'string' ? props.value : '')
  return (
    <Textarea
      {...fieldProps(props)}
      autosize
      minRows={1}
      maxRows={8}
      maxLength={2_000}
      value={typed}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onBlur={() => props.onChange(typed.trim() === '' ? null : typed)}
    />
  )
}
