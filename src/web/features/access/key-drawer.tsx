import { Button, Drawer, Group, MultiSelect, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { createKey, deleteKey, updateKey } from '#core/access/api.ts'
import type { KeyDraft, KeyView } from '#core/access/key.ts'
import { type GroupView, PersonName, type UserView } from '#core/access/user.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { useKeysChanged } from './people-data.ts'

type Props = {
  /** The key to change; without one a new key is made. */
  held?: KeyView | undefined
  opened: boolean
  users: readonly UserView[]
  groups: readonly GroupView[]
  onClose: () => void
}

export function KeyDrawer({ opened, ...props }: Props) {
  const { t } = useTranslation('access')
  return (
    <Drawer
      opened={opened}
      onClose={props.onClose}
      position="right"
      size={520}
      title={props.held?.label ?? t('keys.create')}
      closeOnClickOutside={false}
    >
      <KeyForm key={props.held?.id ?? 'new'} {...props} />
    </Drawer>
  )
}

function KeyForm({ held, users, groups, onClose }: Omit<Props, 'opened'>) {
  const { t } = useTranslation('access')
  const problemText = useProblemText()
  const changed = useKeysChanged()
  const form = useForm<KeyDraft>({
    initialValues: held
      ? { label: held.label, userIds: held.userIds, groupIds: held.groupIds }
      : { label: '', userIds: [], groupIds: [] },
    validate: {
      label: (value) => (PersonName.safeParse(value).success ? null : t('fields.nameInvalid')),
    },
  })
  const done = async () => {
    await changed()
    notifications.show({ message: t('people.saved') })
    onClose()
  }
  const save = useMutation({
    mutationFn: async (draft: KeyDraft) => {
      if (held) await call(updateKey, { ...draft, id: held.id })
      else await call(createKey, draft)
    },
    onSuccess: done,
  })
  const remove = useMutation({
    mutationFn: (id: number) => call(deleteKey, { id }),
    onSuccess: done,
  })
  const error = save.error ?? remove.error
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack>
        <TextInput
          label={t('fields.name')}
          description={t('keys.nameHelp')}
          required
          data-autofocus
          {...form.getInputProps('label')}
        />
        <MultiSelect
          label={t('keys.users')}
          data={users.map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` }))}
          searchable
          {...form.getInputProps('userIds')}
        />
        <MultiSelect
          label={t('keys.groups')}
          data={groups.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={form.values.groupIds.map(String)}
          onChange={(ids) => form.setFieldValue('groupIds', ids.map(Number))}
          disabled={groups.length === 0}
          searchable
        />
        <FieldError>{error && problemText(error)}</FieldError>
        <Group justify="space-between">
          {held ? (
            <Button
              variant="subtle"
              color="red"
              loading={remove.isPending}
              onClick={() => remove.mutate(held.id)}
            >
              {t('keys.remove')}
            </Button>
          ) : (
            <span />
          )}
          <Group>
            <Button variant="default" onClick={onClose}>
              {t('people.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
              {t(held ? 'account.save' : 'keys.create')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  )
}
