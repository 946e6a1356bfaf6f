import { Button, Stack, VisuallyHidden } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { changePassword } from '#core/access/api.ts'
import { Password } from '#core/access/user.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { Panel } from '../../ui/panel.tsx'
import { NewPasswordField, PasswordField } from './password-fields.tsx'
import { sessionsKey } from './sessions-panel.tsx'

export function PasswordPanel({ email }: { email: string }) {
  const { t } = useTranslation('access')
  const client = useQueryClient()
  const problemText = useProblemText()
  const form = useForm({
    initialValues: { current: '', next: '' },
    validate: {
      next: (value) => (Password.safeParse(value).success ? null : t('password.tooShort')),
    },
  })
  const save = useMutation({
    mutationFn: (values: typeof form.values) => call(changePassword, values),
    onSuccess: async () => {
      form.reset()
      await client.invalidateQueries({ queryKey: sessionsKey })
      notifications.show({ message: t('password.changed') })
    },
  })
  return (
    <Panel title={t('password.label')}>
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack align="flex-start" maw={380}>
          {/* Tells password managers whose password this is. */}
          <VisuallyHidden aria-hidden>
            <input readOnly tabIndex={-1} autoComplete="username" value={email} />
          </VisuallyHidden>
          <PasswordField
            label={t('password.current')}
            autoComplete="current-password"
            required
            w="100%"
            {...form.getInputProps('current')}
          />
          <NewPasswordField w="100%" {...form.getInputProps('next')} />
          <FieldError>{save.error && problemText(save.error)}</FieldError>
          <Button type="submit" loading={save.isPending}>
            {t('password.change')}
          </Button>
        </Stack>
      </form>
    </Panel>
  )
}
