import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import * as api from '#core/campaigns/api.ts'
import type { CampaignView } from '#core/campaigns/campaign.ts'
import type { ContentBody } from '#core/content/content.ts'
import { call } from '../../platform/call.ts'

export const campaignQuery = (id: number) =>
  queryOptions({
    queryKey: ['campaigns', 'one', id],
    queryFn: ({ signal }) => call(api.getCampaign, { id }, signal),
  })

/** Keeps what a change answered, so that every tab shows it at once. */
export function useKeepCampaign() {
  const client = useQueryClient()
  return useCallback(
    (view: CampaignView) => {
      client.setQueryData(campaignQuery(view.id).queryKey, view)
      void client.invalidateQueries({ queryKey: ['campaigns', 'list'] })
      void client.invalidateQueries({ queryKey: ['campaigns', 'of-step'] })
      // An operation says of its steps whether they have something to send.
      void client.invalidateQueries({ queryKey: ['operations', 'one', view.id] })
      return view
    },
    [client],
  )
}

/** Saves with the version that the page has seen last, which another tab may have raised. */
export function useCampaignSaves(id: number) {
  const client = useQueryClient()
  const keep = useKeepCampaign()
  const latest = useCallback(() => client.ensureQueryData(campaignQuery(id)), [client, id])
  return {
    saveHead: async (draft: {
      label: string
      sendOn: string | null
      controlPercent: number
      notes: string
      keyId?: number | null | undefined
    }) => keep(await call(api.updateCampaign, { ...draft, id, version: (await latest()).version })),
    saveContent: async (contentId: number, body: ContentBody, onlyUnreached: boolean) => {
      const contents = (await latest()).steps.flatMap((step) => step.contents)
      const version = contents.find((content) => content.id === contentId)?.version ?? 1
      return keep(await call(api.saveContent, { id: contentId, version, body, onlyUnreached }))
    },
    saveSelection: async (
      stepId: number,
      selection: NonNullable<CampaignView['steps'][number]['selection']>,
    ) => {
      const step = (await latest()).steps.find((one) => one.id === stepId)
      return keep(
        await call(api.saveSelection, { id: stepId, version: step?.version ?? 1, selection }),
      )
    },
    reload: () => client.fetchQuery({ ...campaignQuery(id), staleTime: 0 }),
  }
}

/** A change of the whole mailing by one click. */
export function useCampaignAction<Input>(run: (input: Input) => Promise<CampaignView>) {
  const keep = useKeepCampaign()
  return useMutation({ mutationFn: run, onSuccess: keep })
}
