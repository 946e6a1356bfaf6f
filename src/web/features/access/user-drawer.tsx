import {
  Alert,
  Button,
  Divider,
  Drawer,
  Group,
  MultiSelect,
  Select,
  Stack,
  Switch,
  Text,
  TextInput,
  Title,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { createUser, issueLink, updateUser } from '#core/access/api.ts'
import { effectiveRights } from '#core/access/effective.ts'
import {
  type GroupView,
  LoginEmail,
  PersonName,
  type UserDraft,
  type UserView,
} from '#core/access/user.ts'
import { Locale } from '#core/kernel/values.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { IssuedLinkBox } from './issued-link.tsx'
import { usePeopleChanged } from './people-data.ts'
import { EffectiveKeys, EffectiveRights, RightsField } from './rights-field.tsx'

type Props = {
  /** The user to change; without one a new user is invited. */
  user?: UserView | undefined
  opened: boolean
  groups: readonly GroupView[]
  onClose: () => void
}

export function UserDrawer({ user, opened, groups, onClose }: Props) {
  const { t } = useTranslation('access')
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size={520}
      title={user?.name ?? t('people.invite')}
      closeOnClickOutside={false}
    >
      <UserForm key={user?.id ?? 'new'} user={user} groups={groups} onClose={onClose} />
    </Drawer>
  )
}

type Values = UserDraft & { isActive: boolean }

const blank = (locale: Locale): Values => ({
  name: '',
  email: '',
  locale,
  rights: [],
  groupIds: [],
  isActive: true,
})

function UserForm({ user, groups, onClose }: Omit<Props, 'opened'>) {
  const { t, i18n } = useTranslation('access')
  const problemText = useProblemText()
  const changed = usePeopleChanged()
  const form = useForm<Values>({
    initialValues: user ?? blank(Locale.parse(i18n.language)),
    validate: {
      name: (value) => (PersonName.safeParse(value).success ? null : t('fields.nameInvalid')),
      email: (value) => (LoginEmail.safeParse(value).success ? null : t('fields.emailInvalid')),
    },
  })
  const save = useMutation({
    mutationFn: async ({ isActive, ...draft }: Values) => {
      if (!user) return call(createUser, draft)
      await call(updateUser, { ...draft, id: user.id, isActive })
      return null
    },
    onSuccess: async (created) => {
      await changed()
      if (created) return
      notifications.show({ message: t('people.saved') })
      onClose()
    },
  })
  if (save.data) {
    return (
      <Stack>
        <IssuedLinkBox link={save.data.link} text={t('people.invited')} />
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('people.done')}</Button>
        </Group>
      </Stack>
    )
  }
  const through = groups.filter(({ id }) => form.values.groupIds.includes(id))
  const effective = effectiveRights(form.values.rights, through)
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack>
        <TextInput
          label={t('fields.name')}
          required
          data-autofocus
          {...form.getInputProps('name')}
        />
        <TextInput
          label={t('fields.email')}
          type="email"
          required
          {...form.getInputProps('email')}
        />
        <Select
          label={t('fields.locale')}
          data={Locale.options.map((value) => ({ value, label: t(`locales.${value}`) }))}
          allowDeselect={false}
          {...form.getInputProps('locale')}
        />
        <MultiSelect
          label={t('people.groups')}
          data={groups.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={form.values.groupIds.map(String)}
          onChange={(ids) => form.setFieldValue('groupIds', ids.map(Number))}
          disabled={groups.length === 0}
          searchable
        />
        <Divider />
        <Title order={3} fz="md">
          {t('people.ownRights')}
        </Title>
        <RightsField
          value={form.values.rights}
          onChange={(given) => form.setFieldValue('rights', given)}
          effective={effective}
        />
        <Divider />
        <Title order={3} fz="md">
          {t('people.effective')}
        </Title>
        <EffectiveRights effective={effective} />
        {user && (
          <>
            <Title order={3} fz="md">
              {t('keys.effective')}
            </Title>
            <EffectiveKeys keys={user.keys} />
          </>
        )}
        {user && (
          <Switch
            label={t('people.active')}
            description={t('people.activeText')}
            {...form.getInputProps('isActive', { type: 'checkbox' })}
          />
        )}
        <FieldError>{save.error && problemText(save.error)}</FieldError>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('people.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            {t(user ? 'account.save' : 'people.inviteAction')}
          </Button>
        </Group>
        {user?.isActive && <NewLink user={user} />}
      </Stack>
    </form>
  )
}

function NewLink({ user }: { user: UserView }) {
  const { t } = useTranslation('access')
  const problemText = useProblemText()
  const issue = useMutation({ mutationFn: () => call(issueLink, { id: user.id }) })
  return (
    <Alert variant="light" color="gray" title={t('people.access')}>
      {issue.data ? (
        <IssuedLinkBox link={issue.data} text={t('people.linkText')} />
      ) : (
        <Stack gap="sm" align="flex-start">
          <Text size="sm">{t(user.hasPassword ? 'people.resetText' : 'people.waiting')}</Text>
          <FieldError>{issue.error && problemText(issue.error)}</FieldError>
          <Button variant="default" loading={issue.isPending} onClick={() => issue.mutate()}>
            {t('people.issueLink')}
          </Button>
        </Stack>
      )}
    </Alert>
  )
}
