import {
  Button,
  Checkbox,
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  TextInput,
} from '@mantine/core'
import { IconPlugConnected } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { carries, type Relay, RelayConfig } from '#core/delivery/relay.ts'
import { createRelay, testRelay, updateRelay } from '#core/delivery/relays-api.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import classes from './delivery.module.css'
import { RelayConfigFields } from './relay-config-fields.tsx'
import { blankConfig, type RelayValues, toDraft } from './relay-values.ts'
import { TestReport } from './test-report.tsx'
import { type RelayFormApi, useRelayForm } from './use-relay-form.ts'

type Props = { relay: Relay | undefined; channel: Relay['channel']; onDone: () => void }

const kinds = ['smtp', 'http', 'smpp', 'mailbox'] as const

export function RelayForm({ relay, channel, onDone }: Props) {
  const { t } = useTranslation('delivery')
  const problemText = useProblemText()
  const client = useQueryClient()
  const form = useRelayForm(relay, channel, t('relay.invalid'))
  const save = useMutation({
    mutationFn: (values: RelayValues) => {
      const draft = toDraft(values, channel)
      return relay ? call(updateRelay, { id: relay.id, ...draft }) : call(createRelay, draft)
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['relays'] })
      onDone()
    },
  })
  const { kind } = form.values.config
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput
            label={t('relay.label')}
            required
            data-autofocus
            {...form.getInputProps('label')}
          />
          <Select
            label={t('relay.kind')}
            data={kinds
              .filter((value) => carries(value, channel))
              .map((value) => ({ value, label: t(`relay.kinds.${value}`) }))}
            value={kind}
            allowDeselect={false}
            onChange={(value) => {
              const next = kinds.find((one) => one === value)
              if (next) form.setFieldValue('config', blankConfig(next))
            }}
          />
        </SimpleGrid>
        <RelayConfigFields form={form} relay={relay} />
        {kind !== 'mailbox' && <Paces form={form} />}
        <Checkbox
          label={t('relay.isDefault')}
          description={t(`relay.isDefaultText.${channel}`)}
          {...form.getInputProps('isDefault', { type: 'checkbox' })}
        />
        <RelayTest values={form.values} channel={channel} id={relay?.id} />
        <FieldError>{save.error && problemText(save.error)}</FieldError>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {t('launch.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('relay.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Paces({ form }: { form: RelayFormApi }) {
  const { t } = useTranslation('delivery')
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }}>
      <NumberInput
        label={t('relay.perSecond')}
        placeholder={t('relay.unlimited')}
        min={0}
        {...form.getInputProps('perSecond')}
      />
      <NumberInput
        label={t('relay.perHour')}
        placeholder={t('relay.unlimited')}
        min={0}
        allowDecimal={false}
        {...form.getInputProps('perHour')}
      />
      <NumberInput
        label={t('relay.connections')}
        min={1}
        max={50}
        allowDecimal={false}
        {...form.getInputProps('connections')}
      />
    </SimpleGrid>
  )
}

type TestProps = { values: RelayValues; channel: Relay['channel']; id: number | undefined }

function RelayTest({ values, channel, id }: TestProps) {
  const { t } = useTranslation('delivery')
  const problemText = useProblemText()
  const [to, setTo] = useState('')
  const test = useMutation({
    mutationFn: () => call(testRelay, { ...toDraft(values, channel), to, id: id ?? null }),
  })
  const ready = RelayConfig.safeParse(values.config).success && values.label !== ''
  return (
    <Stack gap={6}>
      <Group align="flex-end" gap="xs">
        <TextInput
          className={classes.grow ?? ''}
          label={t(`relay.testTo.${channel}`)}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Button
          variant="default"
          leftSection={<IconPlugConnected size={16} />}
          disabled={!ready}
          loading={test.isPending}
          onClick={() => test.mutate()}
        >
          {t('relay.test')}
        </Button>
      </Group>
      <FieldError>{test.error && problemText(test.error)}</FieldError>
      {test.data && <TestReport result={test.data} />}
    </Stack>
  )
}
