import { Stack, Switch } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Tracking } from '#core/delivery/click.ts'
import { getTracking, saveTracking } from '#core/delivery/tracking-api.ts'
import { call } from '../../platform/call.ts'
import { useProblemText } from '../../platform/problem-text.ts'
import { FieldError } from '../../ui/field-error.tsx'
import { MayTip } from '../../ui/may-tip.tsx'
import { Panel } from '../../ui/panel.tsx'

const key = ['tracking']

const kinds = [
  { name: 'clicks', text: 'text' },
  { name: 'opens', text: 'opensText' },
] as const

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
    mutationFn: (tracking: Tracking) => call(saveTracking, tracking),
    onSuccess: (saved) => client.setQueryData(key, saved),
  })
  const refused = error ?? save.error
  return (
    <Panel title={t('tracking.title')}>
      <FieldError>{refused && problemText(refused)}</FieldError>
      <MayTip may={may}>
        {({ disabled, ...state }) => (
          <Stack gap="md">
            {kinds.map(({ name, text }) => (
              <Switch
                key={name}
                label={t(`tracking.${name}`)}
                description={t(`tracking.${text}`)}
                checked={data?.[name] ?? false}
                onChange={(event) =>
                  data && save.mutate({ ...data, [name]: event.currentTarget.checked })
                }
                disabled={disabled || !data || save.isPending}
                {...state}
              />
            ))}
          </Stack>
        )}
      </MayTip>
    </Panel>
  )
}
