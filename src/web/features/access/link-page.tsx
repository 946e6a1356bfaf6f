import { Anchor, Button, Loader, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { choosePassword, createFirstUser, readLink, signInByLink } from '#core/access/api.ts'
import { LoginEmail, Password, PersonName } from '#core/access/user.ts'
import { Locale } from '#core/kernel/values.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { Door } from './door.tsx'
import { NewPasswordField } from './password-fields.tsx'
import { useEnter } from './use-enter.ts'

/** Where every one-time link leads; its token is behind `#` and leaves the address bar at once. */
export function LinkPage() {
  const { t } = useTranslation('access')
  const problemText = useProblemText()
  const token = useToken()
  const link = useQuery({
    queryKey: ['link', token],
    queryFn: () => call(readLink, { token }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (link.isPending) {
    return (
      <Door title={t('link.title')}>
        <Loader size="sm" aria-label={t('link.checking')} />
      </Door>
    )
  }
  if (link.error) {
    return (
      <Door title={t('link.spentTitle')} text={problemText(link.error)} note={t('link.spentHelp')}>
        <Anchor component={Link} to="/sign-in" size="sm">
          {t('link.toSignIn')}
        </Anchor>
      </Door>
    )
  }
  const { purpose, name } = link.data
  if (purpose === 'first-run') return <FirstRun token={token} />
  if (purpose === 'sign-in') return <EnterByLink token={token} name={name ?? ''} />
  return <ChoosePassword token={token} name={name ?? ''} email={link.data.email ?? ''} />
}

function useToken(): string {
  const [token] = useState(() => window.location.hash.slice(1) || 'no token at all in the link')
  useEffect(() => {
    window.history.replaceState(window.history.state, '', window.location.pathname)
  }, [])
  return token
}

/** A click, not a redirect: programs that look at links in mails must not use them up. */
function EnterByLink({ token, name }: { token: string; name: string }) {
  const { t } = useTranslation('access')
  const problemText = useProblemText()
  const enter = useEnter()
  const send = useMutation({
    mutationFn: () => call(signInByLink, { token }),
    onSuccess: () => enter(),
  })
  return (
    <Door title={t('link.welcome', { name })} text={t('link.signInText')}>
      <FieldError>{send.error && problemText(send.error)}</FieldError>
      <Button onClick={() => send.mutate()} loading={send.isPending} fullWidth autoFocus>
        {t('link.enter')}
      </Button>
    </Door>
  )
}

type Invited = { token: string; name: string; email: string }

function ChoosePassword({ token, name, email }: Invited) {
  const { t } = useTranslation('access')
  const navigate = useNavigate()
  const problemText = useProblemText()
  const enter = useEnter()
  const form = useForm({
    initialValues: { password: '' },
    validate: {
      password: (value) => (Password.safeParse(value).success ? null : t('password.tooShort')),
    },
  })
  const send = useMutation({
    mutationFn: ({ password }: typeof form.values) => call(choosePassword, { token, password }),
    onSuccess: ({ signedIn }) => (signedIn ? enter() : navigate({ to: '/sign-in', replace: true })),
  })
  return (
    <Door title={t('link.welcome', { name })} text={t('link.choose')}>
      <form onSubmit={form.onSubmit((values) => send.mutate(values))}>
        <Stack>
          <TextInput
            label={t('fields.email')}
            value={email}
            readOnly
            type="email"
            autoComplete="username"
          />
          <NewPasswordField autoFocus {...form.getInputProps('password')} />
          <FieldError>{send.error && problemText(send.error)}</FieldError>
          <Button type="submit" loading={send.isPending} fullWidth>
            {t('link.save')}
          </Button>
        </Stack>
      </form>
    </Door>
  )
}

function FirstRun({ token }: { token: string }) {
  const { t, i18n } = useTranslation('access')
  const problemText = useProblemText()
  const enter = useEnter()
  const form = useForm({
    initialValues: { name: '', email: '', password: '' },
    validate: {
      name: (value) => (PersonName.safeParse(value).success ? null : t('fields.nameInvalid')),
      email: (value) => (LoginEmail.safeParse(value).success ? null : t('fields.emailInvalid')),
      password: (value) => (Password.safeParse(value).success ? null : t('password.tooShort')),
    },
  })
  const send = useMutation({
    mutationFn: (values: typeof form.values) =>
      call(createFirstUser, { token, ...values, locale: Locale.parse(i18n.language) }),
    onSuccess: () => enter(),
  })
  return (
    <Door title={t('firstRun.title')} text={t('firstRun.text')}>
      <form onSubmit={form.onSubmit((values) => send.mutate(values))} noValidate>
        <Stack>
          <TextInput
            label={t('fields.name')}
            autoComplete="name"
            required
            autoFocus
            {...form.getInputProps('name')}
          />
          <TextInput
            label={t('fields.email')}
            type="email"
            autoComplete="username"
            required
            {...form.getInputProps('email')}
          />
          <NewPasswordField {...form.getInputProps('password')} />
          <FieldError>{send.error && problemText(send.error)}</FieldError>
          <Button type="submit" loading={send.isPending} fullWidth>
            {t('firstRun.action')}
          </Button>
        </Stack>
      </form>
    </Door>
  )
}
