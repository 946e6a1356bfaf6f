import {
  ActionIcon,
  Button,
  CloseButton,
  Group,
  Select,
  Stack,
  Switch,
  Textarea,
  TextInput,
} from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { fold } from '#core/kernel/fold.ts'
import { createQuestion, updateQuestion } from '#core/questionnaires/api.ts'
import {
  type Choice,
  hasChoices,
  type Question,
  type QuestionKind,
  questionKinds,
} from '#core/questionnaires/question.ts'
import { call } from '../../platform/call.ts'
import { EntryEditor } from '../parties/settings/entry-editor.tsx'
import { useRefreshQuestionnaires } from './questionnaire-data.ts'

export type QuestionDraft = Omit<Question, 'id'> & { id: number | null }

export const blankQuestion: QuestionDraft = {
  id: null,
  code: '',
  kind: 'yes-no',
  label: '',
  help: '',
  choices: [],
  isActive: true,
  version: 1,
}

/** A code from a label, as messages and files write it: capitals, figures, underscores. */
export const codeFrom = (label: string) =>
  fold(label)
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '')
    .slice(0, 24)
    .replace(/_+$/, '')

type Props = {
  /** Null closes the dialog. */
  draft: QuestionDraft | null
  onClose: () => void
  onSaved?: (question: Question) => void
}

export function QuestionEditor({ draft, onClose, onSaved }: Props) {
  const { t } = useTranslation('questionnaires')
  const refresh = useRefreshQuestionnaires()
  const save = async ({ id, code, ...question }: QuestionDraft) => {
    const choices = hasChoices(question.kind) ? question.choices : []
    const saved =
      id === null
        ? await call(createQuestion, {
            ...question,
            choices,
            code: code || codeFrom(question.label) || 'Q',
          })
        : await call(updateQuestion, { ...question, choices, id })
    await refresh()
    onSaved?.(saved)
  }
  return (
    <EntryEditor
      draft={draft}
      title={t(draft?.id === null ? 'questions.new' : 'questions.edit')}
      onClose={onClose}
      onSave={save}
      fields={(question, change) => <Fields question={question} onChange={change} />}
    />
  )
}

type FieldsProps = { question: QuestionDraft; onChange: (patch: Partial<QuestionDraft>) => void }

function Fields({ question, onChange }: FieldsProps) {
  const { t } = useTranslation('questionnaires')
  return (
    <>
      <Textarea
        data-autofocus
        required
        autosize
        minRows={1}
        label={t('questions.label')}
        placeholder={t('questions.labelExample')}
        maxLength={300}
        value={question.label}
        onChange={(event) => onChange({ label: event.currentTarget.value })}
      />
      <Group grow align="flex-start">
        <Select
          label={t('questions.kind')}
          data={questionKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          value={question.kind}
          allowDeselect={false}
          onChange={(value) => onChange({ kind: kindOf(value) })}
        />
        <TextInput
          label={t('questions.code')}
          description={t('questions.codeText', {
            open: '{{',
            code: question.code || codeFrom(question.label) || 'CODE',
            close: '}}',
          })}
          placeholder={codeFrom(question.label)}
          value={question.code}
          disabled={question.id !== null}
          maxLength={40}
          onChange={(event) => onChange({ code: event.currentTarget.value })}
        />
      </Group>
      {hasChoices(question.kind) && (
        <ChoicesEditor choices={question.choices} onChange={(choices) => onChange({ choices })} />
      )}
      <Textarea
        autosize
        minRows={1}
        label={t('questions.help')}
        description={t('questions.helpText')}
        maxLength={1_000}
        value={question.help}
        onChange={(event) => onChange({ help: event.currentTarget.value })}
      />
      {question.id !== null && (
        <Switch
          label={t('questions.active')}
          description={t('questions.activeText')}
          checked={question.isActive}
          onChange={(event) => onChange({ isActive: event.currentTarget.checked })}
        />
      )}
    </>
  )
}

const kindOf = (value: string | null): QuestionKind =>
  questionKinds.find((known) => known === value) ?? 'text'

/** A choice keeps the code of its first label, so renaming it later loses nothing. */
function ChoicesEditor(props: {
  choices: readonly Choice[]
  onChange: (choices: Choice[]) => void
}) {
  const { t } = useTranslation('questionnaires')
  const { choices, onChange } = props
  const rename = (at: number, label: string) =>
    onChange(choices.map((choice, index) => (index === at ? renamed(choices, at, label) : choice)))
  const move = (at: number, by: -1 | 1) => {
    const rest = choices.filter((_, index) => index !== at)
    const moved = choices[at]
    if (moved) onChange([...rest.slice(0, at + by), moved, ...rest.slice(at + by)])
  }
  const step = (at: number, by: -1 | 1) => (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={t(by < 0 ? 'questions.choiceUp' : 'questions.choiceDown', { n: at + 1 })}
      disabled={at + by < 0 || at + by >= choices.length}
      onClick={() => move(at, by)}
    >
      {by < 0 ? <IconArrowUp size={15} /> : <IconArrowDown size={15} />}
    </ActionIcon>
  )
  return (
    <Stack gap={6}>
      {choices.map((choice, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: its code follows what is typed, its place does not
        <Group key={at} gap={2} wrap="nowrap">
          <TextInput
            flex={1}
            required
            aria-label={t('questions.choice', { n: at + 1 })}
            placeholder={t('questions.choice', { n: at + 1 })}
            maxLength={120}
            value={choice.label}
            onChange={(event) => rename(at, event.currentTarget.value)}
          />
          {step(at, -1)}
          {step(at, 1)}
          <CloseButton
            aria-label={t('deleteNamed', { name: choice.label })}
            onClick={() => onChange(choices.filter((_, index) => index !== at))}
          />
        </Group>
      ))}
      <div>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={15} />}
          onClick={() => onChange([...choices, { code: freeCode(choices), label: '' }])}
        >
          {t('questions.addChoice')}
        </Button>
      </div>
    </Stack>
  )
}

function freeCode(choices: readonly Choice[]): string {
  let number = choices.length + 1
  while (choices.some(({ code }) => code === `choix-${number}`)) number++
  return `choix-${number}`
}

/** A choice not yet named takes its code from its label. */
function renamed(choices: readonly Choice[], at: number, label: string): Choice {
  const choice = choices[at] ?? { code: freeCode(choices), label }
  const wanted = codeFrom(label).toLowerCase().replaceAll('_', '-')
  const before = codeFrom(choice.label).toLowerCase().replaceAll('_', '-')
  const isUnnamed = choice.code.startsWith('choix-') || choice.code === before
  const isTaken = choices.some(({ code }, index) => index !== at && code === wanted)
  return { code: isUnnamed && wanted && !isTaken ? wanted : choice.code, label }
}
