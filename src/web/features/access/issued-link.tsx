import { Button, CopyButton, Stack, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { IssuedLink } from '#core/access/session.ts'
import { useFormat } from '../../platform/format.ts'

/** A link to hand on, shown this once. */
export function IssuedLinkBox({ link, text }: { link: IssuedLink; text: string }) {
  const { t } = useTranslation('access')
  const format = useFormat()
  return (
    <Stack gap="sm">
      <Text size="sm">{text}</Text>
      <Copyable label={t('people.link')} value={link.url} />
      <Text size="sm" c="dimmed">
        {t('people.linkExpires', { date: format.instant(link.expiresAt) })}
      </Text>
    </Stack>
  )
}

/** A value to copy whole. */
export function Copyable({ label, value }: { label: string; value: string }) {
  const { t } = useTranslation('access')
  return (
    <Stack gap="xs" align="flex-start">
      <TextInput
        label={label}
        value={value}
        readOnly
        w="100%"
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button variant="default" onClick={copy} data-autofocus>
            {t(copied ? 'people.copied' : 'people.copy')}
          </Button>
        )}
      </CopyButton>
    </Stack>
  )
}
