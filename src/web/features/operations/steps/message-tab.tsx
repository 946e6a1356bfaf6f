import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { isEditable, StepState } from '#core/campaigns/campaign.ts'
import { messageChannelOf } from '#core/campaigns/step-type.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { FieldError } from '../../../ui/field-error.tsx'
import { useMay } from '../../access/session.ts'
import { campaignQuery } from '../../campaigns/campaign-queries.ts'
import { MessagesTab } from '../../campaigns/messages-tab.tsx'
import { useTables } from '../operation-data.ts'
import type { StepTabProps } from '../step-tabs.ts'

/** What the step sends, in the editor that mailings have. */
export function MessageTab({ operation, step }: StepTabProps) {
  const problemText = useProblemText()
  const may = useMay('mailings.write')
  const { typeOf } = useTables()
  const { data: campaign, error } = useQuery(campaignQuery(operation.id))
  const view = campaign?.steps.find(({ id }) => id === step.id)
  const channel = messageChannelOf(typeOf(step.typeCode)?.channel ?? 'other')
  if (error && !campaign) return <FieldError>{problemText(error)}</FieldError>
  if (!campaign || !view || channel === null) return <Skeleton height={320} radius="lg" />
  return (
    <MessagesTab
      campaign={campaign}
      step={view}
      editable={may && isEditable(StepState.parse(step.state)) && operation.closedAt === null}
      only={channel}
    />
  )
}
