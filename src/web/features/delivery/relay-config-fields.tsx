import {
  Accordion,
  ActionIcon,
  Button,
  Checkbox,
  Group,
  NumberInput,
  PasswordInput,
  Select,
  SimpleGrid,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Relay } from '#core/delivery/relay.ts'
import type { RelayFormApi as Form } from './use-relay-form.ts'

type Props = { form: Form; relay: Relay | undefined }

/** The fields of the chosen kind of relay. */
export function RelayConfigFields({ form, relay }: Props) {
  switch (form.values.config.kind) {
    case 'smtp':
      return <SmtpFields form={form} relay={relay} />
    case 'http':
      return <HttpFields form={form} relay={relay} />
    case 'smpp':
      return <SmppFields form={form} relay={relay} />
    case 'mailbox':
      return <Identity form={form} />
  }
}

function Identity({ form }: { form: Form }) {
  const { t } = useTranslation('delivery')
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <TextInput label={t('relay.fromName')} {...form.getInputProps('config.fromName')} />
      <TextInput
        label={t('relay.fromAddress')}
        type="email"
        required
        {...form.getInputProps('config.fromAddress')}
      />
    </SimpleGrid>
  )
}

function Password({ form, relay, label }: Props & { label: string }) {
  const { t } = useTranslation('delivery')
  return (
    <PasswordInput
      label={label}
      placeholder={relay?.hasPassword ? t('relay.kept') : ''}
      autoComplete="new-password"
      visibilityToggleButtonProps={{ 'aria-label': t('relay.showPassword') }}
      {...form.getInputProps('password')}
    />
  )
}

function SmtpFields({ form, relay }: Props) {
  const { t } = useTranslation('delivery')
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        <TextInput label={t('relay.host')} required {...form.getInputProps('config.host')} />
        <NumberInput label={t('relay.port')} {...form.getInputProps('config.port')} />
        <Select
          label={t('relay.security')}
          data={(['starttls', 'tls', 'none'] as const).map((value) => ({
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
          autoComplete="off"
          {...form.getInputProps('config.user')}
        />
        <Password form={form} relay={relay} label={t('relay.password')} />
      </SimpleGrid>
      <Identity form={form} />
      <Accordion variant="contained">
        <Accordion.Item value="more">
          <Accordion.Control>{t('relay.more')}</Accordion.Control>
          <Accordion.Panel>
            <SmtpMore form={form} relay={relay} />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Stack>
  )
}

function SmtpMore({ form, relay }: Props) {
  const { t } = useTranslation('delivery')
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label={t('relay.replyTo')} {...form.getInputProps('config.replyTo')} />
        <TextInput
          label={t('relay.bounceAddress')}
          description={t('relay.bounceText')}
          {...form.getInputProps('config.bounceAddress')}
        />
      </SimpleGrid>
      <Checkbox
        label={t('relay.verify')}
        {...form.getInputProps('config.verifyCertificate', { type: 'checkbox' })}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label={t('relay.dkimSelector')}
          description={t('relay.dkimText')}
          {...form.getInputProps('config.dkimSelector')}
        />
        <TextInput label={t('relay.dkimDomain')} {...form.getInputProps('config.dkimDomain')} />
      </SimpleGrid>
      <Textarea
        label={t('relay.dkimKey')}
        placeholder={relay?.hasDkimKey ? t('relay.kept') : ''}
        autosize
        minRows={2}
        maxRows={6}
        {...form.getInputProps('dkimKey')}
      />
    </Stack>
  )
}

function Sender({ form }: { form: Form }) {
  const { t } = useTranslation('delivery')
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <TextInput
        label={t('relay.sender')}
        description={t('relay.senderText')}
        maxLength={16}
        {...form.getInputProps('config.sender')}
      />
      <TextInput
        label={t('relay.stopText')}
        description={t('relay.stopTextText')}
        maxLength={40}
        {...form.getInputProps('config.stopText')}
      />
    </SimpleGrid>
  )
}

/** The placeholders of a template are shown as they are typed. */
const asWritten = Object.fromEntries(
  ['to', 'text', 'sender', 'id', 'secret'].map((name) => [name, `{{${name}}}`]),
)

function HttpFields({ form, relay }: Props) {
  const { t } = useTranslation('delivery')
  const { config } = form.values
  const headers = config.kind === 'http' ? config.headers : []
  return (
    <Stack gap="sm">
      <Group align="flex-start" grow preventGrowOverflow={false}>
        <Select
          label={t('relay.method')}
          data={['POST', 'GET', 'PUT']}
          allowDeselect={false}
          w={110}
          {...form.getInputProps('config.method')}
        />
        <TextInput label={t('relay.url')} required {...form.getInputProps('config.url')} />
      </Group>
      <Password form={form} relay={relay} label={t('relay.secret')} />
      {headers.map((_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a header has no name until it is typed
        <Group key={at} gap="xs" align="flex-end" wrap="nowrap">
          <TextInput
            label={t('relay.headerName')}
            {...form.getInputProps(`config.headers.${at}.name`)}
          />
          <TextInput
            label={t('relay.headerValue')}
            flex={1}
            {...form.getInputProps(`config.headers.${at}.value`)}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={t('relay.removeHeader')}
            onClick={() => form.removeListItem('config.headers', at)}
          >
            <IconX size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          onClick={() => form.insertListItem('config.headers', { name: '', value: '' })}
        >
          {t('relay.addHeader')}
        </Button>
      </Group>
      <Select
        label={t('relay.bodyType')}
        data={(['json', 'form'] as const).map((value) => ({
          value,
          label: t(`relay.bodyTypes.${value}`),
        }))}
        allowDeselect={false}
        {...form.getInputProps('config.bodyType')}
      />
      <Textarea
        label={t('relay.body')}
        description={t('relay.bodyText', asWritten)}
        autosize
        minRows={2}
        {...form.getInputProps('config.body')}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label={t('relay.successPath')}
          description={t('relay.successText')}
          {...form.getInputProps('config.successPath')}
        />
        <TextInput label={t('relay.successValue')} {...form.getInputProps('config.successValue')} />
      </SimpleGrid>
      <Sender form={form} />
    </Stack>
  )
}

function SmppFields({ form, relay }: Props) {
  const { t } = useTranslation('delivery')
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        <TextInput label={t('relay.host')} required {...form.getInputProps('config.host')} />
        <NumberInput label={t('relay.port')} {...form.getInputProps('config.port')} />
        <TextInput label={t('relay.systemType')} {...form.getInputProps('config.systemType')} />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label={t('relay.systemId')}
          autoComplete="off"
          {...form.getInputProps('config.user')}
        />
        <Password form={form} relay={relay} label={t('relay.password')} />
      </SimpleGrid>
      <Checkbox
        label={t('relay.tls')}
        {...form.getInputProps('config.tls', { type: 'checkbox' })}
      />
      <Sender form={form} />
    </Stack>
  )
}
