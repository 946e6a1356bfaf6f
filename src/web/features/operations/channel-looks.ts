import {
  IconClipboardList,
  IconFileSpreadsheet,
  IconHeading,
  IconMail,
  IconMailbox,
  IconMessage,
  IconPhone,
  IconPhoneCall,
  type TablerIcon,
} from '@tabler/icons-react'
import type { StepChannel } from '#core/campaigns/step-type.ts'

/** A channel is told by its icon and its word; the colour, a class of operations.module.css, only helps. */
export const channelLooks: Record<StepChannel | 'title', { icon: TablerIcon; color: string }> = {
  phoning: { icon: IconPhone, color: 'pink' },
  'phoning-contact': { icon: IconPhoneCall, color: 'grape' },
  email: { icon: IconMail, color: 'cyan' },
  'mass-email': { icon: IconMailbox, color: 'indigo' },
  sms: { icon: IconMessage, color: 'green' },
  export: { icon: IconFileSpreadsheet, color: 'orange' },
  other: { icon: IconClipboardList, color: 'yellow' },
  title: { icon: IconHeading, color: 'gray' },
}
