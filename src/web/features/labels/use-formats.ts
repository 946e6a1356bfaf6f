import { useQuery } from '@tanstack/react-query'
import { listLabelFormats } from '#core/labels/api.ts'
import { call } from '../../platform/call.ts'

export const formatsKey = ['label-formats'] as const

export function useFormats() {
  return useQuery({
    queryKey: formatsKey,
    queryFn: ({ signal }) => call(listLabelFormats, {}, signal),
  }).data
}
