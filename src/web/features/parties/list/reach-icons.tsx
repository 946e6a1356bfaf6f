import { Tooltip } from '@mantine/core'
import { IconDeviceMobile, IconDeviceMobileOff, IconMail, IconMailOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PartyRow } from '#core/parties/list.ts'
import { isFrenchMobile } from '#core/parties/phone.ts'
import classes from '../parties.module.css'

type Person = Pick<
  PartyRow,
  'email' | 'emailState' | 'emailOptOut' | 'smsOptOut' | 'doNotContact' | 'mobile' | 'phoneNumber'
>

/** Whether a mailing can reach the person, and if not why: never by colour alone. */
export function ReachIcons({ person }: { person: Person }) {
  return (
    <span className={classes.reach}>
      <Reach channel="email" state={emailReach(person)} />
      <Reach channel="sms" state={smsReach(person)} />
    </span>
  )
}

type State = 'yes' | 'none' | 'bounced' | 'withdrawn' | 'wish'

function emailReach({ email, emailState, emailOptOut, doNotContact }: Person): State {
  if (email === '') return 'none'
  if (doNotContact) return 'wish'
  if (emailOptOut) return 'withdrawn'
  return emailState === 'ok' ? 'yes' : 'bounced'
}

function smsReach({ mobile, phoneNumber, smsOptOut, doNotContact }: Person): State {
  if (mobile === '' && !(phoneNumber && isFrenchMobile(phoneNumber))) return 'none'
  if (doNotContact) return 'wish'
  return smsOptOut ? 'withdrawn' : 'yes'
}

const icons = {
  email: [IconMail, IconMailOff],
  sms: [IconDeviceMobile, IconDeviceMobileOff],
} as const

function Reach({ channel, state }: { channel: 'email' | 'sms'; state: State }) {
  const { t } = useTranslation('parties')
  const [Yes, No] = icons[channel]
  const label = t(`reach.${channel}.${state}`)
  const Icon = state === 'yes' ? Yes : No
  return (
    <Tooltip label={label}>
      <span role="img" aria-label={label} data-yes={state === 'yes' || undefined}>
        <Icon size={15} stroke={1.8} />
      </span>
    </Tooltip>
  )
}
