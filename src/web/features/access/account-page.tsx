import {
  Button,
  SegmentedControl,
  Select,
  Stack,
  TextInput,
  useMantineColorScheme,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { updateMe } from '#core/access/api.ts'
import { type Me, PersonName } from '#core/access/user.ts'
import { Locale } from '#core/kernel/values.ts'
import { call } from '../../platform/call.ts'
import { setLocale } from '../../platform/i18n.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Panel } from '../../ui/panel.tsx'
import { PasswordPanel } from './password-panel.tsx'
import { actorQuery, useActor } from './session.ts'
import { SessionsPanel } from './sessions-panel.tsx'
import { TwoFactorPanel } from './two-factor-panel.tsx'

export function AccountPage() {
  const { t } = useTranslation('access')
  const actor = useActor()
  if (!actor) return null
  return (
    <Page narrow>
      <PageHeader title={t('account.title')} subtitle={actor.email} />
      <ProfilePanel actor={actor} />
      <ThemePanel />
      {actor.hasPassword && <PasswordPanel email={actor.email} />}
      {actor.hasPassword && <TwoFactorPanel isOn={actor.twoFactorEnabled} />}
      <SessionsPanel />
    </Page>
  )
}

function ProfilePanel({ actor }: { actor: Me }) {
  const { t } = useTranslation('access')
  const client = useQueryClient()
  const problemText = useProblemText()
  const form = useForm({
    initialValues: { name: actor.name, locale: actor.locale },
    validate: {
      name: (value) => (PersonName.safeParse(value).success ? null : t('fields.nameInvalid')),
    },
  })
  const save = useMutation({
    mutationFn: (values: typeof form.values) => call(updateMe, values),
    onSuccess: async (_, { locale }) => {
      form.resetDirty()
      await setLocale(locale)
      await client.invalidateQueries({ queryKey: actorQuery.queryKey })
      notifications.show({ message: t('account.saved') })
    },
  })
  return (
    <Panel title={t('account.profile')}>
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack align="flex-start" maw={380}>
          <TextInput
            label={t('fields.name')}
            autoComplete="name"
            required
            w="100%"
            {...form.getInputProps('name')}
          />
          <Select
            label={t('fields.locale')}
            data={Locale.options.map((value) => ({ value, label: t(`locales.${value}`) }))}
            allowDeselect={false}
            w="100%"
            {...form.getInputProps('locale')}
          />
          <FieldError>{save.error && problemText(save.error)}</FieldError>
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            {t('account.save')}
          </Button>
        </Stack>
      </form>
    </Panel>
  )
}

const themes = ['auto', 'light', 'dark'] as const

function ThemePanel() {
  const { t } = useTranslation('access')
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const choose = (value: string) => {
    const chosen = themes.find((theme) => theme === value)
    if (chosen) setColorScheme(chosen)
  }
  return (
    <Panel title={t('account.theme')}>
      <SegmentedControl
        aria-label={t('account.theme')}
        value={colorScheme}
        onChange={choose}
        data={themes.map((value) => ({ value, label: t(`themes.${value}`) }))}
      />
    </Panel>
  )
}
