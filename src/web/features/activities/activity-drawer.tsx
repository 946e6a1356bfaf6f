import { Button, Drawer, Group, Skeleton } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ActivityView } from '#core/activities/activity.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { ActivityAttachments } from './activity-attachments.tsx'
import { activityQuery, useActivityTables } from './activity-data.ts'
import { ActivityForm } from './activity-form.tsx'
import { ActivityLinks } from './activity-links.tsx'
import { ActivityStateBar } from './activity-state-bar.tsx'
import { type DraftStart, draftOf, newDraft } from './draft.ts'

/** An activity by its id, or a new one. */
export type Opened = number | 'new'

type Props = { opened: Opened | null; start: DraftStart; onChange: (opened: Opened | null) => void }

/** One activity at the side of the list it stands in: to read, change, complete and answer. */
export function ActivityDrawer({ opened, start, onChange }: Props) {
  const { t } = useTranslation('activities')
  const [answers, setAnswers] = useState<ActivityView | null>(null)
  const close = () => {
    setAnswers(null)
    onChange(null)
  }
  const show = (id: number) => {
    setAnswers(null)
    onChange(id)
  }
  const title = answers ? t('response') : t(opened === 'new' ? 'new' : 'activity')
  return (
    <Drawer
      opened={opened !== null}
      onClose={close}
      position="right"
      size="lg"
      title={title}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {opened === 'new' && <Fresh start={start} onMade={show} onCancel={close} />}
      {typeof opened === 'number' && answers && (
        <Fresh
          key={answers.id}
          start={{
            cause: { id: answers.id, label: answers.subject },
            ...(answers.party
              ? { partyId: answers.party.id, partyLabel: answers.party.label }
              : {}),
          }}
          onMade={show}
          onCancel={() => setAnswers(null)}
        />
      )}
      {typeof opened === 'number' && !answers && (
        <Existing id={opened} onShow={show} onAnswer={setAnswers} onClose={close} />
      )}
    </Drawer>
  )
}

type FreshProps = { start: DraftStart; onMade: (id: number) => void; onCancel: () => void }

function Fresh({ start, onMade, onCancel }: FreshProps) {
  const { types, loaded } = useActivityTables()
  const [first] = types.filter(({ isActive }) => isActive)
  if (!loaded || !first) return <Skeleton height={300} />
  return (
    <ActivityForm
      start={newDraft(first, start)}
      activity={null}
      onSaved={({ id }) => onMade(id)}
      onCancel={onCancel}
    />
  )
}

type ExistingProps = {
  id: number
  onShow: (id: number) => void
  onAnswer: (activity: ActivityView) => void
  onClose: () => void
}

function Existing({ id, onShow, onAnswer, onClose }: ExistingProps) {
  const { t } = useTranslation('activities')
  const problemText = useProblemText()
  const { data, error } = useQuery(activityQuery(id))
  if (error && !data) return <FieldError>{problemText(error)}</FieldError>
  if (!data) return <Skeleton height={300} />
  return (
    <>
      <ActivityStateBar activity={data} onDeleted={onClose} />
      <ActivityForm
        // A change by somebody else starts the form anew only when it is opened again: nothing typed is lost.
        key={`${data.id} ${data.version}`}
        start={draftOf(data)}
        activity={data}
        onSaved={() => {}}
        onCancel={onClose}
      />
      <ActivityLinks activity={data} onShow={onShow} />
      <Group justify="flex-end" mt="sm">
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconArrowBackUp size={15} />}
          onClick={() => onAnswer(data)}
        >
          {t('respond')}
        </Button>
      </Group>
      <ActivityAttachments activity={data} />
    </>
  )
}
