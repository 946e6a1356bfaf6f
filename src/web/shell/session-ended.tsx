import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { whoAmI } from '#core/access/api.ts'
import type { Me } from '#core/access/user.ts'
import { endedQuery } from '../features/access/session.ts'
import { call } from '../platform/call.ts'

/** Asks who was signed in to sign in again, in another tab, and takes up where this one was left. */
export function SessionEnded({ actor }: { actor: Me }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [stillOut, setStillOut] = useState(false)
  const look = useCallback(async () => {
    const now = await call(whoAmI, {}).catch(() => null)
    setStillOut(now === null)
    if (now === null) return
    // Somebody else must not see what the first had on screen.
    if (now.id !== actor.id) return window.location.reload()
    client.setQueryData(endedQuery.queryKey, false)
    await client.invalidateQueries({ predicate: ({ state }) => state.status === 'error' })
  }, [actor.id, client])
  useEffect(() => {
    const onFocus = () => void look()
    window.addEventListener('focus', onFocus)
    return () => window.removeEventListener('focus', onFocus)
  }, [look])
  return (
    <Modal
      opened
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t('sessionEnded.title')}
    >
      <Stack>
        <Text size="sm">{t('sessionEnded.text')}</Text>
        {stillOut && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {t('sessionEnded.stillOut')}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => void look()}>
            {t('sessionEnded.continue')}
          </Button>
          <Button component="a" href="/sign-in" target="_blank">
            {t('sessionEnded.signIn')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
