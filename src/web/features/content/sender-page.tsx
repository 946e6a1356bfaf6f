import { Skeleton, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getSender, saveSender } from '#core/content/api.ts'
import type { SenderIdentity } from '#core/content/sender.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Panel } from '../../ui/panel.tsx'
import { SaveBar } from '../../ui/save-bar.tsx'

const queryKey = ['sender']

/** The name and address in the footer of every e-mail. */
export function SenderPage() {
  const { t } = useTranslation('content')
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => call(getSender, {}, signal),
  })
  return (
    <Page narrow>
      <PageHeader title={t('sender.title')} subtitle={t('sender.why')} />
      {data ? <SenderForm saved={data} /> : <Skeleton height={220} />}
    </Page>
  )
}

function SenderForm({ saved }: { saved: SenderIdentity }) {
  const { t } = useTranslation('content')
  const problemText = useProblemText()
  const client = useQueryClient()
  const [draft, setDraft] = useState(saved)
  const save = useMutation({
    mutationFn: () => call(saveSender, draft),
    onSuccess: (identity) => {
      client.setQueryData(queryKey, identity)
      setDraft(identity)
    },
  })
  const dirty = draft.name !== saved.name || draft.address !== saved.address
  return (
    <Panel>
      <Stack>
        <TextInput
          label={t('sender.name')}
          description={t('sender.nameHelp')}
          value={draft.name}
          onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
          maxLength={120}
        />
        <Textarea
          label={t('sender.address')}
          value={draft.address}
          onChange={(event) => setDraft({ ...draft, address: event.currentTarget.value })}
          autosize
          minRows={3}
          maxLength={500}
        />
        <Text size="sm" c="dimmed">
          {t('sender.note')}
        </Text>
        <SaveBar
          dirty={dirty}
          saving={save.isPending}
          onSave={() => save.mutate()}
          onReset={() => setDraft(saved)}
          problem={save.isError ? problemText(save.error) : undefined}
        />
      </Stack>
    </Panel>
  )
}
