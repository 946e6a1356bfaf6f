import './ui/fonts.css'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './ui/base.css'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { startI18n } from './platform/i18n.ts'
import { queryClient } from './platform/query-client.ts'
import { router } from './router.tsx'
import { KitProvider } from './ui/kit-provider.tsx'

await startI18n()
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <KitProvider>
    <QueryClientProvider client={queryClient}>
      <Notifications position="bottom-right" />
      <RouterProvider router={router} />
    </QueryClientProvider>
  </KitProvider>,
)
