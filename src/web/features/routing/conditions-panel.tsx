import { Alert, Button, Group, Select, Skeleton, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Distribution } from '#core/operations/step.ts'
import { type StepConditions, saveConditions } from '#core/routing/api.ts'
import type { Dictionary } from '#core/segments/api.ts'
import { CallError, call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { MayTip } from '../../ui/may-tip.tsx'
import { SaveBar } from '../../ui/save-bar.tsx'
import { useMay } from '../access/session.ts'
import { useDictionary } from '../segments/dictionary.ts'
import { Sentence } from '../segments/sentence.tsx'
import { useLocale } from '../segments/use-live-count.ts'
import * as drafts from './condition-drafts.ts'
import { ConditionRow } from './condition-row.tsx'
import { DistributeButton } from './distribute-dialog.tsx'
import { FormulaField, problemOf } from './formula-field.tsx'
import classes from './routing.module.css'
import { conditionsQuery, useForgetSteps, useSentences } from './routing-data.ts'

type Props = {
  stepId: number
  /** It and its steps are offered beside those of the dictionary, which knows no templates. */
  operation: {
    id: number
    label: string
    steps: readonly { id: number; label: string; isFinal: boolean }[]
  }
}

/** What people must meet to enter a step: conditions by their codes, the formula over them, and who moves them when. */
export function ConditionsPanel({ stepId, operation }: Props) {
  const { t } = useTranslation('routing')
  const { data } = useQuery(conditionsQuery(stepId, useLocale()))
  const dictionary = useDictionary()
  if (!data || !dictionary.isLoaded) {
    return <Skeleton height={220} radius="lg" aria-label={t('conditions.loading')} />
  }
  const own = operation.steps
    .filter(({ id, isFinal }) => isFinal && id !== stepId)
    .map(({ id, label }) => ({ id, label, campaign: operation.label }))
  const others = dictionary.steps.filter(
    ({ id }) => id !== stepId && !own.some((step) => step.id === id),
  )
  const { id, label } = operation
  const operations = [{ id, label }, ...dictionary.operations.filter((each) => each.id !== id)]
  return (
    <Editor
      key={stepId}
      stepId={stepId}
      saved={data}
      dictionary={{ ...dictionary, operations, steps: [...own, ...others] }}
    />
  )
}

type EditorProps = { stepId: number; saved: StepConditions; dictionary: Dictionary }

function Editor({ stepId, saved, dictionary }: EditorProps) {
  const { t } = useTranslation('routing')
  const locale = useLocale()
  const may = useMay('mailings.write')
  const [base, setBase] = useState(saved)
  const [draft, setDraft] = useState(() => drafts.draftOf(saved))
  const adopt = (next: StepConditions) => {
    setBase(next)
    setDraft(drafts.draftOf(next))
  }
  const isDirty = !drafts.isSame(draft, drafts.draftOf(base))
  // What somebody else saved meanwhile is shown, but never over what is being typed here.
  if (saved.version > base.version && !isDirty) adopt(saved)
  const save = useSave(stepId, base.version, adopt)
  const { conditions, formula } = draft
  const codes = conditions.map(({ code }) => code.trim()).filter((code) => code !== '')
  const whole = drafts.wholeConditions(draft)
  const wrongCode = conditions.find((each) => drafts.problemOfCode(each, conditions))
  const isRight = whole !== undefined && !wrongCode && problemOf(formula, codes) === null
  const { data: said } = useSentences(
    stepId,
    locale,
    isRight ? { conditions: whole, formula } : undefined,
  )
  const set = (change: Partial<drafts.Draft>) => setDraft({ ...draft, ...change })
  return (
    <div className={classes.stack}>
      <Origin saved={saved} />
      {base.distributionProblem && <Unaskable problem={base.distributionProblem} />}
      {conditions.map((condition, at) => (
        <ConditionRow
          key={condition.key}
          condition={condition}
          place={at + 1}
          dictionary={dictionary}
          problem={drafts.problemOfCode(condition, conditions)}
          sentence={said?.sentences[at]}
          onChange={(next) => set({ conditions: conditions.with(at, next) })}
          onRemove={() => set({ conditions: conditions.toSpliced(at, 1) })}
          readOnly={!may}
        />
      ))}
      {conditions.length === 0 && saved.origin && (
        <p className={classes.note}>{t('conditions.none')}</p>
      )}
      <div>
        <MayTip may={may}>
          {(state) => (
            <Button
              {...state}
              size="xs"
              variant="light"
              leftSection={<IconPlus size={15} aria-hidden />}
              onClick={() =>
                set({ conditions: [...conditions, drafts.blankCondition(conditions)] })
              }
            >
              {t('conditions.add')}
            </Button>
          )}
        </MayTip>
      </div>
      {conditions.length > 0 && (
        <>
          <FormulaField
            value={formula}
            codes={codes}
            onChange={(next) => set({ formula: next })}
            readOnly={!may}
          />
          {/* What is said stays while a draft is unfinished, never beside a formula it is not of. */}
          {problemOf(formula, codes) === null && <Sentence>{said?.sentence}</Sentence>}
        </>
      )}
      <Select
        label={t('distribution.label')}
        description={t(`distribution.help.${draft.distribution}`)}
        data={Distribution.options.map((value) => ({ value, label: t(`distribution.${value}`) }))}
        value={draft.distribution}
        onChange={(value) => set({ distribution: Distribution.parse(value) })}
        allowDeselect={false}
        disabled={!may}
      />
      <Group justify="flex-end">
        <DistributeButton stepId={stepId} />
      </Group>
      <SaveBar
        dirty={isDirty}
        saving={save.isPending}
        problem={isRight ? undefined : t('conditions.unfinished')}
        onReset={() => adopt(saved)}
        onSave={() => whole && isRight && save.mutate({ ...draft, conditions: whole })}
      />
    </div>
  )
}

/** People are no longer distributed without anybody's hand, until the conditions are mended. */
function Unaskable({ problem }: { problem: NonNullable<StepConditions['distributionProblem']> }) {
  const { t } = useTranslation('routing')
  const problemText = useProblemText()
  return (
    <Alert color="red" variant="light" role="alert">
      {t('conditions.unaskable', { reason: problemText(new CallError(0, problem)) })}
    </Alert>
  )
}

function Origin({ saved: { origin } }: { saved: StepConditions }) {
  const { t } = useTranslation('routing')
  return (
    <Text size="sm">
      {origin ? t('conditions.origin', { label: origin.label }) : t('conditions.noOrigin')}
    </Text>
  )
}

function useSave(stepId: number, version: number, onSaved: (conditions: StepConditions) => void) {
  const { t } = useTranslation('routing')
  const locale = useLocale()
  const problemText = useProblemText()
  const forget = useForgetSteps()
  return useMutation({
    mutationFn: (change: Pick<StepConditions, 'conditions' | 'formula' | 'distribution'>) =>
      call(saveConditions, { ...change, id: stepId, version, locale }),
    onSuccess: async (saved) => {
      onSaved(saved)
      notifications.show({ message: t('conditions.saved') })
      await forget()
    },
    onError: (error) => {
      notifications.show({ color: 'red', message: problemText(error) })
      void forget()
    },
  })
}
