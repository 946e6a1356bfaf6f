import { Anchor, Select, Switch, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getMergeSettings, type MergeSettings, saveMergeSettings } from '#core/duplicates/api.ts'
import { call } from '../../../platform/call.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { Page } from '../../../ui/page.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { SaveBar } from '../../../ui/save-bar.tsx'

const key = ['nightly-merge']
const hours = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, '0')}:00`,
}))

/** The merging of sure duplicates each night (P-S6). */
export function MergePage() {
  const { t } = useTranslation('parties')
  const { data } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call(getMergeSettings, {}, signal),
  })
  return (
    <Page narrow>
      <PageHeader title={t('settings.merge')} subtitle={t('settings.mergeText')} />
      {data && <MergeForm key={JSON.stringify(data)} saved={data} />}
    </Page>
  )
}

function MergeForm({ saved }: { saved: MergeSettings }) {
  const { t } = useTranslation('parties')
  const client = useQueryClient()
  const problemText = useProblemText()
  const [draft, setDraft] = useState(saved)
  const save = useMutation({
    mutationFn: () => call(saveMergeSettings, draft),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: key })
      notifications.show({ message: t('settings.saved') })
    },
  })
  return (
    <>
      <Panel>
        <Switch
          label={t('settings.mergeNightly')}
          description={t('settings.mergeRule')}
          checked={draft.enabled}
          onChange={(event) => setDraft({ ...draft, enabled: event.currentTarget.checked })}
        />
        <Select
          mt="md"
          maw={220}
          label={t('settings.mergeHour')}
          description={t('settings.mergeHourText')}
          data={hours}
          allowDeselect={false}
          disabled={!draft.enabled}
          value={String(draft.hour)}
          onChange={(hour) => setDraft({ ...draft, hour: Number(hour ?? 3) })}
        />
        <Text size="sm" mt="md">
          <Anchor inherit renderRoot={(props) => <Link to="/customers/merges" {...props} />}>
            {t('settings.mergeReport')}
          </Anchor>
        </Text>
      </Panel>
      <SaveBar
        dirty={JSON.stringify(draft) !== JSON.stringify(saved)}
        saving={save.isPending}
        onSave={() => save.mutate()}
        onReset={() => setDraft(saved)}
        problem={save.error ? problemText(save.error) : undefined}
      />
    </>
  )
}
