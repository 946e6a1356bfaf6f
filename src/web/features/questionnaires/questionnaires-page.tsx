import { ActionIcon, Anchor, Badge, Button, Tabs, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconCopy, IconMessageQuestion, IconPlus } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import {
  deleteQuestion,
  deleteQuestionnaire,
  duplicateQuestionnaire,
  type QuestionnaireSummary,
} from '#core/questionnaires/api.ts'
import type { Question } from '#core/questionnaires/question.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { useUrlState } from '../../platform/url-state.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Panel } from '../../ui/panel.tsx'
import { SimpleTable } from '../../ui/simple-table.tsx'
import { ConfirmDelete, RowActions } from '../parties/settings/entry-editor.tsx'
import { blankQuestion, type QuestionDraft, QuestionEditor } from './question-editor.tsx'
import {
  useAnswerCounts,
  useQuestionnaires,
  useQuestions,
  useRefreshQuestionnaires,
} from './questionnaire-data.ts'

const tabs = ['questionnaires', 'questions'] as const
const State = z.object({ tab: z.enum(tabs).default('questionnaires').catch('questionnaires') })

/** Settings: the questionnaires and the catalogue of questions they ask. */
export function QuestionnairesPage() {
  const { t } = useTranslation('questionnaires')
  const [{ tab }, setState] = useUrlState(State)
  const [editing, setEditing] = useState<QuestionDraft | null>(null)
  return (
    <Page>
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle')}
        actions={
          tab === 'questions' ? (
            <Button leftSection={<IconPlus size={17} />} onClick={() => setEditing(blankQuestion)}>
              {t('questions.new')}
            </Button>
          ) : (
            <NewButton />
          )
        }
      />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) => setState({ tab: State.shape.tab.parse(next) })}
      >
        <Tabs.List mb="md">
          {tabs.map((key) => (
            <Tabs.Tab key={key} value={key}>
              {t(`tabs.${key}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="questionnaires">
          <QuestionnaireTable />
        </Tabs.Panel>
        <Tabs.Panel value="questions">
          <QuestionTable onEdit={setEditing} />
        </Tabs.Panel>
      </Tabs>
      <QuestionEditor draft={editing} onClose={() => setEditing(null)} />
    </Page>
  )
}

function NewButton() {
  const { t } = useTranslation('questionnaires')
  return (
    <Button
      renderRoot={(props) => (
        <Link to="/settings/questionnaires/$id" params={{ id: 'new' }} {...props} />
      )}
      leftSection={<IconPlus size={17} />}
    >
      {t('new')}
    </Button>
  )
}

/** A change of the lists, with the refusal told. */
function useChange<Input>(change: (input: Input) => Promise<unknown>) {
  const refresh = useRefreshQuestionnaires()
  const problemText = useProblemText()
  return useMutation({
    mutationFn: change,
    onSuccess: refresh,
    onError: (error) => notifications.show({ color: 'red', message: problemText(error) }),
  })
}

/** `CODE-2`, `CODE-3` … the first that is free. */
function freeCode(code: string, taken: readonly string[]): string {
  const stem = code.slice(0, 36)
  let number = 2
  while (taken.includes(`${stem}-${number}`.toLowerCase())) number++
  return `${stem}-${number}`
}

function QuestionnaireTable() {
  const { t } = useTranslation('questionnaires')
  const format = useFormat()
  const navigate = useNavigate()
  const { data } = useQuestionnaires()
  const { data: counts } = useAnswerCounts()
  const [doomed, setDoomed] = useState<QuestionnaireSummary | null>(null)
  const remove = useChange((id: number) => call(deleteQuestionnaire, { id }))
  const open = (id: number) =>
    navigate({ to: '/settings/questionnaires/$id', params: { id: String(id) } })
  const copy = useChange(async ({ id, code, label }: QuestionnaireSummary) => {
    const taken = (data ?? []).map((each) => each.code.toLowerCase())
    const made = await call(duplicateQuestionnaire, {
      id,
      code: freeCode(code, taken),
      label: t('copyOf', { label }).slice(0, 120),
    })
    await open(made.id)
  })
  if (!data) return null
  if (data.length === 0)
    return (
      <EmptyState
        icon={<IconMessageQuestion size={22} />}
        title={t('none')}
        description={t('noneText')}
      />
    )
  return (
    <Panel flush>
      <SimpleTable
        label={t('title')}
        rows={data}
        keyOf={({ id }) => id}
        rowHeader
        columns={[
          { key: 'label', header: t('label'), cell: (row) => <Name row={row} /> },
          { key: 'code', header: t('code'), cell: ({ code }) => <code>{code}</code> },
          {
            key: 'questions',
            header: t('tabs.questions'),
            numeric: true,
            cell: ({ questions }) => format.integer(questions),
          },
          {
            key: 'people',
            header: t('people'),
            numeric: true,
            cell: ({ id }) => counts && format.integer(counts.questionnaires[id] ?? 0),
          },
          {
            key: 'actions',
            header: t('actions'),
            numeric: true,
            cell: (row) => (
              <RowActions
                name={row.label}
                onEdit={() => void open(row.id)}
                onDelete={() => setDoomed(row)}
                more={
                  <Tooltip label={t('duplicate')}>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={t('duplicateNamed', { name: row.label })}
                      onClick={() => copy.mutate(row)}
                    >
                      <IconCopy size={17} />
                    </ActionIcon>
                  </Tooltip>
                }
              />
            ),
          },
        ]}
      />
      <ConfirmDelete
        opened={doomed !== null}
        title={t('deleteNamed', { name: doomed?.label ?? '' })}
        text={t('deleteText')}
        onClose={() => setDoomed(null)}
        onConfirm={() => doomed && remove.mutate(doomed.id)}
      />
    </Panel>
  )
}

function Name({ row }: { row: QuestionnaireSummary }) {
  const { t } = useTranslation('questionnaires')
  return (
    <>
      <Anchor
        inherit
        renderRoot={(props) => (
          <Link to="/settings/questionnaires/$id" params={{ id: String(row.id) }} {...props} />
        )}
      >
        {row.label}
      </Anchor>{' '}
      {!row.isActive && <Retired label={t('inactive')} />}
    </>
  )
}

const Retired = ({ label }: { label: string }) => (
  <Badge variant="light" color="orange" tt="none" size="sm">
    {label}
  </Badge>
)

function QuestionTable({ onEdit }: { onEdit: (question: QuestionDraft) => void }) {
  const { t } = useTranslation('questionnaires')
  const format = useFormat()
  const { data } = useQuestions()
  const { data: counts } = useAnswerCounts()
  const [doomed, setDoomed] = useState<Question | null>(null)
  const remove = useChange((id: number) => call(deleteQuestion, { id }))
  if (!data) return null
  if (data.length === 0)
    return (
      <EmptyState
        icon={<IconMessageQuestion size={22} />}
        title={t('questions.none')}
        description={t('questions.noneText')}
      />
    )
  return (
    <Panel flush>
      <SimpleTable
        label={t('tabs.questions')}
        rows={data}
        keyOf={({ id }) => id}
        rowHeader
        columns={[
          {
            key: 'label',
            header: t('questions.label'),
            cell: ({ label, isActive }) => (
              <>
                {label} {!isActive && <Retired label={t('questions.retired')} />}
              </>
            ),
          },
          { key: 'code', header: t('code'), cell: ({ code }) => <code>{code}</code> },
          { key: 'kind', header: t('questions.kind'), cell: ({ kind }) => t(`kinds.${kind}`) },
          {
            key: 'answers',
            header: t('people'),
            numeric: true,
            cell: ({ id }) => counts && format.integer(counts.questions[id] ?? 0),
          },
          {
            key: 'actions',
            header: t('actions'),
            numeric: true,
            cell: (question) => (
              <RowActions
                name={question.label}
                onEdit={() => onEdit(question)}
                onDelete={() => setDoomed(question)}
              />
            ),
          },
        ]}
      />
      <ConfirmDelete
        opened={doomed !== null}
        title={t('deleteNamed', { name: doomed?.label ?? '' })}
        text={t('questions.deleteText')}
        onClose={() => setDoomed(null)}
        onConfirm={() => doomed && remove.mutate(doomed.id)}
      />
    </Panel>
  )
}
