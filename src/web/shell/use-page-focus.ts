import { useRouter } from '@tanstack/react-router'
import { type RefObject, useEffect } from 'react'

/**
 * A new page starts at its top with the focus on its content, so that a screen reader reads it and Tab
 * goes on from there; a change of search parameters (filter, tab) leaves both where they are.
 */
export function usePageFocus(main: RefObject<HTMLElement | null>): void {
  const router = useRouter()
  useEffect(
    () =>
      router.subscribe('onResolved', ({ fromLocation, pathChanged }) => {
        if (!fromLocation || !pathChanged) return
        main.current?.focus({ preventScroll: true })
        window.scrollTo(0, 0)
      }),
    [router, main],
  )
}
