import { Anchor, Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createToken, listTokens, revokeToken } from '#core/access/api.ts'
import { TokenRight, type TokenView } from '#core/access/token.ts'
import { PersonName } from '#core/access/user.ts'
import type { Right } from '#core/kernel/right.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FieldError } from '../../ui/field-error.tsx'
import { MayTip } from '../../ui/may-tip.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Panel } from '../../ui/panel.tsx'
import { SimpleTable } from '../../ui/simple-table.tsx'
import { Copyable } from './issued-link.tsx'
import { RightsField } from './rights-field.tsx'
import { useActor, useMay } from './session.ts'

const tokensKey = ['tokens']

export function TokensPage() {
  const { t } = useTranslation('access')
  const may = useMay('access.manage')
  const problemText = useProblemText()
  const [creating, setCreating] = useState(false)
  const tokens = useQuery({
    queryKey: tokensKey,
    queryFn: () => call(listTokens, {}),
    enabled: may,
  })
  const create = (variant: 'filled' | 'default') => (
    <MayTip may={may}>
      {(state) => (
        <Button
          variant={variant}
          leftSection={<IconPlus size={16} />}
          onClick={() => setCreating(true)}
          {...state}
        >
          {t('tokens.create')}
        </Button>
      )}
    </MayTip>
  )
  return (
    <Page>
      <PageHeader
        title={t('tokens.title')}
        subtitle={t('tokens.text')}
        actions={create('filled')}
      />
      <Text size="sm">
        <Anchor href="/api/docs" target="_blank" rel="noreferrer">
          {t('tokens.docs')}
        </Anchor>
      </Text>
      <FieldError>{tokens.error && problemText(tokens.error)}</FieldError>
      {tokens.data?.length === 0 && (
        <EmptyState
          icon={<IconKey size={28} />}
          title={t('tokens.none')}
          description={t('tokens.noneText')}
          actions={create('default')}
        />
      )}
      {tokens.data && tokens.data.length > 0 && <TokenTable tokens={tokens.data} />}
      <Modal
        opened={creating}
        onClose={() => setCreating(false)}
        title={t('tokens.create')}
        closeOnClickOutside={false}
      >
        <TokenForm onDone={() => setCreating(false)} />
      </Modal>
    </Page>
  )
}

function TokenTable({ tokens }: { tokens: readonly TokenView[] }) {
  const { t } = useTranslation('access')
  const format = useFormat()
  const client = useQueryClient()
  const problemText = useProblemText()
  const revoke = useMutation({
    mutationFn: (id: number) => call(revokeToken, { id }),
    onSuccess: () => client.invalidateQueries({ queryKey: tokensKey }),
  })
  return (
    <Panel flush>
      <FieldError>{revoke.error && problemText(revoke.error)}</FieldError>
      <SimpleTable
        label={t('tokens.title')}
        rows={tokens}
        keyOf={({ id }) => id}
        rowHeader
        columns={[
          { key: 'name', header: t('fields.name'), cell: ({ name }) => name },
          { key: 'owner', header: t('tokens.owner'), cell: ({ userName }) => userName },
          {
            key: 'rights',
            header: t('tokens.rights'),
            cell: ({ rights }) => rights.map((right) => t(`rights.${right}.name`)).join(', '),
          },
          {
            key: 'used',
            header: t('tokens.used'),
            cell: ({ lastUsedAt }) => (lastUsedAt ? format.instant(lastUsedAt) : t('tokens.never')),
          },
          {
            key: 'expires',
            header: t('tokens.expires'),
            cell: ({ expiresAt }) => (expiresAt ? format.instant(expiresAt) : t('tokens.endless')),
          },
          {
            key: 'revoke',
            header: t('sessions.action'),
            cell: ({ id, name }) => (
              <Button
                variant="subtle"
                color="red"
                size="compact-sm"
                aria-label={t('tokens.revokeOf', { name })}
                onClick={() => revoke.mutate(id)}
              >
                {t('tokens.revoke')}
              </Button>
            ),
          },
        ]}
      />
    </Panel>
  )
}

const lifetimes = ['30', '90', '365', ''] as const

function TokenForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('access')
  const client = useQueryClient()
  const problemText = useProblemText()
  // Nobody gives a program what they may not do themselves.
  const own = useActor()?.rights ?? []
  const form = useForm<{ name: string; rights: Right[]; days: string }>({
    initialValues: { name: '', rights: [], days: '365' },
    validate: {
      name: (value) => (PersonName.safeParse(value).success ? null : t('fields.nameInvalid')),
      rights: (value) => (value.length > 0 ? null : t('tokens.rightsNeeded')),
    },
  })
  const save = useMutation({
    mutationFn: ({ name, rights, days }: typeof form.values) =>
      call(createToken, {
        name,
        rights: rights.flatMap((right) => TokenRight.safeParse(right).data ?? []),
        days: days === '' ? null : Number(days),
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: tokensKey }),
  })
  if (save.data) {
    return (
      <Stack>
        <Text size="sm">{t('tokens.shownOnce')}</Text>
        <Copyable label={t('tokens.token')} value={save.data.token} />
        <Group justify="flex-end">
          <Button onClick={onDone}>{t('people.done')}</Button>
        </Group>
      </Stack>
    )
  }
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack>
        <TextInput
          label={t('tokens.name')}
          description={t('tokens.nameText')}
          required
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Select
          label={t('tokens.expires')}
          data={lifetimes.map((value) => ({
            value,
            label: t(`tokens.days.${value || 'endless'}`),
          }))}
          allowDeselect={false}
          {...form.getInputProps('days')}
        />
        <RightsField
          value={form.values.rights}
          onChange={(given) => form.setFieldValue('rights', given)}
          offered={TokenRight.options.filter((right) => own.includes(right))}
        />
        <FieldError>{form.errors.rights ?? (save.error && problemText(save.error))}</FieldError>
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {t('people.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('tokens.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
