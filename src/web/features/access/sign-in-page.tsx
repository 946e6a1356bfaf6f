import { Anchor, Button, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { requestReset, signIn, signInCode } from '#core/access/api.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { Door } from './door.tsx'
import { PasswordField } from './password-fields.tsx'
import { useEnter } from './use-enter.ts'

export function SignInPage() {
  const { t } = useTranslation('access')
  const { next } = useSearch({ from: '/sign-in' })
  const enter = useEnter()
  const [step, setStep] = useState<'password' | 'code' | 'forgotten'>('password')
  if (step === 'code') return <CodeStep onDone={() => enter(next)} />
  if (step === 'forgotten') return <Forgotten onBack={() => setStep('password')} />
  return (
    <Door title={t('signIn.title')} note={t('signIn.help')}>
      <PasswordStep onDone={() => enter(next)} onCode={() => setStep('code')} />
      <Anchor component="button" type="button" size="sm" onClick={() => setStep('forgotten')}>
        {t('forgotten.link')}
      </Anchor>
    </Door>
  )
}

type StepProps = { onDone: () => Promise<void> }

function PasswordStep({ onDone, onCode }: StepProps & { onCode: () => void }) {
  const { t } = useTranslation('access')
  const problemText = useProblemText()
  const form = useForm({ initialValues: { email: '', password: '' } })
  const send = useMutation({
    mutationFn: (values: typeof form.values) => call(signIn, values),
    onSuccess: (answer) => (answer.codeNeeded ? onCode() : onDone()),
  })
  return (
    <form onSubmit={form.onSubmit((values) => send.mutate(values))}>
      <Stack>
        <TextInput
          label={t('fields.email')}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          autoFocus
          {...form.getInputProps('email')}
        />
        <PasswordField
          label={t('password.label')}
          autoComplete="current-password"
          required
          withAsterisk={false}
          {...form.getInputProps('password')}
        />
        <FieldError>{send.error && problemText(send.error)}</FieldError>
        <Button type="submit" loading={send.isPending} fullWidth>
          {t('signIn.action')}
        </Button>
      </Stack>
    </form>
  )
}

function Forgotten({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation('access')
  const problemText = useProblemText()
  const [email, setEmail] = useState('')
  const send = useMutation({ mutationFn: () => call(requestReset, { email }) })
  const back = (
    <Anchor component="button" type="button" size="sm" onClick={onBack}>
      {t('forgotten.back')}
    </Anchor>
  )
  if (send.data) {
    return (
      <Door title={t('forgotten.title')} note={t('signIn.help')}>
        <Text size="sm" role="status">
          {t('forgotten.sent', { email })}
        </Text>
        {back}
      </Door>
    )
  }
  return (
    <Door title={t('forgotten.title')} text={t('forgotten.text')} note={t('signIn.help')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          send.mutate()
        }}
      >
        <Stack>
          <TextInput
            label={t('fields.email')}
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <FieldError>{send.error && problemText(send.error)}</FieldError>
          <Button type="submit" loading={send.isPending} fullWidth>
            {t('forgotten.action')}
          </Button>
        </Stack>
      </form>
      {back}
    </Door>
  )
}

function CodeStep({ onDone }: StepProps) {
  const { t } = useTranslation('access')
  const problemText = useProblemText()
  const [code, setCode] = useState('')
  const send = useMutation({ mutationFn: () => call(signInCode, { code }), onSuccess: onDone })
  return (
    <Door title={t('code.title')} text={t('code.text')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          send.mutate()
        }}
      >
        <Stack>
          <TextInput
            label={t('code.label')}
            autoComplete="one-time-code"
            required
            withAsterisk={false}
            autoFocus
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <FieldError>{send.error && problemText(send.error)}</FieldError>
          <Button type="submit" loading={send.isPending} fullWidth>
            {t('signIn.action')}
          </Button>
        </Stack>
      </form>
    </Door>
  )
}
