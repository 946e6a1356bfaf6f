import { ActionIcon, Drawer, Group, Skeleton, Tabs, Title, Tooltip } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconArrowsMaximize, IconArrowsMinimize, IconX } from '@tabler/icons-react'
import { Suspense, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import type { OperationView, StepOfOperation } from '#core/operations/operation.ts'
import { useUrlState } from '../../../platform/url-state.ts'
import { ChannelIcon } from '../channel-icon.tsx'
import { useTables } from '../operation-data.ts'
import classes from '../operations.module.css'
import { stepTabs } from '../step-tabs.ts'
import { StepBadges } from './step-facts.tsx'

type Props = { operation: OperationView; step: StepOfOperation; onClose: () => void }

const Address = z.object({ part: z.string().catch('parameters').default('parameters') })

/** The step chosen: beside the outline on a wide screen, over the page on a small one. */
export function StepPane(props: Props) {
  const { t } = useTranslation('operations')
  const isWide = useMediaQuery('(min-width: 64em)', true, { getInitialValueInEffect: false })
  const [{ part }] = useUrlState(Address)
  const { typeOf } = useTables()
  const channel = typeOf(props.step.typeCode)?.channel ?? 'other'
  const isWideTab = stepTabs.some(({ key, wide, shows }) => key === part && wide && shows(channel))
  // What was chosen for one kind of tab says nothing of the other.
  const [chosen, setChosen] = useState<{ wideTab: boolean; large: boolean }>()
  const large = chosen?.wideTab === isWideTab ? chosen.large : isWideTab
  const headingId = useId()
  if (!isWide) {
    return (
      <Drawer
        opened
        onClose={props.onClose}
        size="100%"
        position="right"
        title={props.step.label}
        closeButtonProps={{ 'aria-label': t('step.close') }}
      >
        <StepContent key={props.step.id} {...props} />
      </Drawer>
    )
  }
  const Resize = large ? IconArrowsMinimize : IconArrowsMaximize
  const resize = t(large ? 'step.smaller' : 'step.larger')
  return (
    <section className={classes.pane} data-large={large || undefined} aria-labelledby={headingId}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" mb="xs">
        <PaneTitle {...props} id={headingId} />
        <Group gap={4} wrap="nowrap">
          <Tooltip label={resize}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={resize}
              aria-pressed={large}
              onClick={() => setChosen({ wideTab: isWideTab, large: !large })}
            >
              <Resize size={16} />
            </ActionIcon>
          </Tooltip>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('step.close')}
            onClick={props.onClose}
          >
            <IconX size={18} />
          </ActionIcon>
        </Group>
      </Group>
      <StepContent key={props.step.id} {...props} />
    </section>
  )
}

function PaneTitle({ step, id }: Props & { id: string }) {
  const { typeOf } = useTables()
  return (
    <Group gap={8} wrap="nowrap" align="flex-start">
      <ChannelIcon channel={step.isFinal ? (typeOf(step.typeCode)?.channel ?? 'other') : 'title'} />
      <Group gap={6}>
        <Title order={2} id={id} className={classes.paneTitle}>
          {step.label}
        </Title>
        {step.isFinal && <StepBadges step={step} />}
      </Group>
    </Group>
  )
}

/** The chosen tab is seen on a phone too, where the row of tabs is wider than the pane; nothing else is scrolled. */
function reveal(tab: HTMLElement | null) {
  const row = tab?.parentElement
  if (!tab || !row) return
  const hidden = tab.getBoundingClientRect().right - row.getBoundingClientRect().right
  if (hidden > 0) row.scrollLeft += hidden
}

function StepContent({ operation, step }: Props) {
  const { t } = useTranslation('operations')
  const { typeOf } = useTables()
  const [{ part }, setAddress] = useUrlState(Address)
  const channel = typeOf(step.typeCode)?.channel ?? 'other'
  const tabs = stepTabs.filter(({ key, shows }) =>
    step.isFinal ? shows(channel) : key === 'parameters',
  )
  const shown = tabs.find(({ key }) => key === part) ?? tabs[0]
  return (
    <Tabs
      value={shown?.key ?? null}
      onChange={(value) => setAddress({ part: value ?? 'parameters' })}
      keepMounted={false}
    >
      {tabs.length > 1 && (
        <Tabs.List mb="md">
          {tabs.map(({ key, icon: Icon }) => (
            <Tabs.Tab
              key={key}
              ref={key === shown?.key ? reveal : undefined}
              value={key}
              leftSection={<Icon size={15} stroke={1.7} />}
            >
              {t(`stepTabs.${key}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      )}
      <Suspense fallback={<Skeleton height={280} radius="lg" />}>
        {tabs.map(({ key, Panel }) => (
          <Tabs.Panel key={key} value={key}>
            <Panel operation={operation} step={step} />
          </Tabs.Panel>
        ))}
      </Suspense>
    </Tabs>
  )
}
