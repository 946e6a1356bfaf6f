import { Alert, Anchor, Switch, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnswerValue } from '#core/questionnaires/answer.ts'
import { createQuestionnaire, updateQuestionnaire } from '#core/questionnaires/api.ts'
import type { Question } from '#core/questionnaires/question.ts'
import {
  checkItems,
  type ItemDraft,
  type Questionnaire,
  QuestionnaireDraft,
  ShowIf,
} from '#core/questionnaires/questionnaire.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Panel } from '../../ui/panel.tsx'
import { SaveBar } from '../../ui/save-bar.tsx'
import { ItemList } from './item-list.tsx'
import { codeFrom } from './question-editor.tsx'
import { questionnaireQuery, useQuestions, useRefreshQuestionnaires } from './questionnaire-data.ts'
import classes from './questionnaire-editor.module.css'
import { QuestionnaireForm } from './questionnaire-form.tsx'

const blank: QuestionnaireDraft = {
  code: '',
  label: '',
  description: '',
  isActive: true,
  items: [],
}

/** One questionnaire: what it asks, in which order, and how it will look. */
export function QuestionnairePage() {
  const { id } = useParams({ from: '/settings/questionnaires/$id' })
  const isNew = id === 'new'
  const problemText = useProblemText()
  const { data, error } = useQuery({ ...questionnaireQuery(Number(id)), enabled: !isNew })
  const { data: questions } = useQuestions()
  if (error)
    return (
      <Page>
        <Alert color="red" variant="light" role="alert">
          {problemText(error)}
        </Alert>
      </Page>
    )
  if (!questions || (!isNew && !data)) return <Page>{null}</Page>
  return (
    <Editor
      key={data ? `${data.id} ${data.version}` : 'new'}
      saved={isNew ? undefined : data}
      questions={questions}
    />
  )
}

function draftOf({ code, label, description, isActive, items }: Questionnaire): QuestionnaireDraft {
  return {
    code,
    label,
    description,
    isActive,
    items: items.map(({ question, isRequired, showIf }) => ({
      questionId: question.id,
      isRequired,
      showIf,
    })),
  }
}

type EditorProps = { saved: Questionnaire | undefined; questions: readonly Question[] }

function Editor({ saved, questions }: EditorProps) {
  const { t } = useTranslation('questionnaires')
  const start = saved ? draftOf(saved) : blank
  const [draft, setDraft] = useState(start)
  const change = (patch: Partial<QuestionnaireDraft>) => setDraft({ ...draft, ...patch })
  const whole = { ...draft, code: draft.code || codeFrom(draft.label) }
  const save = useSave(saved, whole)
  const problem = useDraftProblem(whole, questions)
  const problemText = useProblemText()
  const dirty = JSON.stringify(draft) !== JSON.stringify(start)
  return (
    <Page>
      <Anchor size="sm" renderRoot={(props) => <Link to="/settings/questionnaires" {...props} />}>
        {t('backToList')}
      </Anchor>
      <PageHeader title={saved?.label ?? t('new')} subtitle={t('editorText')} />
      <div className={classes.columns}>
        <div className={classes.stack}>
          <Panel title={t('details')}>
            <Details draft={draft} onChange={change} />
          </Panel>
          <Panel title={t('items.title')}>
            <ItemList
              items={draft.items}
              questions={questions}
              onChange={(items) => change({ items })}
            />
          </Panel>
        </div>
        <Preview items={draft.items} questions={questions} />
      </div>
      <SaveBar
        dirty={dirty && !save.isSuccess}
        saving={save.isPending}
        onSave={() => problem === undefined && save.mutate()}
        onReset={() => {
          save.reset()
          setDraft(start)
        }}
        problem={problem ?? (save.error ? problemText(save.error) : undefined)}
      />
    </Page>
  )
}

function useSave(saved: Questionnaire | undefined, draft: QuestionnaireDraft) {
  const { t } = useTranslation('questionnaires')
  const client = useQueryClient()
  const refresh = useRefreshQuestionnaires()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: () =>
      saved
        ? call(updateQuestionnaire, { ...draft, id: saved.id, version: saved.version })
        : call(createQuestionnaire, draft),
    onSuccess: async (questionnaire) => {
      client.setQueryData(questionnaireQuery(questionnaire.id).queryKey, questionnaire)
      notifications.show({ message: t('saved') })
      if (!saved)
        await navigate({
          to: '/settings/questionnaires/$id',
          params: { id: String(questionnaire.id) },
          replace: true,
          ignoreBlocker: true,
        })
      await refresh()
    },
  })
}

/** Why the draft cannot be saved yet; undefined when it can. */
function useDraftProblem(draft: QuestionnaireDraft, questions: readonly Question[]) {
  const { t } = useTranslation('questionnaires')
  const known = new Map(questions.map((question) => [question.id, question]))
  if (draft.items.some(({ showIf }) => showIf && !ShowIf.safeParse(showIf).success))
    return t('branch.unfinished')
  const [wrong] = checkItems(draft.items, known)
  if (wrong) {
    const position = draft.items.findIndex(({ questionId }) => questionId === wrong.questionId) + 1
    const question = known.get(wrong.questionId)?.label ?? ''
    return t(`errors.item-${wrong.reason}`, { question, position })
  }
  const parsed = QuestionnaireDraft.safeParse(draft)
  if (parsed.success) return undefined
  return t(parsed.error.issues[0]?.path[0] === 'code' ? 'errors.code' : 'errors.label')
}

type DetailsProps = {
  draft: QuestionnaireDraft
  onChange: (patch: Partial<QuestionnaireDraft>) => void
}

function Details({ draft, onChange }: DetailsProps) {
  const { t } = useTranslation('questionnaires')
  return (
    <div className={classes.details}>
      <TextInput
        required
        label={t('label')}
        value={draft.label}
        maxLength={120}
        onChange={(event) => onChange({ label: event.currentTarget.value })}
      />
      <TextInput
        label={t('code')}
        placeholder={codeFrom(draft.label)}
        value={draft.code}
        maxLength={40}
        onChange={(event) => onChange({ code: event.currentTarget.value })}
      />
      <Textarea
        className={classes.whole ?? ''}
        autosize
        minRows={2}
        label={t('description')}
        description={t('descriptionText')}
        value={draft.description}
        maxLength={2_000}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
      />
      <Switch
        className={classes.whole ?? ''}
        label={t('active')}
        checked={draft.isActive}
        onChange={(event) => onChange({ isActive: event.currentTarget.checked })}
      />
    </div>
  )
}

type PreviewProps = { items: readonly ItemDraft[]; questions: readonly Question[] }

/** The form as it will be asked; what is answered here is kept nowhere. */
function Preview({ items, questions }: PreviewProps) {
  const { t } = useTranslation('questionnaires')
  const [answers, setAnswers] = useState<ReadonlyMap<number, AnswerValue | null>>(new Map())
  const asked = items.flatMap(({ questionId, isRequired, showIf }, at) => {
    const question = questions.find(({ id }) => id === questionId)
    const when = ShowIf.nullable().safeParse(showIf)
    return question && when.success
      ? [{ question, position: at + 1, isRequired, showIf: when.data }]
      : []
  })
  return (
    <Panel title={t('preview')} className={classes.preview ?? ''}>
      {asked.length === 0 ? (
        <p className={classes.note}>{t('previewEmpty')}</p>
      ) : (
        <>
          <p className={classes.note}>{t('previewText')}</p>
          <QuestionnaireForm
            questionnaire={{ items: asked }}
            answers={answers}
            onChange={(questionId, value) => setAnswers(new Map(answers).set(questionId, value))}
          />
        </>
      )}
    </Panel>
  )
}
