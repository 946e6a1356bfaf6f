import { type ComboboxItem, type OptionsFilter, Select, Skeleton, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getTimeZone, saveTimeZone } from '#core/company/api.ts'
import { fold } from '#core/kernel/fold.ts'
import { placeOf } from '#core/kernel/zone.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Panel } from '../../ui/panel.tsx'
import { SaveBar } from '../../ui/save-bar.tsx'

const queryKey = ['time-zone']

/** Where the company is, for every day and hour that the program counts or shows. */
export function TimeZonePage() {
  const { t } = useTranslation('company')
  const { data } = useQuery({ queryKey, queryFn: ({ signal }) => call(getTimeZone, {}, signal) })
  return (
    <Page narrow>
      <PageHeader title={t('zone.title')} subtitle={t('zone.why')} />
      {data ? <ZoneForm saved={data.timeZone} choices={data.choices} /> : <Skeleton height={220} />}
    </Page>
  )
}

/** « reunion » and “new york” are found, whatever the accents and signs of their names. */
const byWords: OptionsFilter = ({ options, search }) => {
  const words = fold(search).split(/\W+/).filter(Boolean)
  return options.filter((option) => {
    const text = fold((option as ComboboxItem).label)
    return words.every((word) => text.includes(word))
  })
}

/** “Guadeloupe (America)” of `America/Guadeloupe`. */
const labelOf = (zone: string) => `${placeOf(zone)} (${zone.split('/').slice(0, -1).join(', ')})`

function ZoneForm({ saved, choices }: { saved: string; choices: readonly string[] }) {
  const { t } = useTranslation('company')
  const problemText = useProblemText()
  const client = useQueryClient()
  const [zone, setZone] = useState(saved)
  const save = useMutation({
    mutationFn: () => call(saveTimeZone, { timeZone: zone }),
    // Whatever is on screen tells days and hours by it.
    onSuccess: () => client.invalidateQueries(),
  })
  return (
    <Panel>
      <Stack>
        <Select
          label={t('zone.label')}
          description={t('zone.help')}
          data={[...new Set([...choices, saved])].map((value) => ({
            value,
            label: labelOf(value),
          }))}
          value={zone}
          onChange={(chosen) => setZone(chosen ?? saved)}
          filter={byWords}
          nothingFoundMessage={t('zone.none')}
          // What is typed takes the place of the city that is there.
          onClick={(event) => event.currentTarget.select()}
          searchable
          allowDeselect={false}
          maxDropdownHeight={280}
        />
        <Now zone={zone} />
        <Text size="sm" c="dimmed">
          {t('zone.note')}
        </Text>
        <SaveBar
          dirty={zone !== saved}
          saving={save.isPending}
          onSave={() => save.mutate()}
          onReset={() => setZone(saved)}
          problem={save.isError ? problemText(save.error) : undefined}
        />
      </Stack>
    </Panel>
  )
}

/** What the clock shows there, to recognise the place by. */
function Now({ zone }: { zone: string }) {
  const { t, i18n } = useTranslation('company')
  const now = new Intl.DateTimeFormat(i18n.language, {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone: zone,
  })
  return <Text size="sm">{t('zone.now', { now: now.format(new Date()) })}</Text>
}
