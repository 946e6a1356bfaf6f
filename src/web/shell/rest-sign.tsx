import { useIsFetching, useIsMutating } from '@tanstack/react-query'
import { useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'

/**
 * Says on the document whether anything is under way: a page being opened, a question or a change. Programs
 * that drive the browser wait for `data-busy="no"`; the document comes with "yes", until the app is there.
 */
export function RestSign() {
  const isOpening = useRouterState({ select: ({ status }) => status === 'pending' })
  const isBusy = useIsFetching() + useIsMutating() > 0 || isOpening
  useEffect(() => {
    document.documentElement.dataset.busy = isBusy ? 'yes' : 'no'
  }, [isBusy])
  return null
}
