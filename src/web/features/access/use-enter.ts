import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { setLocale } from '../../platform/i18n.ts'
import { actorQuery } from './session.ts'

/** What follows a sign-in: whatever was known of an earlier user goes, the language becomes the user's. */
export function useEnter(): (next?: string) => Promise<void> {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useCallback(
    async (next = '/') => {
      client.clear()
      const actor = await client.fetchQuery(actorQuery)
      if (actor) await setLocale(actor.locale)
      await navigate({ to: isInside(next) ? next : '/', replace: true })
    },
    [client, navigate],
  )
}

/** Only an address of this app: `//evil.example` and `https://…` are not. */
const isInside = (address: string) => /^\/(?![/\\])/.test(address)
