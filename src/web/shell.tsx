import { AppShell } from '@mantine/core'
import { Outlet } from '@tanstack/react-router'
import { Suspense } from 'react'

/** The frame around every page. */
export function Shell() {
  return (
    <AppShell>
      <AppShell.Main>
        <Suspense>
          <Outlet />
        </Suspense>
      </AppShell.Main>
    </AppShell>
  )
}
