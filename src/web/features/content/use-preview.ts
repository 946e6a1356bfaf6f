import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { previewContent } from '#core/content/api.ts'
import type { ContentBody } from '#core/content/content.ts'
import { call } from '../../platform/call.ts'

/** The message as the server renders it for one person, a moment after the last key. */
export function usePreview(body: ContentBody, stepId: number) {
  const [partyId, setPartyId] = useState<number | null>(null)
  const [settled] = useDebouncedValue(body, 400)
  const query = useQuery({
    queryKey: ['content-preview', stepId, partyId, settled],
    queryFn: ({ signal }) => call(previewContent, { body: settled, partyId, stepId }, signal),
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  })
  return { data: query.data, error: query.error, partyId, setPartyId }
}

export type PreviewState = ReturnType<typeof usePreview>
