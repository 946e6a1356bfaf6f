/** What is asked of an answer: the operators of the question's kind. */
import { useTranslation } from 'react-i18next'
import type { AnswerTest, YesNoTest } from '#core/questionnaires/answer-test.ts'
import type { Choice, QuestionKind } from '#core/questionnaires/question.ts'
import { DateTestEditor, Pick } from './inputs.tsx'
import { ChoiceTestEditor, NumberTestEditor, numberOps, TextTestEditor } from './test-editors.tsx'

type Props = {
  asked: AnswerTest
  choices: readonly Choice[]
  onChange: (asked: AnswerTest) => void
}

export function AnswerTestEditor({ asked, choices, onChange }: Props) {
  switch (asked.of) {
    case 'yes-no':
      return <YesNoEditor test={asked.test} onChange={(test) => onChange({ ...asked, test })} />
    case 'choice':
    case 'choices':
      return (
        <ChoiceTestEditor
          test={asked.test}
          isMany={asked.of === 'choices'}
          options={choices.map(({ code, label }) => ({ value: code, label }))}
          onChange={(test) => onChange({ ...asked, test })}
        />
      )
    case 'number':
      return (
        <NumberTestEditor
          ops={numberOps}
          test={asked.test}
          onChange={(test) => onChange({ ...asked, test })}
        />
      )
    case 'date':
      return (
        <DateTestEditor
          texts="ops.date"
          test={asked.test}
          onChange={(test) => onChange({ ...asked, test })}
        />
      )
    case 'text':
      return <TextTestEditor test={asked.test} onChange={(test) => onChange({ ...asked, test })} />
    default:
      return asked satisfies never
  }
}

const yesNo = ['yes', 'no', 'empty', 'filled'] as const

function YesNoEditor(props: { test: YesNoTest; onChange: (test: YesNoTest) => void }) {
  const { t } = useTranslation('segments')
  const { test, onChange } = props
  const value = test.op === 'is' ? (test.value ? 'yes' : 'no') : test.op
  return (
    <Pick
      label={t('builder.value')}
      options={yesNo.map((each) => ({ value: each, label: t(`ops.yesNo.${each}`) }))}
      value={value}
      onChange={(op) =>
        onChange(op === 'yes' || op === 'no' ? { op: 'is', value: op === 'yes' } : { op })
      }
    />
  )
}

/** What a new test of a question asks first. */
export function blankTest(question: { id: number; kind: QuestionKind }): AnswerTest {
  const tests = {
    'yes-no': { op: 'is', value: true },
    choice: { op: 'one-of', values: [] },
    choices: { op: 'one-of', values: [] },
    number: { op: 'at-least', value: 1 },
    date: { op: 'in-last', n: 30, unit: 'days' },
    text: { op: 'contains', value: '' },
  } as const satisfies Record<QuestionKind, unknown>
  const { id, kind } = question
  return { kind: 'answer', questionId: id, of: kind, test: tests[kind] } as unknown as AnswerTest
}
