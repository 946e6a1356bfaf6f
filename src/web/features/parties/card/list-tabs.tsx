import { Tabs } from '@mantine/core'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { displayName, type Party } from '#core/parties/party.ts'
import { FindLines } from '../../../ui/find-lines.tsx'

const CustomerActivities = lazy(async () => ({
  default: (await import('../../activities/customer-activities.tsx')).CustomerActivities,
}))
const AnswersPanel = lazy(async () => ({
  default: (await import('../../questionnaires/answers-panel.tsx')).AnswersPanel,
}))
const PurchasesTab = lazy(async () => ({
  default: (await import('./purchases-tab.tsx')).PurchasesTab,
}))
const TimelineTab = lazy(async () => ({
  default: (await import('./timeline-tab.tsx')).TimelineTab,
}))
const MembersTab = lazy(async () => ({
  default: (await import('./members-tab.tsx')).MembersTab,
}))

const lists = {
  members: (party) => <MembersTab party={party} />,
  activities: (party) => <CustomerActivities partyId={party.id} name={displayName(party)} />,
  answers: (party) => <AnswersPanel partyId={party.id} readOnly={party.deletedAt !== null} />,
  purchases: ({ id }) => <PurchasesTab id={id} />,
  timeline: ({ id }) => <TimelineTab id={id} />,
} satisfies Record<string, (party: Party) => ReactNode>

const keys = Object.keys(lists) as (keyof typeof lists)[]

/** The tabs of the card that are lists, each with a search among its lines. */
export function ListTabs({ party, shown }: { party: Party; shown: readonly string[] }) {
  const { t } = useTranslation('parties')
  return keys
    .filter((key) => shown.includes(key))
    .map((key) => (
      <Tabs.Panel key={key} value={key}>
        <FindLines label={t(`find.${key}`)}>
          <Suspense>{lists[key](party)}</Suspense>
        </FindLines>
      </Tabs.Panel>
    ))
}
