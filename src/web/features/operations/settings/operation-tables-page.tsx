import { Stack, Tabs } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { useUrlState } from '../../../platform/url-state.ts'
import { Page } from '../../../ui/page.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Families } from './families.tsx'
import { OperationTypes } from './operation-types.tsx'
import { States } from './states.tsx'
import { StepTypes } from './step-types.tsx'

const Tab = z.enum(['step-types', 'states', 'types', 'families'])
const Address = z.object({ tab: Tab.catch('step-types').default('step-types') })

const panels = {
  'step-types': StepTypes,
  states: States,
  types: OperationTypes,
  families: Families,
} as const

/** The tables of operations that the administrator extends (D-24, D-32, D-34, D-107 to D-110). */
export function OperationTablesPage() {
  const { t } = useTranslation('operations')
  const [{ tab }, setAddress] = useUrlState(Address)
  const Shown = panels[tab]
  return (
    <Page>
      <PageHeader title={t('settings.title')} subtitle={t('settings.purpose')} />
      <Tabs
        value={tab}
        onChange={(value) => setAddress({ tab: Tab.catch('step-types').parse(value) })}
        keepMounted={false}
      >
        <Tabs.List>
          {Tab.options.map((value) => (
            <Tabs.Tab key={value} value={value}>
              {t(`settings.tabs.${value}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} pt="md">
          <Stack>
            <Shown />
          </Stack>
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}
