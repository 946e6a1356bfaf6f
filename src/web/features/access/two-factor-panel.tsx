import { Badge, Button, Code, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { encode } from 'uqr'
import { confirmTwoFactor, startTwoFactor, stopTwoFactor } from '#core/access/api.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { Panel } from '../../ui/panel.tsx'
import { PasswordField } from './password-fields.tsx'
import { actorQuery } from './session.ts'
import classes from './two-factor-panel.module.css'

type Started = { uri: string; backupCodes: string[] }

export function TwoFactorPanel({ isOn }: { isOn: boolean }) {
  const { t } = useTranslation('access')
  const client = useQueryClient()
  const [asking, ask] = useDisclosure()
  const [started, setStarted] = useState<Started | null>(null)
  const changed = async (message: string) => {
    setStarted(null)
    await client.invalidateQueries({ queryKey: actorQuery.queryKey })
    notifications.show({ message })
  }
  const withPassword = async (password: string) => {
    if (isOn) {
      await call(stopTwoFactor, { password })
      await changed(t('twoFactor.stopped'))
    } else setStarted(await call(startTwoFactor, { password }))
    ask.close()
  }
  return (
    <Panel
      title={t('twoFactor.title')}
      actions={
        <Badge variant="light" color={isOn ? 'ok' : 'gray'}>
          {t(isOn ? 'twoFactor.on' : 'twoFactor.off')}
        </Badge>
      }
    >
      <Stack align="flex-start">
        <Text size="sm" maw={560}>
          {t('twoFactor.text')}
        </Text>
        <Button variant="default" onClick={ask.open}>
          {t(isOn ? 'twoFactor.stop' : 'twoFactor.start')}
        </Button>
      </Stack>
      <Modal opened={asking} onClose={ask.close} title={t('twoFactor.title')}>
        <PasswordForm onPassword={withPassword} />
      </Modal>
      <Modal
        opened={started !== null}
        onClose={() => setStarted(null)}
        title={t('twoFactor.title')}
        closeOnClickOutside={false}
      >
        {started && <Confirm {...started} onDone={() => changed(t('twoFactor.started'))} />}
      </Modal>
    </Panel>
  )
}

function PasswordForm({ onPassword }: { onPassword: (password: string) => Promise<void> }) {
  const { t } = useTranslation('access')
  const problemText = useProblemText()
  const [password, setPassword] = useState('')
  const send = useMutation({ mutationFn: () => onPassword(password) })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <PasswordField
          label={t('password.current')}
          autoComplete="current-password"
          required
          data-autofocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <FieldError>{send.error && problemText(send.error)}</FieldError>
        <Group justify="flex-end">
          <Button type="submit" loading={send.isPending}>
            {t('twoFactor.continue')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Confirm({ uri, backupCodes, onDone }: Started & { onDone: () => Promise<void> }) {
  const { t } = useTranslation('access')
  const problemText = useProblemText()
  const [code, setCode] = useState('')
  const send = useMutation({
    mutationFn: () => call(confirmTwoFactor, { code }),
    onSuccess: onDone,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send.mutate()
  }
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{t('twoFactor.scan')}</Text>
        <QrCode text={uri} label={t('twoFactor.qr')} />
        <Text size="sm">
          {t('twoFactor.byHand')} <Code className={classes.secret ?? ''}>{secret}</Code>
        </Text>
        <Text size="sm">{t('twoFactor.backup')}</Text>
        <ul className={classes.codes}>
          {backupCodes.map((backup) => (
            <li key={backup}>
              <Code>{backup}</Code>
            </li>
          ))}
        </ul>
        <TextInput
          label={t('twoFactor.code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <FieldError>{send.error && problemText(send.error)}</FieldError>
        <Group justify="flex-end">
          <Button type="submit" loading={send.isPending}>
            {t('twoFactor.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const { data } = encode(text, { border: 2 })
    const cells = data.flatMap((row, y) =>
      row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])),
    )
    return { size: data.length, path: cells.join('') }
  }, [text])
  return (
    <svg className={classes.qr} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <path d={path} />
    </svg>
  )
}
