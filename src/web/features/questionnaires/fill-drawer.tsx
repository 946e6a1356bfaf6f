import { Button, Drawer, Group } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnswerProblem, AnswerValue } from '#core/questionnaires/answer.ts'
import { type Answer, saveAnswers } from '#core/questionnaires/api.ts'
import type { Questionnaire } from '#core/questionnaires/questionnaire.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { questionnaireQuery } from './questionnaire-data.ts'
import { QuestionnaireForm } from './questionnaire-form.tsx'
import classes from './questionnaires.module.css'

type Props = {
  partyId: number
  /** Null closes it. */
  questionnaireId: number | null
  answers: readonly Answer[]
  onClose: () => void
}

/** Asks a questionnaire of one person; each answer is saved as it is given. */
export function FillDrawer({ partyId, questionnaireId, answers, onClose }: Props) {
  const { t } = useTranslation('questionnaires')
  const { data } = useQuery({
    ...questionnaireQuery(questionnaireId ?? 0),
    enabled: questionnaireId !== null,
  })
  return (
    <Drawer
      opened={questionnaireId !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={data?.label ?? t('answers.choose')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {data && data.id === questionnaireId && (
        <Filling
          key={data.id}
          partyId={partyId}
          questionnaire={data}
          known={answers}
          onDone={onClose}
        />
      )}
    </Drawer>
  )
}

type FillingProps = {
  partyId: number
  questionnaire: Questionnaire
  known: readonly Answer[]
  onDone: () => void
}

type Given = [questionId: number, value: AnswerValue | null]
type Problems = readonly { questionId: number; reason: AnswerProblem }[]

function Filling({ partyId, questionnaire, known, onDone }: FillingProps) {
  const { t } = useTranslation('questionnaires')
  const problemText = useProblemText()
  const client = useQueryClient()
  const [answers, setAnswers] = useState(
    () =>
      new Map(
        known
          .filter(({ party }) => party.id === partyId)
          .map(({ questionId, value }): Given => [questionId, value]),
      ),
  )
  const [problems, setProblems] = useState<Problems>([])
  const save = useMutation({
    mutationFn: ({ given, isComplete }: { given: Given[]; isComplete: boolean }) =>
      call(saveAnswers, {
        id: partyId,
        questionnaireId: questionnaire.id,
        isComplete,
        answers: given.map(([questionId, value]) => ({ questionId, value })),
      }),
    onSuccess: async (outcome, { isComplete }) => {
      setProblems(outcome.problems)
      await client.invalidateQueries({ queryKey: ['party', partyId] })
      if (isComplete && outcome.problems.length === 0) onDone()
    },
    // One after another, so that the last word on a question is the last one said.
    scope: { id: `answers ${partyId}` },
  })
  const give = (questionId: number, value: AnswerValue | null) => {
    setAnswers(new Map(answers).set(questionId, value))
    setProblems(problems.filter((problem) => problem.questionId !== questionId))
    save.mutate({ given: [[questionId, value]], isComplete: false })
  }
  return (
    <div className={classes.stack}>
      {questionnaire.description !== '' && (
        <p className={classes.script}>{questionnaire.description}</p>
      )}
      <QuestionnaireForm
        questionnaire={questionnaire}
        answers={answers}
        problems={problems}
        onChange={give}
        focusFirst
      />
      <FieldError>{save.error ? problemText(save.error) : null}</FieldError>
      <Group justify="space-between" className={classes.foot}>
        <span className={classes.meta} role="status">
          {t(save.isPending ? 'answers.saving' : 'answers.savedAtOnce')}
        </span>
        <Button
          onClick={() => {
            const asked = questionnaire.items.map(({ question }) => question.id)
            const given = [...answers].filter(([questionId]) => asked.includes(questionId))
            save.mutate({ given, isComplete: true })
          }}
          loading={save.isPending && save.variables.isComplete}
        >
          {t('answers.finish')}
        </Button>
      </Group>
    </div>
  )
}
