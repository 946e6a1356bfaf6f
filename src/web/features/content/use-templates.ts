import { useQuery } from '@tanstack/react-query'
import { listTemplates } from '#core/content/api.ts'
import { call } from '../../platform/call.ts'

export const templatesKey = ['message-templates'] as const

export function useTemplates() {
  const { data = [] } = useQuery({
    queryKey: templatesKey,
    queryFn: ({ signal }) => call(listTemplates, {}, signal),
  })
  return data
}
