import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { signOut } from '#core/access/api.ts'
import { call } from '../../platform/call.ts'
import { setLocale } from '../../platform/i18n.ts'
import { forgetKept } from '../../platform/leave.ts'
import { actorQuery } from './session.ts'

/** What follows a sign-in: whatever was known of an earlier user goes, the language becomes the user's. */
export function useEnter(): (next?: string) => Promise<void> {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useCallback(
    async (next = '/') => {
      // All but the link that is being used: its page is still there and would ask again.
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'link' })
      const actor = await client.fetchQuery(actorQuery)
      if (actor) await setLocale(actor.locale)
      await navigate({ to: isInside(next) ? next : '/', replace: true })
    },
    [client, navigate],
  )
}

/** Signs out, and forgets all that was shown to who leaves. */
export function useLeave(): () => void {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useCallback(() => {
    const leave = async () => {
      await call(signOut, {})
      forgetKept()
      await navigate({ to: '/sign-in', replace: true })
      client.clear()
    }
    void leave()
  }, [client, navigate])
}

/** Only an address of this app: `//evil.example` and `https://…` are not. */
const isInside = (address: string) => /^\/(?![/\\])/.test(address)
