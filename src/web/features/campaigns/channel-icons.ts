import { IconFileSpreadsheet, IconMail, IconMessage } from '@tabler/icons-react'

export const channelIcons = { email: IconMail, sms: IconMessage, file: IconFileSpreadsheet }
