import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useRouterState } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { actorQuery } from '../features/access/session.ts'
import { CallError } from '../platform/call.ts'

/**
 * Shows the app to who is signed in and sends everyone else to sign in, and back here afterwards. A
 * session that ends while the app is open is noticed by the first call that is refused.
 */
export function SessionGate({ children }: { children: ReactNode }) {
  const { data: actor, error } = useQuery(actorQuery)
  useSessionWatch()
  if (error) throw error
  if (actor === undefined) return null
  return actor === null ? <ToSignIn /> : children
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
    const notice = (error: unknown) => {
      if (isSignedOut(error)) client.setQueryData(actorQuery.queryKey, null)
    }
    const stops = [
      client.getQueryCache().subscribe((event) => notice(event.query.state.error)),
      client.getMutationCache().subscribe((event) => notice(event.mutation?.state.error)),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [client])
}
