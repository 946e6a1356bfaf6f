/** What the router knows of our addresses, for every link and search in the web app. */
import type { router } from './router.tsx'

declare module '@tanstack/react-router' {
  // biome-ignore lint/style/useConsistentTypeDefinitions: declaration merging needs an interface
  interface Register {
    router: typeof router
  }
  // biome-ignore lint/style/useConsistentTypeDefinitions: declaration merging needs an interface
  interface StaticDataRouteOption {
    /** Shown without the frame: signing in, public pages. */
    bare?: boolean
  }
}
