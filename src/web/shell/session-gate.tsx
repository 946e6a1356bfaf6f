import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useRouterState } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { actorQuery, endedQuery } from '../features/access/session.ts'
import { CallError } from '../platform/call.ts'
import { ZoneProvider } from '../platform/zone.ts'

/* A rare dialog: its parts come when a session has ended, which takes no session. */
const SessionEnded = lazy(async () => ({
  default: (await import('./session-ended.tsx')).SessionEnded,
}))

/**
 * Shows the app to who is signed in and sends everyone else to sign in, and back here afterwards. A
 * session that ends while the app is open is noticed by the first call that is refused; the page stays as it
 * is, entries and all, behind the request to sign in again.
 */
export function SessionGate({ children }: { children: ReactNode }) {
  const { data: actor, error } = useQuery(actorQuery)
  const { data: ended } = useQuery(endedQuery)
  useSessionWatch()
  if (error) throw error
  if (actor === undefined) return null
  if (actor === null) return <ToSignIn />
  return (
    <ZoneProvider value={actor.timeZone}>
      {children}
      {ended && (
        <Suspense>
          <SessionEnded actor={actor} />
        </Suspense>
      )}
    </ZoneProvider>
  )
}

function ToSignIn() {
  const navigate = useNavigate()
  const here = useRouterState({ select: (state) => state.location.href })
  // The first address only: this is still shown while the way to the sign-in page loads.
  const [next] = useState(here)
  useEffect(() => {
    const to: string = '/sign-in'
    void navigate({ to, search: { next }, replace: true })
  }, [navigate, next])
  return null
}

const isSignedOut = (error: unknown) => error instanceof CallError && error.status === 401

function useSessionWatch(): void {
  const client = useQueryClient()
  useEffect(() => {
    const notice = (event: { type: string; action?: { type: string } }) => {
      if (event.action?.type !== 'error' || !('error' in event.action)) return
      if (isSignedOut(event.action.error)) client.setQueryData(endedQuery.queryKey, true)
    }
    const stops = [
      client.getQueryCache().subscribe(notice),
      client.getMutationCache().subscribe(notice),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [client])
}
