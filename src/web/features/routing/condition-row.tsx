import { ActionIcon, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Dictionary } from '#core/segments/api.ts'
import { CriterionField } from '../segments/criteria/rule.tsx'
import { type CodeProblem, type DraftCondition, isWhole } from './condition-drafts.ts'
import classes from './routing.module.css'

type Props = {
  condition: DraftCondition
  place: number
  dictionary: Dictionary
  problem: CodeProblem | undefined
  /** The condition as a clause, when it is known. */
  sentence: string | undefined
  onChange: (condition: DraftCondition) => void
  onRemove: () => void
  readOnly: boolean
}

/** One condition: its code, what it asks, and that in words. */
export function ConditionRow(props: Props) {
  const { condition, place, dictionary, problem, sentence, onChange, onRemove, readOnly } = props
  const { t } = useTranslation('routing')
  const whole = isWhole(condition)
  return (
    <fieldset
      className={classes.condition}
      aria-label={t('conditions.condition', { n: place })}
      data-unfinished={!whole || undefined}
      disabled={readOnly}
    >
      <div className={classes.parts}>
        <TextInput
          size="xs"
          className={classes.code ?? ''}
          aria-label={t('conditions.codeOf', { n: place })}
          value={condition.code}
          maxLength={40}
          onChange={({ currentTarget }) => onChange({ ...condition, code: currentTarget.value })}
          error={problem !== undefined}
        />
        <CriterionField
          criterion={condition.test}
          dictionary={dictionary}
          onChange={(test) => onChange({ ...condition, test })}
        />
        <span className={classes.spacer} />
        {!readOnly && (
          <ActionIcon
            size={26}
            variant="subtle"
            color="gray"
            aria-label={t('conditions.remove', { code: condition.code })}
            onClick={onRemove}
          >
            <IconX size={15} aria-hidden />
          </ActionIcon>
        )}
      </div>
      {problem && (
        <p className={classes.problem} role="alert">
          {t(`codes.${problem.reason}`, { code: problem.code })}
        </p>
      )}
      <p className={classes.clause}>{whole ? sentence : t('conditions.unfinished')}</p>
    </fieldset>
  )
}
