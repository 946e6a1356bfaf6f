import { Alert, Button, Skeleton, Tabs } from '@mantine/core'
import {
  IconChartHistogram,
  IconFilter,
  IconLock,
  IconMessages,
  IconSend,
  IconUsers,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { type CampaignView, isEditable, type StepView } from '#core/campaigns/campaign.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { useUrlState } from '../../platform/url-state.ts'
import { BackLink } from '../../ui/back-link.tsx'
import { FieldError } from '../../ui/field-error.tsx'
import { MayTip } from '../../ui/may-tip.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { useMay } from '../access/session.ts'
import { campaignQuery } from './campaign-queries.ts'
import { CopyMailing } from './copy-mailing.tsx'
import { GeneralTab } from './general-tab.tsx'
import { MailingActions } from './mailing-actions.tsx'
import { StateBadge } from './state-badge.tsx'

/* Each tab is loaded when first opened: editors, the ledger and the chart are large. */
const MessagesTab = lazy(async () => ({
  default: (await import('./messages-tab.tsx')).MessagesTab,
}))
const PeopleTab = lazy(async () => ({ default: (await import('./people-tab.tsx')).PeopleTab }))
const ResultsTab = lazy(async () => ({ default: (await import('./results-tab.tsx')).ResultsTab }))
const SendingTab = lazy(async () => ({ default: (await import('./sending-tab.tsx')).SendingTab }))

const tabs = ['general', 'people', 'messages', 'sending', 'results'] as const
const icons = {
  general: IconFilter,
  people: IconUsers,
  messages: IconMessages,
  sending: IconSend,
  results: IconChartHistogram,
}
const Address = z.object({ tab: z.enum(tabs).catch('general').default('general') })

/** A mailing: whom, who, what, when, and what came of it. Every tab can be filled in, in any order. */
export function MailingPage() {
  const { t } = useTranslation('campaigns')
  const { id } = useParams({ strict: false })
  const problemText = useProblemText()
  const { data: campaign, error } = useQuery(campaignQuery(Number(id)))
  if (error) {
    return (
      <Page>
        <PageHeader title={t('title')} />
        <FieldError>{problemText(error)}</FieldError>
        <Link to="/mailings">{t('backToList')}</Link>
      </Page>
    )
  }
  const step = campaign?.steps[0]
  if (!campaign || !step) {
    return (
      <Page>
        <Skeleton height={34} width={320} />
        <Skeleton height={360} />
      </Page>
    )
  }
  return <Mailing key={campaign.id} campaign={campaign} step={step} />
}

function Mailing({ campaign, step }: { campaign: CampaignView; step: StepView }) {
  const { t } = useTranslation('campaigns')
  const [{ tab }, setAddress] = useUrlState(Address)
  const may = useMay('mailings.write')
  const editable = may && isEditable(step.state) && campaign.closedAt === null && !campaign.isLegacy
  const open = (value: string | null) =>
    setAddress({ tab: tabs.find((one) => one === value) ?? 'general' }, { push: true })
  const props = { campaign, step, editable }
  return (
    <Page>
      <BackLink to="/mailings" search={{ selected: campaign.id }}>
        {t('backToList')}
      </BackLink>
      <PageHeader
        title={campaign.label}
        badge={<StateBadge {...campaign} stepState={step.state} />}
        actions={<MailingActions campaign={campaign} />}
      />
      {may && !editable && <FixedNotice campaign={campaign} />}
      <Tabs value={tab} onChange={open} keepMounted={false}>
        <Tabs.List mb="md">
          {tabs.map((one) => {
            const Icon = icons[one]
            return (
              <Tabs.Tab key={one} value={one} leftSection={<Icon size={16} stroke={1.7} />}>
                {t(`tabs.${one}`)}
              </Tabs.Tab>
            )
          })}
        </Tabs.List>
        <Suspense fallback={<Skeleton height={320} radius="lg" />}>
          <Tabs.Panel value="general">
            <GeneralTab {...props} />
          </Tabs.Panel>
          <Tabs.Panel value="people">
            <PeopleTab {...props} />
          </Tabs.Panel>
          <Tabs.Panel value="messages">
            <MessagesTab {...props} />
          </Tabs.Panel>
          <Tabs.Panel value="sending">
            <SendingTab {...props} />
          </Tabs.Panel>
          <Tabs.Panel value="results">
            <ResultsTab {...props} />
          </Tabs.Panel>
        </Suspense>
      </Tabs>
    </Page>
  )
}

/** Says why nothing can be changed any more, and what to do instead. */
function FixedNotice({ campaign }: { campaign: CampaignView }) {
  const { t } = useTranslation('campaigns')
  const may = useMay('mailings.write')
  const [copying, setCopying] = useState(false)
  const why = campaign.isLegacy ? 'legacy' : campaign.closedAt ? 'closed' : 'launched'
  return (
    <Alert variant="light" color="gray" icon={<IconLock size={18} />}>
      {t(`fixed.${why}`)}{' '}
      <MayTip may={may}>
        {(state) => (
          <Button size="compact-sm" variant="default" onClick={() => setCopying(true)} {...state}>
            {t('duplicate')}
          </Button>
        )}
      </MayTip>
      <CopyMailing opened={copying} onClose={() => setCopying(false)} from={campaign} />
    </Alert>
  )
}
