import { Alert, List, Text } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type AudienceCheck, checkContent } from '#core/campaigns/api.ts'
import type { ContentView, StepView } from '#core/campaigns/campaign.ts'
import { call } from '../../platform/call.ts'
import { useFormat } from '../../platform/format.ts'
import { Panel } from '../../ui/panel.tsx'
import { useMergeFields } from '../content/use-merge-fields.ts'

/** What the message means for everybody it can reach: empty fields and the dearest text message. */
export function MessageChecks({ step, content }: { step: StepView; content: ContentView }) {
  const { t } = useTranslation('campaigns')
  const { integer } = useFormat()
  const { data } = useQuery({
    queryKey: ['campaigns', 'of-step', step.id, 'check', content.id, content.version, step.version],
    queryFn: ({ signal }) => call(checkContent, { id: content.id }, signal),
    placeholderData: keepPreviousData,
  })
  if (!data) return null
  const { recipients, missing, sms } = data
  return (
    <Panel title={t('checks.title')}>
      <Text size="sm" role="status">
        {t(`checks.recipients.${content.body.channel}`, {
          count: recipients,
          n: integer(recipients),
        })}
      </Text>
      {content.body.channel !== 'file' && missing.length > 0 && <Missing missing={missing} />}
      {content.body.channel !== 'file' && recipients > 0 && missing.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('checks.complete')}
        </Text>
      )}
      {sms && recipients > 0 && <Dearest sms={sms} recipients={recipients} />}
    </Panel>
  )
}

function Missing({ missing }: { missing: AudienceCheck['missing'] }) {
  const { t } = useTranslation('campaigns')
  const { integer } = useFormat()
  const { labelOf } = useMergeFields()
  return (
    <Alert mt="sm" color="yellow" variant="light" icon={<IconInfoCircle size={18} />}>
      <List size="sm">
        {missing.map(({ field, fallback, count }) => (
          <List.Item key={`${field}|${fallback}`}>
            {t(fallback === '' ? 'checks.missingBlank' : 'checks.missingFallback', {
              count,
              n: integer(count),
              field: labelOf(field),
              fallback,
            })}
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}

type DearestProps = { sms: NonNullable<AudienceCheck['sms']>; recipients: number }

function Dearest({ sms, recipients }: DearestProps) {
  const { t } = useTranslation('campaigns')
  const { integer } = useFormat()
  const byParts = Object.entries(sms.recipientsByParts)
  const total =
    byParts.length === 0
      ? sms.parts * recipients
      : byParts.reduce((sum, [parts, people]) => sum + Number(parts) * people, 0)
  return (
    <>
      <Text size="sm" mt="xs">
        {t('checks.total', { count: total, n: integer(total) })}
      </Text>
      <Text size="sm" c="dimmed">
        {t(sms.partyId === null ? 'checks.same' : 'checks.dearest', {
          count: sms.parts,
          length: sms.length,
          text: sms.text,
        })}
      </Text>
    </>
  )
}
