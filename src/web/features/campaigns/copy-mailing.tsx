import { lazy, Suspense } from 'react'
import type { CampaignView } from '#core/campaigns/campaign.ts'

const CreateMailing = lazy(async () => ({
  default: (await import('./create-mailing.tsx')).CreateMailing,
}))

type Props = { opened: boolean; onClose: () => void; from: Pick<CampaignView, 'id' | 'label'> }

/** The dialog that makes a mailing from another one, loaded when it is first opened. */
export function CopyMailing({ opened, ...props }: Props) {
  if (!opened) return null
  return (
    <Suspense>
      <CreateMailing opened {...props} />
    </Suspense>
  )
}
