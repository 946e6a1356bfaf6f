import { Stack, Switch, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { changeConsent, listConsents } from '#core/parties/api.ts'
import type { ConsentEvent } from '#core/parties/consent.ts'
import type { Party } from '#core/parties/party.ts'
import { call } from '../../../platform/call.ts'
import { useFormat } from '../../../platform/format.ts'
import { useProblemText } from '../../../platform/problem-text.ts'
import { FieldError } from '../../../ui/field-error.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { useMay } from '../../access/session.ts'
import classes from '../parties.module.css'
import { partyKey, useRefreshParty } from './use-card.ts'

const channels = ['all', 'email', 'sms', 'post', 'phone'] as const

/** The wish not to be contacted and the withdrawals per channel, with who said so and when. */
export function ConsentPanel({ party }: { party: Party }) {
  const { t } = useTranslation('parties')
  const may = useMay('customers.write')
  const refresh = useRefreshParty(party.id)
  const problemText = useProblemText()
  const { data: ledger = [] } = useQuery({
    queryKey: [...partyKey(party.id), 'consents'],
    queryFn: ({ signal }) => call(listConsents, { id: party.id }, signal),
  })
  const change = useMutation({
    mutationFn: (input: Pick<ConsentEvent, 'channel' | 'state'>) =>
      call(changeConsent, { id: party.id, ...input }),
    onSuccess: (saved) => refresh(saved),
  })
  const isWithdrawn = (channel: (typeof channels)[number]) => {
    if (channel === 'all') return party.doNotContact
    if (channel === 'email') return party.emailOptOut
    if (channel === 'sms') return party.smsOptOut
    return ledger.find((line) => line.channel === channel)?.state === 'withdrawn'
  }
  return (
    <Panel title={t('consent.title')}>
      <Stack gap="sm">
        {channels.map((channel) => (
          <div key={channel}>
            <Switch
              label={t(`consent.channel.${channel}`)}
              checked={isWithdrawn(channel)}
              disabled={!may || change.isPending}
              color="red"
              onChange={(event) =>
                change.mutate({
                  channel,
                  state: event.currentTarget.checked ? 'withdrawn' : 'granted',
                })
              }
            />
            <LastLine line={ledger.find((line) => line.channel === channel)} />
          </div>
        ))}
        {party.emailState !== 'ok' && party.email !== '' && (
          <Text size="sm" c="red">
            {t(`emailState.${party.emailState}`)}
          </Text>
        )}
        <FieldError>{change.error ? problemText(change.error) : null}</FieldError>
      </Stack>
    </Panel>
  )
}

function LastLine({ line }: { line: ConsentEvent | undefined }) {
  const { t, i18n } = useTranslation('parties')
  const format = useFormat()
  if (!line) return null
  const source = i18n.exists(`parties:consent.source.${line.source}`)
    ? t(`consent.source.${line.source}`)
    : line.source
  return (
    <p className={classes.consentLine}>
      {t(`consent.line.${line.state}${line.actorName ? '_by' : ''}`, {
        source,
        by: line.actorName,
        at: format.instant(line.at),
      })}
    </p>
  )
}
