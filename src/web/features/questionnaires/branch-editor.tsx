/** When a question is asked, as a sentence of controls: “asked if all of these hold: …”. */
import { Button, CloseButton, Select } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AnswerTest } from '#core/questionnaires/answer-test.ts'
import type { Question } from '#core/questionnaires/question.ts'
import type { ShowIf } from '#core/questionnaires/questionnaire.ts'
import { describeAnswer } from '#core/segments/describe.ts'
import { AnswerTestEditor, blankTest } from '../segments/criteria/answer-editor.tsx'
import { Pick } from '../segments/criteria/inputs.tsx'
import { useLocale } from './questionnaire-data.ts'
import classes from './questionnaire-editor.module.css'

type Props = {
  showIf: ShowIf | null
  /** The questions before this one: the only ones that can be asked about. */
  before: readonly Question[]
  onChange: (showIf: ShowIf | null) => void
}

export function BranchEditor({ showIf, before, onChange }: Props) {
  const { t } = useTranslation('questionnaires')
  const [first] = before.slice(-1)
  if (!showIf) {
    if (!first) return null
    return (
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<IconPlus size={14} />}
        onClick={() => onChange({ join: 'all', of: [blankTest(first)] })}
      >
        {t('branch.add')}
      </Button>
    )
  }
  const set = (at: number, test: AnswerTest | null) => {
    const of = showIf.of.flatMap((each, index) => (index !== at ? [each] : test ? [test] : []))
    onChange(of.length > 0 ? { ...showIf, of } : null)
  }
  return (
    <div className={classes.branch}>
      <div className={classes.row}>
        <span>{t('branch.askedIf')}</span>
        {showIf.of.length > 1 && (
          <Pick
            label={t('branch.join')}
            options={(['all', 'any'] as const).map((value) => ({
              value,
              label: t(`branch.${value}`),
            }))}
            value={showIf.join}
            onChange={(join) => onChange({ ...showIf, join })}
          />
        )}
      </div>
      {showIf.of.map((test, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: tests have no name but their place
        <fieldset key={at} className={classes.row} aria-label={t('branch.test', { n: at + 1 })}>
          <span>{t('branch.answerTo')}</span>
          <Select
            size="xs"
            className={classes.question ?? ''}
            aria-label={t('branch.question')}
            data={before.map(({ id, label }) => ({ value: String(id), label }))}
            value={String(test.questionId)}
            allowDeselect={false}
            onChange={(id) => {
              const question = before.find((each) => String(each.id) === id)
              if (question) set(at, blankTest(question))
            }}
          />
          <AnswerTestEditor
            asked={test}
            choices={before.find(({ id }) => id === test.questionId)?.choices ?? []}
            onChange={(next) => set(at, next)}
          />
          <CloseButton
            size="sm"
            aria-label={t('branch.remove', { n: at + 1 })}
            onClick={() => set(at, null)}
          />
        </fieldset>
      ))}
      {first && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          onClick={() => onChange({ ...showIf, of: [...showIf.of, blankTest(first)] })}
        >
          {t('branch.another')}
        </Button>
      )}
    </div>
  )
}

/** The condition read back: for the list, where the controls would be too much. */
export function useBranchText(): (showIf: ShowIf, questions: readonly Question[]) => string {
  const { t } = useTranslation('questionnaires')
  const locale = useLocale()
  return ({ join, of }, questions) => {
    const labels = new Map<string, string>(
      questions.flatMap(({ id, label, choices }) => [
        [`question ${id}`, label] as const,
        ...choices.map((choice) => [`answer ${id}.${choice.code}`, choice.label] as const),
      ]),
    )
    const parts = of.map((test) =>
      describeAnswer(test, locale, (kind, id) => labels.get(`${kind} ${id}`)),
    )
    return t('branch.sentence', { tests: parts.join(t(`branch.${join}Join`)) })
  }
}
