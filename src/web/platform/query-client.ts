import { QueryClient } from '@tanstack/react-query'
import { CallError } from './call.ts'

/** Refusals are final; only an unreachable server or a passing outage is asked again. */
const isPassing = (error: unknown) =>
  error instanceof CallError && (error.status === 0 || error.status === 503)

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < 3 && isPassing(error),
      refetchOnWindowFocus: false,
    },
  },
})
