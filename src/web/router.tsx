/** Every address of the web app. A page is loaded when first opened. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router'
import { Shell } from './shell.tsx'

const root = createRootRoute({ component: Shell })

const today = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./features/today/today-page.tsx'), 'TodayPage'),
})

export const router = createRouter({ routeTree: root.addChildren([today]) })

declare module '@tanstack/react-router' {
  // biome-ignore lint/style/useConsistentTypeDefinitions: declaration merging needs an interface
  interface Register {
    router: typeof router
  }
}
