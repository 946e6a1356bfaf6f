import { ActionIcon, Menu, Select } from '@mantine/core'
import { IconDotsVertical, IconX } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { Dictionary } from '#core/segments/api.ts'
import type { Criterion } from '#core/segments/criteria.ts'
import { AnswerTestEditor } from './answer-editor.tsx'
import classes from './criteria.module.css'
import { type DraftRule, isWhole } from './draft.ts'
import { blankFor, fieldGroups, keyOf } from './field-list.ts'
import * as history from './history-editors.tsx'
import * as card from './rule-editors.tsx'
import * as step from './step-editors.tsx'

const ActivityEditor = lazy(async () => ({
  default: (await import('./activity-editor.tsx')).ActivityEditor,
}))

export type NodeTools = {
  move: (id: string, by: -1 | 1) => void
  duplicate: (id: string) => void
  enclose: (id: string) => void
  remove: (id: string) => void
}

type Props = {
  rule: DraftRule
  /** Place among its siblings from 1, for screen readers. */
  place: number
  dictionary: Dictionary
  tools: NodeTools
  onChange: (rule: DraftRule) => void
}

export function Rule({ rule, place, dictionary, tools, onChange }: Props) {
  const { t } = useTranslation('segments')
  const { criterion } = rule
  const whole = isWhole(rule)
  const set = (next: Criterion) => onChange({ ...rule, criterion: next })
  return (
    <fieldset
      aria-label={t('builder.rule', { n: place })}
      className={classes.rule}
      data-unfinished={(criterion !== null && !whole) || undefined}
    >
      <div className={classes.parts}>
        <CriterionField criterion={criterion} onChange={set} dictionary={dictionary} />
        {criterion !== null && !whole && (
          <span className={classes.note}>{t('builder.unfinished')}</span>
        )}
      </div>
      <NodeMenu id={rule.id} tools={tools} label={t('builder.ruleMenu', { n: place })} />
      <ActionIcon
        size={26}
        variant="subtle"
        color="gray"
        aria-label={t('builder.removeRule', { n: place })}
        onClick={() => tools.remove(rule.id)}
      >
        <IconX size={15} aria-hidden />
      </ActionIcon>
    </fieldset>
  )
}

type FieldProps = {
  /** Null is not begun yet. */
  criterion: Criterion | null
  dictionary: Dictionary
  /** What is asked may be unfinished: it is whole once the schema takes it. */
  onChange: (criterion: Criterion) => void
}

/** One criterion: what it is about, and what is asked of that. */
export function CriterionField({ criterion, dictionary, onChange }: FieldProps) {
  return (
    <>
      <FieldPicker
        value={criterion ? keyOf(criterion) : null}
        dictionary={dictionary}
        onChange={(key) => onChange(blankFor(key, dictionary))}
      />
      {criterion && (
        <CriterionEditor criterion={criterion} onChange={onChange} dictionary={dictionary} />
      )}
    </>
  )
}

export function NodeMenu({ id, tools, label }: { id: string; tools: NodeTools; label: string }) {
  const { t } = useTranslation('segments')
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size={26} variant="subtle" color="gray" aria-label={label}>
          <IconDotsVertical size={15} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => tools.move(id, -1)}>{t('builder.moveUp')}</Menu.Item>
        <Menu.Item onClick={() => tools.move(id, 1)}>{t('builder.moveDown')}</Menu.Item>
        <Menu.Item onClick={() => tools.duplicate(id)}>{t('builder.duplicate')}</Menu.Item>
        <Menu.Item onClick={() => tools.enclose(id)}>{t('builder.enclose')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function FieldPicker(props: {
  value: string | null
  dictionary: Dictionary
  onChange: (key: string) => void
}) {
  const { t } = useTranslation('segments')
  const own = props.dictionary.customFields.map(({ key, label }) => ({
    value: `custom.${key}`,
    label,
  }))
  const questions = props.dictionary.questions.map(({ id, label }) => ({
    value: `answer.${id}`,
    label,
  }))
  const groups = Object.entries(fieldGroups).map(([group, keys]) => ({
    group: t(`fieldGroups.${group as keyof typeof fieldGroups}`),
    items: keys.map((value) => ({ value: value as string, label: t(`fields.${value}`) })),
  }))
  return (
    <Select
      size="xs"
      className={classes.field ?? ''}
      aria-label={t('builder.field')}
      placeholder={t('builder.chooseField')}
      data={[
        ...groups,
        ...(own.length === 0 ? [] : [{ group: t('fieldGroups.custom'), items: own }]),
        ...(questions.length === 0
          ? []
          : [{ group: t('fieldGroups.questions'), items: questions }]),
      ]}
      value={props.value}
      onChange={(key) => key && props.onChange(key)}
      searchable
      allowDeselect={false}
      autoFocus={false}
      nothingFoundMessage={t('builder.nothingFound')}
      maxDropdownHeight={340}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
    />
  )
}

function CriterionEditor(props: {
  criterion: Criterion
  onChange: (criterion: Criterion) => void
  dictionary: Dictionary
}) {
  const { criterion, onChange, dictionary } = props
  const rest = { onChange, dictionary }
  switch (criterion.kind) {
    case 'text':
      return <card.TextEditor criterion={criterion} {...rest} />
    case 'number':
      return <card.NumberEditor criterion={criterion} {...rest} />
    case 'date':
      return <card.DateEditor criterion={criterion} {...rest} />
    case 'choice':
      return <card.ChoiceEditor criterion={criterion} {...rest} />
    case 'flag':
      return <card.FlagEditor criterion={criterion} {...rest} />
    case 'birthday':
      return <card.BirthdayEditor criterion={criterion} {...rest} />
    case 'tag':
      return <card.TagEditor criterion={criterion} {...rest} />
    case 'list':
      return <card.ListEditor criterion={criterion} {...rest} />
    case 'segment':
      return <history.SegmentEditor criterion={criterion} {...rest} />
    case 'consent':
      return <history.ConsentEditor criterion={criterion} {...rest} />
    case 'mailing':
      return <history.MailingEditor criterion={criterion} {...rest} />
    case 'visit':
      return <history.VisitEditor criterion={criterion} {...rest} />
    case 'purchases':
      return <history.PurchasesEditor criterion={criterion} {...rest} />
    case 'bought':
      return <history.BoughtEditor criterion={criterion} {...rest} />
    case 'status':
      return <step.StatusEditor criterion={criterion} {...rest} />
    case 'delivery':
      return <step.DeliveryEditor criterion={criterion} {...rest} />
    case 'bought-since':
      return <step.BoughtSinceEditor criterion={criterion} {...rest} />
    case 'step-state':
      return <step.StepStateEditor criterion={criterion} {...rest} />
    case 'operation-state':
      return <step.OperationStateEditor criterion={criterion} {...rest} />
    case 'activity':
      return (
        <Suspense>
          <ActivityEditor criterion={criterion} {...rest} />
        </Suspense>
      )
    case 'answer':
      return (
        <AnswerTestEditor
          asked={criterion}
          choices={
            dictionary.questions.find(({ id }) => id === criterion.questionId)?.choices ?? []
          }
          onChange={onChange}
        />
      )
    default:
      return null
  }
}
