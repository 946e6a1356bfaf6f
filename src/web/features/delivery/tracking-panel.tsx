import { Switch } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getTracking, saveTracking } from '#core/delivery/tracking-api.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { MayTip } from '../../ui/may-tip.tsx'
import { Panel } from '../../ui/panel.tsx'

const key = ['tracking']

/** What is noted of those who receive messages. */
export function TrackingPanel({ may }: { may: boolean }) {
  const { t } = useTranslation('delivery')
  const problemText = useProblemText()
  const client = useQueryClient()
  const { data, error } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call(getTracking, {}, signal),
    enabled: may,
  })
  const save = useMutation({
    mutationFn: (clicks: boolean) => call(saveTracking, { clicks }),
    onSuccess: (saved) => client.setQueryData(key, saved),
  })
  const refused = error ?? save.error
  return (
    <Panel title={t('tracking.title')}>
      <FieldError>{refused && problemText(refused)}</FieldError>
      <MayTip may={may}>
        {({ disabled, ...state }) => (
          <Switch
            label={t('tracking.clicks')}
            description={t('tracking.text')}
            checked={data?.clicks ?? false}
            onChange={(event) => save.mutate(event.currentTarget.checked)}
            disabled={disabled || !data || save.isPending}
            {...state}
          />
        )}
      </MayTip>
    </Panel>
  )
}
