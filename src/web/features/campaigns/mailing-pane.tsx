import { Button, Group, Skeleton, Text, Title } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { DayText } from '../../ui/figures.tsx'
import { MayTip } from '../../ui/may-tip.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useMay } from '../access/session.ts'
import { ResultsPane } from '../results/results-pane.tsx'
import { campaignQuery } from './campaign-queries.ts'
import classes from './campaigns.module.css'
import { MailingActions } from './mailing-actions.tsx'
import { StateBadge } from './state-badge.tsx'

/** The chosen mailing beside the list: what it is, what can be done with it, what it brought in (P-12). */
export function MailingPane({ id }: { id: number }) {
  const { t } = useTranslation('campaigns')
  const may = useMay('mailings.write')
  const problemText = useProblemText()
  const { data: campaign, error } = useQuery(campaignQuery(id))
  if (error) {
    return (
      <Panel className={classes.pane ?? ''}>
        <FieldError>{problemText(error)}</FieldError>
      </Panel>
    )
  }
  if (!campaign) return <Skeleton height={320} radius="lg" className={classes.pane ?? ''} />
  const [step] = campaign.steps
  return (
    <section className={classes.pane} aria-label={t('pane', { label: campaign.label })}>
      <Panel>
        <Group justify="space-between" align="flex-start" gap="sm">
          <div className={classes.grow}>
            <Group gap="xs">
              <Title order={2} className={classes.paneTitle ?? ''}>
                {campaign.label}
              </Title>
              {step && <StateBadge {...campaign} stepState={step.state} />}
            </Group>
            <Text size="sm" c="dimmed">
              {campaign.sendOn ? (
                <>
                  {t('sentOn')} <DayText day={campaign.sendOn} />
                </>
              ) : (
                t('noDate')
              )}
              {campaign.closedAt && (
                <>
                  {' · '}
                  {t('closedOn')} <DayText day={campaign.closedAt} />
                </>
              )}
            </Text>
          </div>
        </Group>
        <Group gap={6} mt="sm">
          <Button
            size="xs"
            variant="light"
            renderRoot={(props) => (
              <Link to="/mailings/$id" params={{ id: String(id) }} {...props} />
            )}
          >
            {t('open')}
          </Button>
          <MayTip may={may}>
            {(state) => (
              <Button
                size="xs"
                variant="default"
                leftSection={<IconPencil size={15} />}
                {...state}
                renderRoot={(props) =>
                  state.disabled ? (
                    <button type="button" {...props} />
                  ) : (
                    <Link to="/mailings/$id" params={{ id: String(id) }} {...props} />
                  )
                }
              >
                {t('modify')}
              </Button>
            )}
          </MayTip>
          <MailingActions campaign={campaign} />
        </Group>
      </Panel>
      <Suspense fallback={<Skeleton height={320} radius="lg" />}>
        <ResultsPane campaignId={id} />
      </Suspense>
    </section>
  )
}
