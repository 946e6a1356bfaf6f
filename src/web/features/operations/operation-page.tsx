import { Skeleton, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import type { OperationView } from '#core/operations/operation.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { useUrlState } from '../../platform/url-state.ts'
import { BackLink } from '../../ui/back-link.tsx'
import { FieldError } from '../../ui/field-error.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { operationQuery } from './operation-data.ts'
import { OperationHead } from './operation-head.tsx'
import { operationTabs } from './operation-tabs.ts'

const FinishBanners = lazy(async () => ({
  default: (await import('../targets/finish-banners.tsx')).FinishBanners,
}))

const Address = z.object({ tab: z.string().catch('steps').default('steps') })

/** A marketing operation: its steps, the people in them, what came of it, and what is common to all steps. */
export function OperationPage() {
  const { t } = useTranslation('operations')
  const { id } = useParams({ strict: false })
  const problemText = useProblemText()
  const { data: operation, error } = useQuery(operationQuery(Number(id)))
  if (error && !operation) {
    return (
      <Page>
        <PageHeader title={t('title')} />
        <FieldError>{problemText(error)}</FieldError>
      </Page>
    )
  }
  if (!operation) {
    return (
      <Page>
        <Skeleton height={34} width={320} />
        <Skeleton height={360} />
      </Page>
    )
  }
  return <Operation key={operation.id} operation={operation} />
}

function Operation({ operation }: { operation: OperationView }) {
  const { t } = useTranslation('operations')
  const [{ tab }, setAddress] = useUrlState(Address)
  const shown = operationTabs.find(({ key }) => key === tab) ?? operationTabs[0]
  return (
    <Page>
      <BackLink to="/operations">{t('backToTree')}</BackLink>
      <OperationHead operation={operation} />
      <Suspense>
        <FinishBanners operation={operation} />
      </Suspense>
      <Tabs
        value={shown?.key ?? null}
        onChange={(value) => setAddress({ tab: value ?? 'steps' }, { push: true })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {operationTabs.map(({ key, icon: Icon }) => (
            <Tabs.Tab key={key} value={key} leftSection={<Icon size={16} stroke={1.7} />}>
              {t(`tabs.${key}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Suspense fallback={<Skeleton height={320} radius="lg" />}>
          {operationTabs.map(({ key, Panel }) => (
            <Tabs.Panel key={key} value={key}>
              <Panel operation={operation} />
            </Tabs.Panel>
          ))}
        </Suspense>
      </Tabs>
    </Page>
  )
}
