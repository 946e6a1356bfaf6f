import {
  Button,
  Checkbox,
  Group,
  NumberInput,
  PasswordInput,
  Select,
  SimpleGrid,
  Stack,
  TextInput,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconPlugConnected } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import {
  type BounceMailbox,
  BounceMailboxDraft,
  saveBounceMailbox,
  testBounceMailbox,
} from '#core/delivery/bounce-mailbox.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { TestReport } from './test-report.tsx'

type Values = { config: BounceMailbox['config']; password: string }

const blank: Values['config'] = {
  host: '',
  port: 993,
  security: 'tls',
  verifyCertificate: true,
  user: '',
  folder: 'INBOX',
  handledFolder: '',
  unknownFolder: '',
  everyMinutes: 10,
  softLimit: 5,
}

/** An empty password field leaves the stored one as it is. */
const toDraft = ({ config, password }: Values) => ({
  config,
  ...(password === '' ? {} : { password }),
})

type Props = { mailbox: BounceMailbox | null; onDone: () => void }

/** The settings of the mailbox that bounces come to, tried before they are kept. */
export function BounceForm({ mailbox, onDone }: Props) {
  const { t } = useTranslation('delivery')
  const problemText = useProblemText()
  const client = useQueryClient()
  const form = useForm<Values>({
    initialValues: { config: mailbox?.config ?? blank, password: '' },
    validate: (values) => {
      const parsed = BounceMailboxDraft.safeParse(toDraft(values))
      const issues = parsed.success ? [] : parsed.error.issues
      return Object.fromEntries(issues.map(({ path }) => [path.join('.'), t('relay.invalid')]))
    },
  })
  const save = useMutation({
    mutationFn: (values: Values) => call(saveBounceMailbox, toDraft(values)),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['bounce-mailbox'] })
      onDone()
    },
  })
  const test = useMutation({ mutationFn: () => call(testBounceMailbox, toDraft(form.values)) })
  const folders = (['folder', 'handledFolder', 'unknownFolder'] as const).map((name) => (
    <TextInput
      key={name}
      label={t(`bounces.${name}`)}
      description={t(`bounces.${name}Text`)}
      {...form.getInputProps(`config.${name}`)}
    />
  ))
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, xs: 3 }}>
          <TextInput
            label={t('relay.host')}
            required
            data-autofocus
            {...form.getInputProps('config.host')}
          />
          <NumberInput label={t('relay.port')} {...form.getInputProps('config.port')} />
          <Select
            label={t('relay.security')}
            data={(['tls', 'starttls', 'none'] as const).map((value) => ({
              value,
              label: t(`relay.securities.${value}`),
            }))}
            allowDeselect={false}
            {...form.getInputProps('config.security')}
          />
        </SimpleGrid>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput
            label={t('relay.user')}
            required
            autoComplete="off"
            {...form.getInputProps('config.user')}
          />
          <PasswordInput
            label={t('relay.password')}
            placeholder={mailbox?.hasPassword ? t('relay.kept') : ''}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ 'aria-label': t('relay.showPassword') }}
            {...form.getInputProps('password')}
          />
        </SimpleGrid>
        <Checkbox
          label={t('relay.verify')}
          {...form.getInputProps('config.verifyCertificate', { type: 'checkbox' })}
        />
        {folders}
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <NumberInput
            label={t('bounces.everyMinutes')}
            min={1}
            max={1_440}
            allowDecimal={false}
            {...form.getInputProps('config.everyMinutes')}
          />
          <NumberInput
            label={t('bounces.softLimit')}
            min={1}
            max={50}
            allowDecimal={false}
            {...form.getInputProps('config.softLimit')}
          />
        </SimpleGrid>
        <FieldError>{test.error && problemText(test.error)}</FieldError>
        {test.data && <TestReport result={test.data} />}
        <FieldError>{save.error && problemText(save.error)}</FieldError>
        <Group justify="space-between" gap="xs">
          <Button
            variant="default"
            leftSection={<IconPlugConnected size={16} />}
            disabled={!BounceMailboxDraft.safeParse(toDraft(form.values)).success}
            loading={test.isPending}
            onClick={() => test.mutate()}
          >
            {t('relay.test')}
          </Button>
          <Group gap="xs">
            <Button variant="default" onClick={onDone}>
              {t('launch.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t('relay.save')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  )
}
