import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as duplicates from '#core/duplicates/api.ts'
import { getTimeline } from '#core/history/api.ts'
import { createParty, deleteParty } from '#core/parties/api.ts'
import * as api from '#core/parties/files-api.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { type TestApp, testApp } from '#tests/support/test-app.ts'

const now = new Date('2026-11-22T10:00:00Z')

async function card() {
  const app = await testApp({ now })
  const { id } = await app.call(createParty, { lastName: 'Martin', city: 'Lyon' })
  const upload = (name: string, body = 'mesures') =>
    app.http.request(`/api/parties/${id}/files?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      body,
    })
  return { app, id, upload }
}

const names = async (app: TestApp, id: number) =>
  (await app.call(api.listPartyFiles, { id })).map(({ name }) => name)

describe('files on a card', () => {
  it('are attached, shown in the history, fetched to be saved and never shown, and removed', async () => {
    const { app, id, upload } = await card()
    expect((await upload('Devis été.html', '<script>')).status).toBe(200)
    const [file] = await app.call(api.listPartyFiles, { id })
    expect(file).toMatchObject({ name: 'Devis été.html', size: 8 })
    const fileId = file?.id ?? ''
    const { entries } = await app.call(getTimeline, { id })
    expect(entries).toContainEqual(
      expect.objectContaining({ kind: 'file', name: 'Devis été.html', fileId }),
    )
    const fetched = await app.http.request(`/api/parties/${id}/files/${fileId}`)
    expect(await fetched.text()).toBe('<script>')
    expect(fetched.headers.get('content-disposition')).toMatch(/^attachment;.*Devis%20%C3%A9t/)
    expect(fetched.headers.get('x-content-type-options')).toBe('nosniff')
    expect(fetched.headers.get('content-type')).toBe('application/octet-stream')
    await app.call(api.detachPartyFile, { id, fileId })
    expect(await names(app, id)).toEqual([])
    expect((await app.http.request(`/api/parties/${id}/files/${fileId}`)).status).toBe(404)
  })

  it('are of one card: another does not give them', async () => {
    const { app, id, upload } = await card()
    await upload('a.txt')
    const [file] = await app.call(api.listPartyFiles, { id })
    const other = await app.call(createParty, { lastName: 'Durand', city: 'Lyon' })
    const asked = { id: other.id, fileId: file?.id ?? '' }
    expect(await app.refusal(api.detachPartyFile, asked)).toMatchObject({
      code: 'parties/no-such-file',
    })
    expect(await app.refusal(api.listPartyFiles, { id: 9_999 })).toMatchObject({
      code: 'parties/not-found',
    })
  })

  it('go over with a merge and come back with its undoing', async () => {
    const { app, id, upload } = await card()
    await upload('a.txt')
    const kept = await app.call(createParty, { lastName: 'Martin', city: 'Lyon' })
    await app.call(duplicates.mergeParties, { id: kept.id, other: id })
    expect(await names(app, kept.id)).toEqual(['a.txt'])
    const { merges } = await app.call(duplicates.listMerges, {})
    await app.call(duplicates.undoMerge, { id: merges[0]?.id ?? 0 })
    expect(await names(app, id)).toEqual(['a.txt'])
  })

  it('leave the disk when the card is gone for good', async () => {
    const { app, id, upload } = await card()
    await upload('a.txt')
    await app.call(deleteParty, { id })
    app.setNow(new Date(now.getTime() + 40 * 86_400_000))
    const { purgeJob } = await import('../history/jobs.ts')
    await enqueue(app.db, purgeJob, {})
    await app.runJobs()
    expect(await readdir(join(app.config.dataDir, 'files'))).toEqual([])
  })
})
