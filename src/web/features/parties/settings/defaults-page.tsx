import { Checkbox } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PartyDefaults } from '#core/parties/catalogue.ts'
import { savePartyDefaults } from '#core/parties/catalogue-api.ts'
import { call } from '../../../platform/call.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { Page } from '../../../ui/page.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { SaveBar } from '../../../ui/save-bar.tsx'
import { catalogueQuery, useCatalogue } from '../catalogue.ts'
import { FieldInput } from '../field-input.tsx'
import classes from '../parties.module.css'
import { useFields } from '../use-field.ts'

const fields = [
  'salutation',
  'kind',
  'category',
  'cardType',
  'store',
  'country',
  'language',
] as const

/** What a new card starts with (P-S1). */
export function DefaultsPage() {
  const { t } = useTranslation('parties')
  const { defaults } = useCatalogue()
  return (
    <Page narrow>
      <PageHeader title={t('settings.defaults')} subtitle={t('settings.defaultsText')} />
      {defaults && <DefaultsForm key={JSON.stringify(defaults)} defaults={defaults} />}
    </Page>
  )
}

function DefaultsForm({ defaults }: { defaults: PartyDefaults }) {
  const { t } = useTranslation('parties')
  const view = useFields()
  const client = useQueryClient()
  const problemText = useProblemText()
  const [draft, setDraft] = useState(defaults)
  const save = useMutation({
    mutationFn: () => call(savePartyDefaults, draft),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: catalogueQuery.queryKey })
      notifications.show({ message: t('settings.saved') })
    },
  })
  return (
    <>
      <Panel>
        <div className={classes.fields}>
          {fields.map((field) => (
            <FieldInput
              key={field}
              view={view(field)}
              value={draft[field]}
              onChange={(value) => setDraft({ ...draft, [field]: value })}
            />
          ))}
        </div>
        <Checkbox
          mt="md"
          label={t('settings.wishes')}
          description={t('settings.wishesText')}
          checked={!draft.doNotContact}
          onChange={(event) => setDraft({ ...draft, doNotContact: !event.currentTarget.checked })}
        />
        <Checkbox
          mt="md"
          label={t('settings.cityRequired')}
          checked={draft.cityRequired}
          onChange={(event) => setDraft({ ...draft, cityRequired: event.currentTarget.checked })}
        />
        <Checkbox
          mt="md"
          label={t('settings.createByScan')}
          description={t('settings.createByScanText')}
          checked={draft.createByScan}
          onChange={(event) => setDraft({ ...draft, createByScan: event.currentTarget.checked })}
        />
      </Panel>
      <SaveBar
        dirty={JSON.stringify(draft) !== JSON.stringify(defaults)}
        saving={save.isPending}
        onSave={() => save.mutate()}
        onReset={() => setDraft(defaults)}
        problem={save.error ? problemText(save.error) : undefined}
      />
    </>
  )
}
