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
import { MeasuringConsent } from './measuring-consent.tsx'
import { partyKey, useRefreshParty } from './use-card.ts'

const channels = ['all', 'email', 'sms', 'post', 'phone'] as const

type ConsentInput = Pick<ConsentEvent, 'channel' | 'purpose' | 'state'> & { note?: string }

/** The wish not to be contacted and the withdrawals per channel, with who said so and when; and measuring openings. */
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
    mutationFn: (input: ConsentInput) => call(changeConsent, { id: party.id, ...input }),
    onSuccess: (saved) => refresh(saved),
  })
  const lastOf = (purpose: ConsentEvent['purpose'], channel: ConsentEvent['channel']) =>
    ledger.find((line) => line.purpose === purpose && line.channel === channel)
  const isWithdrawn = (channel: (typeof channels)[number]) => {
    if (channel === 'all') return party.doNotContact
    if (channel === 'email') return party.emailOptOut
    if (channel === 'sms') return party.smsOptOut
    return lastOf('marketing', channel)?.state === 'withdrawn'
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
                  purpose: 'marketing',
                  state: event.currentTarget.checked ? 'withdrawn' : 'granted',
                })
              }
            />
            <LastLine line={lastOf('marketing', channel)} />
          </div>
        ))}
        <div>
          <MeasuringConsent
            agrees={party.opensConsent === true}
            disabled={!may || change.isPending}
            onChange={(agrees, note) =>
              change.mutate({
                channel: 'email',
                purpose: 'measurement',
                state: agrees ? 'granted' : 'withdrawn',
                note,
              })
            }
          />
          <LastLine line={lastOf('measurement', 'email')} />
        </div>
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
      <Proof proof={line.proof} />
    </p>
  )
}

/** What was written down with the agreement by hand, or the line of the file that said it. */
function Proof({ proof }: Pick<ConsentEvent, 'proof'>) {
  const { t } = useTranslation('parties')
  const { note, importId, line } = proof
  if (typeof note === 'string') return <> · {note}</>
  if (typeof importId !== 'number' || typeof line !== 'number') return null
  return <> · {t('consent.proof.import', { id: importId, line })}</>
}
