import './ui/fonts.css'
import '@mantine/core/styles.layer.css'
import './ui/base.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { startI18n } from './platform/i18n.ts'
import { queryClient } from './platform/query-client.ts'
import { router } from './router.tsx'
import { KitProvider } from './ui/kit-provider.tsx'

/* Messages appear after something was done: their code may come after the first page. */
const Messages = lazy(async () => ({ default: (await import('./shell/messages.tsx')).Messages }))

await startI18n()
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <KitProvider>
    <QueryClientProvider client={queryClient}>
      <Suspense>
        <Messages />
      </Suspense>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </KitProvider>,
)
