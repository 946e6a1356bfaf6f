import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  Modal,
  Stack,
  TextInput,
  Tooltip,
} from '@mantine/core'
import { IconDeviceFloppy, IconTrash } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SavedView, ViewDraft, ViewedList } from '#core/views/view.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { SimpleTable } from '../../ui/simple-table.tsx'
import { useViewChanges, useViews } from './view-data.ts'

type Props = {
  list: ViewedList
  shown: SavedView['state']
  onClose: () => void
}

/** Keeping what is shown under a name, and renaming, sharing or deleting what was kept. */
export function ViewsDialog({ list, shown, onClose }: Props) {
  const { t } = useTranslation('views')
  const views = useViews(list).filter(({ mayChange }) => mayChange)
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack>
        <NewView list={list} shown={shown} onSaved={onClose} />
        {views.length > 0 && <Kept views={views} shown={shown} />}
      </Stack>
    </Modal>
  )
}

/** `state` is of the list named: TypeScript cannot see it through the union. */
const draftOf = (list: ViewedList, rest: Omit<ViewDraft, 'list'>) =>
  ({ list, ...rest }) as ViewDraft

type NewProps = { list: ViewedList; shown: SavedView['state']; onSaved: () => void }

function NewView({ list, shown, onSaved }: NewProps) {
  const { t } = useTranslation('views')
  const problemText = useProblemText()
  const { save } = useViewChanges(list)
  const [name, setName] = useState('')
  const [isShared, setShared] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(draftOf(list, { name, isShared, state: shown }), { onSuccess: onSaved })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <TextInput
          data-autofocus
          required
          maxLength={80}
          label={t('name')}
          description={t(`what.${list}`)}
          value={name}
          error={save.error ? problemText(save.error) : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group justify="space-between">
          <Checkbox
            label={t('share')}
            checked={isShared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
          <Button
            type="submit"
            loading={save.isPending}
            disabled={name.trim() === ''}
            leftSection={<IconDeviceFloppy size={16} />}
          >
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Kept({ views, shown }: { views: readonly SavedView[]; shown: SavedView['state'] }) {
  const { t } = useTranslation('views')
  return (
    <SimpleTable
      label={t('kept')}
      rows={views}
      keyOf={({ id }) => id}
      columns={[
        {
          key: 'name',
          header: t('name'),
          cell: (view) => <NameInput key={view.name} view={view} />,
        },
        { key: 'shared', header: t('isShared'), cell: (view) => <ShareBox view={view} /> },
        {
          key: 'actions',
          header: t('actions'),
          numeric: true,
          cell: (view) => <Actions view={view} shown={shown} />,
        },
      ]}
    />
  )
}

function useChange(view: SavedView) {
  const { change, remove } = useViewChanges(view.list)
  const { id, list, name, isShared, state } = view
  return {
    set: (patch: Partial<Pick<SavedView, 'name' | 'isShared' | 'state'>>) =>
      change.mutate({ id, view: draftOf(list, { name, isShared, state, ...patch }) }),
    remove: () => remove.mutate(id),
  }
}

/** Saved when it is left or with Enter. */
function NameInput({ view }: { view: SavedView }) {
  const { t } = useTranslation('views')
  const { set } = useChange(view)
  const [typed, setTyped] = useState(view.name)
  const save = () => {
    const name = typed.trim()
    if (name !== '' && name !== view.name) set({ name })
  }
  return (
    <TextInput
      size="xs"
      aria-label={t('nameOf', { name: view.name })}
      maxLength={80}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => event.key === 'Enter' && save()}
    />
  )
}

function ShareBox({ view }: { view: SavedView }) {
  const { t } = useTranslation('views')
  const { set } = useChange(view)
  return (
    <Checkbox
      aria-label={t('shareNamed', { name: view.name })}
      checked={view.isShared}
      onChange={(event) => set({ isShared: event.currentTarget.checked })}
    />
  )
}

function Actions({ view, shown }: { view: SavedView; shown: SavedView['state'] }) {
  const { t } = useTranslation('views')
  const { set, remove } = useChange(view)
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      <Tooltip label={t('replace')}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('replaceNamed', { name: view.name })}
          onClick={() => set({ state: shown })}
        >
          <IconDeviceFloppy size={17} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('delete')}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('deleteNamed', { name: view.name })}
          onClick={remove}
        >
          <IconTrash size={17} />
        </ActionIcon>
      </Tooltip>
    </Group>
  )
}
