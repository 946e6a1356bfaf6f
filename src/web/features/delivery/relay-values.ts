import type { z } from 'zod'
import type { Relay, RelayConfig, RelayDraft } from '#core/delivery/relay.ts'

/** What the form holds: numbers may be blank, secrets are typed anew or left alone. */
export type RelayValues = {
  label: string
  config: RelayConfig
  perSecond: number | ''
  perHour: number | ''
  connections: number
  isDefault: boolean
  password: string
  dkimKey: string
}

export function blankConfig(kind: RelayConfig['kind']): RelayConfig {
  switch (kind) {
    case 'smtp':
      return {
        kind,
        host: '',
        port: 587,
        security: 'starttls',
        verifyCertificate: true,
        user: '',
        fromName: '',
        fromAddress: '',
        replyTo: '',
        bounceAddress: '',
        dkimDomain: '',
        dkimSelector: '',
      }
    case 'http':
      return {
        kind,
        url: 'https://',
        method: 'POST',
        headers: [{ name: 'Authorization', value: 'Bearer {{secret}}' }],
        bodyType: 'json',
        body: '{"to": "{{to}}", "text": "{{text}}", "from": "{{sender}}"}',
        sender: '',
        stopText: '',
        successPath: '',
        successValue: '',
      }
    case 'smpp':
      return {
        kind,
        host: '',
        port: 2775,
        tls: false,
        user: '',
        systemType: '',
        sender: '',
        stopText: '',
      }
    case 'mailbox':
      return { kind, fromName: '', fromAddress: 'boutique@example.org' }
  }
}

export const toValues = (relay: Relay | undefined, channel: Relay['channel']): RelayValues => ({
  label: relay?.label ?? '',
  config: relay?.config ?? blankConfig(channel === 'email' ? 'smtp' : 'http'),
  perSecond: relay?.perSecond ?? '',
  perHour: relay?.perHour ?? '',
  connections: relay?.connections ?? 5,
  isDefault: relay?.isDefault ?? true,
  password: '',
  dkimKey: '',
})

export function toDraft(
  values: RelayValues,
  channel: Relay['channel'],
): z.input<typeof RelayDraft> {
  const { password, dkimKey, perSecond, perHour, ...rest } = values
  return {
    ...rest,
    channel,
    perSecond: perSecond === '' ? null : perSecond,
    perHour: perHour === '' ? null : perHour,
    secrets: {
      ...(password === '' ? {} : { password }),
      ...(dkimKey === '' ? {} : { dkimKey }),
    },
  }
}
