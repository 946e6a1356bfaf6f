import { Button, Drawer, Group, Modal, MultiSelect, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { createGroup, deleteGroup, updateGroup } from '#core/access/api.ts'
import {
  type GroupDraft,
  type GroupView,
  PersonName,
  type Role,
  roles,
  type UserView,
} from '#core/access/user.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { usePeopleChanged } from './people-data.ts'
import { RightsField } from './rights-field.tsx'

type Props = {
  /** The group to change; without one a new group is made. */
  group?: GroupView | undefined
  /** Where a new group starts from. */
  role?: Role | undefined
  opened: boolean
  users: readonly UserView[]
  onClose: () => void
}

export function GroupDrawer({ opened, ...props }: Props) {
  const { t } = useTranslation('access')
  const { group, role, onClose } = props
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size={520}
      title={group?.name ?? t('people.newGroup')}
      closeOnClickOutside={false}
    >
      <GroupForm key={group?.id ?? role ?? 'new'} {...props} />
    </Drawer>
  )
}

export const roleNames = ['marketing', 'cashier', 'phone-agent', 'administrator'] as const

function GroupForm({ group, role, users, onClose }: Omit<Props, 'opened'>) {
  const { t } = useTranslation('access')
  const problemText = useProblemText()
  const changed = usePeopleChanged()
  const form = useForm<GroupDraft>({
    initialValues: group ?? {
      name: role ? t(`roles.${role}`) : '',
      rights: role ? [...roles[role]] : [],
      memberIds: [],
    },
    validate: {
      name: (value) => (PersonName.safeParse(value).success ? null : t('fields.nameInvalid')),
    },
  })
  const save = useMutation({
    mutationFn: async (draft: GroupDraft) => {
      if (group) await call(updateGroup, { ...draft, id: group.id })
      else await call(createGroup, draft)
    },
    onSuccess: async () => {
      await changed()
      notifications.show({ message: t('people.saved') })
      onClose()
    },
  })
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack>
        <TextInput
          label={t('people.groupName')}
          required
          data-autofocus
          {...form.getInputProps('name')}
        />
        <MultiSelect
          label={t('people.members')}
          data={users.map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` }))}
          searchable
          {...form.getInputProps('memberIds')}
        />
        <Stack gap="xs">
          <Text size="sm" fw={500}>
            {t('people.startFrom')}
          </Text>
          <Group gap="xs">
            {roleNames.map((name) => (
              <Button
                key={name}
                size="compact-sm"
                variant="default"
                onClick={() => form.setFieldValue('rights', [...roles[name]])}
              >
                {t(`roles.${name}`)}
              </Button>
            ))}
          </Group>
        </Stack>
        <RightsField
          value={form.values.rights}
          onChange={(given) => form.setFieldValue('rights', given)}
        />
        <FieldError>{save.error && problemText(save.error)}</FieldError>
        <Group justify="space-between">
          {group ? <DeleteGroup group={group} onDeleted={onClose} /> : <span />}
          <Group>
            <Button variant="default" onClick={onClose}>
              {t('people.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty() && !role}>
              {t(group ? 'account.save' : 'people.createGroup')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  )
}

function DeleteGroup({ group, onDeleted }: { group: GroupView; onDeleted: () => void }) {
  const { t } = useTranslation('access')
  const problemText = useProblemText()
  const changed = usePeopleChanged()
  const [asking, ask] = useDisclosure()
  const remove = useMutation({
    mutationFn: () => call(deleteGroup, { id: group.id }),
    onSuccess: async () => {
      ask.close()
      onDeleted()
      await changed()
    },
  })
  return (
    <>
      <Button variant="subtle" color="red" onClick={ask.open}>
        {t('people.deleteGroup')}
      </Button>
      <Modal
        opened={asking}
        onClose={ask.close}
        title={t('people.deleteGroupTitle', { name: group.name })}
      >
        <Stack>
          <Text size="sm">{t('people.deleteGroupText', { count: group.memberIds.length })}</Text>
          <FieldError>{remove.error && problemText(remove.error)}</FieldError>
          <Group justify="flex-end">
            <Button variant="default" onClick={ask.close} data-autofocus>
              {t('people.cancel')}
            </Button>
            <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
              {t('people.deleteGroup')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
