import { Checkbox, Group, MultiSelect, NumberInput, Switch, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getCallLaw, saveCallLaw } from '#core/phoning/api.ts'
import { CallLaw } from '#core/phoning/law.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Panel } from '../../ui/panel.tsx'
import { SaveBar } from '../../ui/save-bar.tsx'
import { useCatalogue } from '../parties/catalogue.ts'
import { DoNotCallPanel } from './do-not-call-panel.tsx'
import classes from './phoning.module.css'

const key = ['calls', 'law']

/** The rules of calling, and the lists of numbers that are not called. */
export function CallSettingsPage() {
  const { t } = useTranslation('phoning')
  const { data } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call(getCallLaw, {}, signal),
  })
  return (
    <Page narrow>
      <PageHeader title={t('settings.title')} subtitle={t('settings.text')} />
      {data && <LawForm key={JSON.stringify(data)} saved={data} />}
      <DoNotCallPanel />
    </Page>
  )
}

type PartProps = { draft: CallLaw; onChange: (patch: Partial<CallLaw>) => void }

function LawForm({ saved }: { saved: CallLaw }) {
  const client = useQueryClient()
  const problemText = useProblemText()
  const { t } = useTranslation('phoning')
  const [draft, setDraft] = useState(saved)
  const onChange = (patch: Partial<CallLaw>) => setDraft({ ...draft, ...patch })
  const save = useMutation({
    mutationFn: () => call(saveCallLaw, draft),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: key })
      notifications.show({ message: t('settings.saved') })
    },
  })
  return (
    <>
      <Consumers draft={draft} onChange={onChange} />
      <Hours draft={draft} onChange={onChange} />
      <Limits draft={draft} onChange={onChange} />
      <SaveBar
        dirty={JSON.stringify(draft) !== JSON.stringify(saved)}
        saving={save.isPending}
        onSave={() => save.mutate()}
        onReset={() => setDraft(saved)}
        problem={
          save.error
            ? problemText(save.error)
            : CallLaw.safeParse(draft).success
              ? undefined
              : t('errors.invalid-law')
        }
      />
    </>
  )
}

function Consumers({ draft, onChange }: PartProps) {
  const { t } = useTranslation('phoning')
  const { kinds } = useCatalogue()
  return (
    <Panel title={t('settings.consumers')}>
      <div className={classes.stack}>
        <Switch
          label={t('settings.requiresConsent')}
          description={t('settings.requiresConsentHelp')}
          checked={draft.requiresConsent}
          onChange={(event) => onChange({ requiresConsent: event.currentTarget.checked })}
        />
        <Switch
          label={t('settings.companiesAreConsumers')}
          checked={draft.companiesAreConsumers}
          onChange={(event) => onChange({ companiesAreConsumers: event.currentTarget.checked })}
        />
        <MultiSelect
          label={t('settings.professionalKinds')}
          description={t('settings.professionalKindsHelp')}
          data={kinds.map(({ code, label }) => ({ value: code, label }))}
          value={draft.professionalKinds}
          onChange={(professionalKinds) => onChange({ professionalKinds })}
        />
      </div>
    </Panel>
  )
}

const days = [1, 2, 3, 4, 5, 6, 0]

function Hours({ draft, onChange }: PartProps) {
  const { t, i18n } = useTranslation('phoning')
  const name = new Intl.DateTimeFormat(i18n.language, { weekday: 'long', timeZone: 'UTC' })
  const setSpan = (at: number, patch: { from?: string; to?: string }) =>
    onChange({ hours: draft.hours.map((span, n) => (n === at ? { ...span, ...patch } : span)) })
  return (
    <Panel title={t('settings.hours')}>
      <div className={classes.stack}>
        <Checkbox.Group
          label={t('settings.weekdays')}
          description={t('settings.hoursHelp')}
          value={draft.weekdays.map(String)}
          onChange={(weekdays) => onChange({ weekdays: weekdays.map(Number) })}
        >
          <Group gap="md" my={6}>
            {days.map((day) => (
              // 1 March 2026 was a Sunday.
              <Checkbox
                key={day}
                value={String(day)}
                label={name.format(new Date(Date.UTC(2026, 2, 1 + day)))}
              />
            ))}
          </Group>
        </Checkbox.Group>
        {draft.hours.map(({ from, to }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a span has no other name than its place
          <Group key={at} gap="sm">
            <TextInput
              type="time"
              label={t('settings.from')}
              value={from}
              onChange={(event) => setSpan(at, { from: event.currentTarget.value })}
            />
            <TextInput
              type="time"
              label={t('settings.to')}
              value={to}
              onChange={(event) => setSpan(at, { to: event.currentTarget.value })}
            />
          </Group>
        ))}
        <Checkbox
          label={t('settings.onHolidays')}
          checked={draft.onHolidays}
          onChange={(event) => onChange({ onHolidays: event.currentTarget.checked })}
        />
        <TextInput
          maw={280}
          label={t('settings.timeZone')}
          description={t('settings.timeZoneHelp')}
          value={draft.timeZone}
          onChange={(event) => onChange({ timeZone: event.currentTarget.value })}
        />
      </div>
    </Panel>
  )
}

function Limits({ draft, onChange }: PartProps) {
  const { t } = useTranslation('phoning')
  const field = (name: 'mostCalls' | 'withinDays' | 'silenceDays', min: number, max: number) => (
    <NumberInput
      label={t(`settings.${name}`)}
      min={min}
      max={max}
      w={220}
      value={draft[name]}
      onChange={(value) => onChange({ [name]: Number(value) })}
    />
  )
  return (
    <Panel title={t('settings.limits')}>
      <Group align="flex-end">
        {field('mostCalls', 1, 100)}
        {field('withinDays', 1, 366)}
        {field('silenceDays', 0, 3_660)}
      </Group>
    </Panel>
  )
}
