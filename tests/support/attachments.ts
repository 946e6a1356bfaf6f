/** Files attached to a step as the page attaches them. */
import { z } from 'zod'
import { StepFile } from '#core/campaigns/attachment.ts'
import type { TestApp } from './test-app.ts'

export function upload(
  app: TestApp,
  stepId: number,
  { name, bytes }: { name: string; bytes: string | Uint8Array<ArrayBuffer> },
) {
  const path = `/api/steps/${stepId}/attachments?name=${encodeURIComponent(name)}`
  return app.http.request(path, { method: 'POST', body: bytes })
}

export async function attach(
  app: TestApp,
  stepId: number,
  name: string,
  bytes: string | Uint8Array<ArrayBuffer>,
): Promise<StepFile[]> {
  const answer = await upload(app, stepId, { name, bytes })
  return z.array(StepFile).parse(await answer.json())
}
