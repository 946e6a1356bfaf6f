import { ActionIcon, Button, Group, Text, Textarea } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addNote, deleteNote, listNotes } from '#core/parties/api.ts'
import { call } from '../../../platform/call.ts'
import { useFormat } from '../../../platform/format.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { MayTip } from '../../../ui/may-tip.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { useMay } from '../../access/session.ts'
import classes from '../parties.module.css'
import { partyKey, useRefreshParty } from './use-card.ts'

export function NotesPanel({ id }: { id: number }) {
  const { t } = useTranslation('parties')
  const format = useFormat()
  const may = useMay('customers.write')
  const refresh = useRefreshParty(id)
  const problemText = useProblemText()
  const [text, setText] = useState('')
  const { data: notes = [] } = useQuery({
    queryKey: [...partyKey(id), 'notes'],
    queryFn: ({ signal }) => call(listNotes, { id }, signal),
  })
  const add = useMutation({
    mutationFn: () => call(addNote, { id, text }),
    onSuccess: () => {
      setText('')
      return refresh()
    },
  })
  const remove = useMutation({
    mutationFn: (noteId: number) => call(deleteNote, { id, noteId }),
    onSuccess: () => refresh(),
  })
  return (
    <Panel title={t('notes.title')}>
      <Textarea
        aria-label={t('notes.new')}
        placeholder={t('notes.new')}
        autosize
        minRows={2}
        value={text}
        disabled={!may}
        onChange={(event) => setText(event.currentTarget.value)}
        error={add.error ? problemText(add.error) : undefined}
      />
      <Group justify="flex-end" mt="xs">
        <MayTip may={may}>
          {(state) => (
            <Button
              {...state}
              size="compact-sm"
              disabled={state.disabled || text.trim() === ''}
              loading={add.isPending}
              onClick={() => add.mutate()}
            >
              {t('notes.add')}
            </Button>
          )}
        </MayTip>
      </Group>
      {notes.map((note) => (
        <Group key={note.id} wrap="nowrap" align="flex-start" mt="sm" justify="space-between">
          <div>
            <Text size="sm" className={classes.noteText ?? ''}>
              {note.text}
            </Text>
            <span className={classes.meta}>
              {note.authorName} · {format.instant(note.at)}
            </span>
          </div>
          {may && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('notes.delete')}
              onClick={() => remove.mutate(note.id)}
            >
              <IconTrash size={16} />
            </ActionIcon>
          )}
        </Group>
      ))}
    </Panel>
  )
}
