import { Button, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconMailOpened, IconPlus, IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { CampaignSort, listCampaigns } from '#core/campaigns/api.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { useUrlState } from '../../platform/url-state.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FieldError } from '../../ui/field-error.tsx'
import { MayTip } from '../../ui/may-tip.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useMay } from '../access/session.ts'
import classes from './campaigns.module.css'
import { CreateMailing } from './create-mailing.tsx'
import { MailingPane } from './mailing-pane.tsx'
import { MailingsTable } from './mailings-table.tsx'

const Address = z.object({
  search: z.string().catch('').default(''),
  sort: CampaignSort.catch('sendOn').default('sendOn'),
  direction: z.enum(['asc', 'desc']).catch('desc').default('desc'),
  selected: z.coerce.number().int().positive().optional().catch(undefined),
})

const pageSize = 100

/** The list of mailings, and what the chosen one brought in beside it (P-11, P-12). */
export function MailingsPage() {
  const { t } = useTranslation('campaigns')
  const may = useMay('mailings.write')
  const problemText = useProblemText()
  const [address, setAddress] = useUrlState(Address)
  const [creating, setCreating] = useState(false)
  const [limit, setLimit] = useState(pageSize)
  const { search, sort, direction } = address
  const list = useQuery({
    queryKey: ['campaigns', 'list', { search, sort, direction, limit }],
    queryFn: ({ signal }) => call(listCampaigns, { search, sort, direction, limit }, signal),
    placeholderData: keepPreviousData,
  })
  const rows = list.data?.rows ?? []
  const total = list.data?.total ?? 0
  // Nothing chosen yet shows the first, so that the pane is never bare beside a full list.
  const selected = address.selected ?? rows[0]?.id
  const isEmpty = list.isSuccess && total === 0 && search === ''
  const createButton = (
    <MayTip may={may}>
      {(state) => (
        <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)} {...state}>
          {t('create')}
        </Button>
      )}
    </MayTip>
  )
  return (
    <Page>
      <PageHeader
        title={t('title')}
        subtitle={list.isSuccess && !isEmpty ? t('count', { count: total }) : t('purpose')}
        actions={createButton}
      />
      <CreateMailing opened={creating} onClose={() => setCreating(false)} />
      {list.isError && <FieldError>{problemText(list.error)}</FieldError>}
      {isEmpty ? (
        <EmptyState
          icon={<IconMailOpened size={40} stroke={1.3} />}
          title={t('empty.title')}
          description={t('empty.text')}
          actions={createButton}
        />
      ) : (
        <div className={classes.master}>
          <Panel flush className={classes.listPanel ?? ''}>
            <Search value={search} onChange={(text) => setAddress({ search: text })} />
            <MailingsTable
              rows={rows}
              selected={selected}
              sort={{ key: sort, direction }}
              onSort={setAddress}
              onSelect={(id) => setAddress({ selected: id })}
              loading={list.isPending}
            />
            {rows.length < total && (
              <Button variant="subtle" fullWidth onClick={() => setLimit(limit + pageSize)}>
                {t('more')}
              </Button>
            )}
          </Panel>
          {selected !== undefined && <MailingPane key={selected} id={selected} />}
        </div>
      )}
    </Page>
  )
}

function Search({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const { t } = useTranslation('campaigns')
  const [text, setText] = useState(value)
  const later = useDebouncedCallback(onChange, 250)
  return (
    <TextInput
      className={classes.search ?? ''}
      type="search"
      aria-label={t('search')}
      placeholder={t('search')}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        later(event.currentTarget.value)
      }}
    />
  )
}
