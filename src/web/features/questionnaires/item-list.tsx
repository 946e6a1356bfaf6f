import { ActionIcon, Badge, Button, CloseButton, Select, Switch } from '@mantine/core'
import {
  IconArrowDown,
  IconArrowUp,
  IconGripVertical,
  IconPencil,
  IconPlus,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Question } from '#core/questionnaires/question.ts'
import { checkItems, type ItemDraft, ShowIf } from '#core/questionnaires/questionnaire.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { BranchEditor, useBranchText } from './branch-editor.tsx'
import { blankQuestion, type QuestionDraft, QuestionEditor } from './question-editor.tsx'
import classes from './questionnaire-editor.module.css'

type Props = {
  items: readonly ItemDraft[]
  questions: readonly Question[]
  onChange: (items: ItemDraft[]) => void
}

/** The questions in their order: dragged by the handle, or moved by the arrows. */
export function ItemList({ items, questions, onChange }: Props) {
  const { t } = useTranslation('questionnaires')
  const [dragged, setDragged] = useState<number | null>(null)
  const [editing, setEditing] = useState<QuestionDraft | null>(null)
  const [opened, setOpened] = useState<number | null>(null)
  const known = new Map(questions.map((question) => [question.id, question]))
  const problems = checkItems(items, known)
  const move = (from: number, to: number) => {
    const item = items[from]
    if (!item || to < 0 || to >= items.length) return
    const rest = items.filter((_, at) => at !== from)
    onChange([...rest.slice(0, to), item, ...rest.slice(to)])
  }
  const add = (questionId: number) =>
    onChange([...items, { questionId, isRequired: false, showIf: null }])
  const free = questions.filter(
    ({ id, isActive }) => isActive && !items.some(({ questionId }) => questionId === id),
  )
  return (
    <>
      <ol className={classes.items}>
        {items.map((item, at) => {
          const question = known.get(item.questionId)
          if (!question) return null
          const before = items.slice(0, at).flatMap(({ questionId }) => known.get(questionId) ?? [])
          return (
            <li
              key={item.questionId}
              className={classes.item}
              data-dragged={dragged === at || undefined}
              onDragOver={(event) => dragged !== null && event.preventDefault()}
              onDrop={() => dragged !== null && move(dragged, at)}
            >
              <Row
                item={item}
                question={question}
                place={{ at, of: items.length }}
                before={before}
                isOpen={opened === item.questionId}
                problem={problems.find(({ questionId }) => questionId === item.questionId)?.reason}
                onOpen={(open) => setOpened(open ? item.questionId : null)}
                onEdit={() => setEditing(question)}
                onMove={(by) => move(at, at + by)}
                onDrag={(is) => setDragged(is ? at : null)}
                onRemove={() => onChange(items.filter((_, index) => index !== at))}
                onChange={(patch) =>
                  onChange(items.map((each, i) => (i === at ? { ...each, ...patch } : each)))
                }
              />
            </li>
          )
        })}
      </ol>
      <div className={classes.adding}>
        <Select
          className={classes.catalogue ?? ''}
          aria-label={t('items.add')}
          placeholder={t('items.add')}
          data={free.map(({ id, label }) => ({ value: String(id), label }))}
          value={null}
          searchable
          disabled={free.length === 0}
          nothingFoundMessage={t('items.nothingFound')}
          onChange={(id) => id !== null && add(Number(id))}
        />
        <Button
          variant="default"
          leftSection={<IconPlus size={16} />}
          onClick={() => setEditing(blankQuestion)}
        >
          {t('questions.new')}
        </Button>
      </div>
      <QuestionEditor
        draft={editing}
        onClose={() => setEditing(null)}
        onSaved={({ id }) => editing?.id === null && add(id)}
      />
    </>
  )
}

type RowProps = {
  item: ItemDraft
  question: Question
  place: { at: number; of: number }
  before: readonly Question[]
  isOpen: boolean
  problem: string | undefined
  onOpen: (open: boolean) => void
  onEdit: () => void
  onMove: (by: -1 | 1) => void
  onDrag: (is: boolean) => void
  onRemove: () => void
  onChange: (patch: Partial<ItemDraft>) => void
}

function Row(props: RowProps) {
  const { item, question, place, before, isOpen, problem, onChange } = props
  const { t } = useTranslation('questionnaires')
  const branchText = useBranchText()
  const name = { question: question.label }
  const { showIf } = item
  const isWhole = showIf === null || ShowIf.safeParse(showIf).success
  return (
    <>
      <div className={classes.head}>
        <span
          className={classes.grip}
          draggable
          aria-hidden
          onDragStart={() => props.onDrag(true)}
          onDragEnd={() => props.onDrag(false)}
        >
          <IconGripVertical size={17} />
        </span>
        <span className={classes.place}>{place.at + 1}.</span>
        <span className={classes.label}>
          {question.label}{' '}
          <Badge variant="light" color="gray" tt="none" size="sm">
            {t(`kinds.${question.kind}`)}
          </Badge>
          {!question.isActive && (
            <Badge variant="light" color="orange" tt="none" size="sm">
              {t('questions.retired')}
            </Badge>
          )}
        </span>
        <span className={classes.tools}>
          <Switch
            size="xs"
            label={t('items.required')}
            checked={item.isRequired}
            aria-label={t('items.requiredNamed', name)}
            onChange={(event) => onChange({ isRequired: event.currentTarget.checked })}
          />
          <Tool
            label={t('items.up', name)}
            disabled={place.at === 0}
            onClick={() => props.onMove(-1)}
          >
            <IconArrowUp size={16} />
          </Tool>
          <Tool
            label={t('items.down', name)}
            disabled={place.at === place.of - 1}
            onClick={() => props.onMove(1)}
          >
            <IconArrowDown size={16} />
          </Tool>
          <Tool label={t('editNamed', { name: question.label })} onClick={props.onEdit}>
            <IconPencil size={16} />
          </Tool>
          <CloseButton size="sm" aria-label={t('items.remove', name)} onClick={props.onRemove} />
        </span>
      </div>
      <div className={classes.when}>
        {showIf === null || isOpen || !isWhole ? (
          <BranchEditor
            showIf={showIf}
            before={before}
            onChange={(next) => {
              props.onOpen(next !== null)
              onChange({ showIf: next })
            }}
          />
        ) : (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            className={classes.sentence ?? ''}
            onClick={() => props.onOpen(true)}
          >
            {branchText(showIf, [...before, question])}
          </Button>
        )}
        {!isWhole && <span className={classes.note}>{t('branch.unfinished')}</span>}
        <FieldError>
          {problem && t(`errors.item-${problem}`, { ...name, position: place.at + 1 })}
        </FieldError>
      </div>
    </>
  )
}

type ToolProps = {
  label: string
  disabled?: boolean
  onClick: () => void
  children: React.ReactNode
}

function Tool({ label, disabled = false, onClick, children }: ToolProps) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={28}
      aria-label={label}
      disabled={disabled}
      onClick={onClick}
    >
      {children}
    </ActionIcon>
  )
}
