import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { addContent } from '#core/campaigns/api.ts'
import type { Endpoint } from '#core/kernel/endpoint.ts'
import { createOperation, createStep, getOperation } from '#core/operations/api.ts'
import type { OperationView } from '#core/operations/operation.ts'
import { requestFor } from '#tests/support/test-app.ts'
import { type Journey, startJourney } from './support/journey.ts'

const shots = process.env.SHOTS

/** The API as the person on the page may use it. */
function callerOf({ page, server }: Journey) {
  return async function call<In extends z.ZodType, Out extends z.ZodType>(
    endpoint: Endpoint<In, Out>,
    input: z.input<In>,
  ): Promise<z.output<Out>> {
    const { path, method, headers, body } = requestFor(endpoint, input)
    const answer = await page.request.fetch(path, {
      method,
      headers: { ...headers, origin: server.config.publicUrl },
      ...(body === undefined ? {} : { data: body }),
    })
    return endpoint.output.parse(await answer.json())
  }
}

/** The steps that prospecting begins with (D-21), one of them a template. */
async function prospecting(journey: Journey) {
  const { db } = journey.server
  const call = callerOf(journey)
  const { id } = await call(createOperation, {
    label: 'Prospection de printemps',
    place: 'Lyon',
    startsAt: '2026-03-02T08:00:00.000Z',
    endsAt: '2026-04-30T18:00:00.000Z',
    objective: 'Trente rendez-vous',
    isTemplate: true,
  })
  const add = async (label: string, more: object) => {
    const view: OperationView = await call(createStep, { id, label, ...more })
    return view.steps.find((step) => step.label === label)?.id ?? 0
  }
  const contact = await add('Prise de contact', { isFinal: false })
  const mails = await add('E-mails de prospection', { parentId: contact, isTemplate: true })
  await call(addContent, { id: mails, channel: 'email' })
  const calls = await add('Appels', {
    parentId: contact,
    typeCode: 'phoning-contact',
    originId: mails,
    delayMinutes: 3 * 1_440,
  })
  await add('Catalogue', { typeCode: 'export', originId: calls })
  await add('Rappel et rendez-vous', { typeCode: 'phoning', originId: calls, delayMinutes: 10_080 })
  await db
    .insertInto('parties')
    .values(Array.from({ length: 40 }, (_, at) => ({ code: `P${at}`, lastName: `N${at}` })))
    .execute()
  const people = await db.selectFrom('parties').select('id').orderBy('id').limit(40).execute()
  const statuses = ['to-do', 'ok-continue', 'ok-continue', 'not-done-stop']
  await db
    .insertInto('targets')
    .values(
      people.map(({ id: partyId }, at) => ({
        stepId: mails,
        partyId,
        status: statuses[at % statuses.length] ?? 'to-do',
      })),
    )
    .execute()
  return { call, id, mails }
}

describe('an operation', () => {
  it.each([
    { locale: 'fr', theme: 'light', width: 1440 },
    { locale: 'en', theme: 'dark', width: 390 },
  ] as const)('is built step by step ($locale, $theme, $width)', async (look) => {
    const journey = await startJourney(look)
    const { page, t, check, visit, server } = journey
    const shoot = async (name: string) => {
      const file = `operation-${name}-${look.locale}-${look.theme}-${look.width}.png`
      if (shots) await page.screenshot({ path: `${shots}/${file}`, fullPage: true })
    }
    const { call, id, mails } = await prospecting(journey)
    const empty = await call(createOperation, { label: 'Salon de mai' })

    // Empty: the types as cards; the first step is opened at once.
    await visit(`/operations/${empty.id}`)
    await page.getByRole('heading', { name: t('operations:first.title') }).waitFor()
    await shoot('empty')
    await page.getByRole('button', { name: t('operations:channelHelp.email') }).click()
    const parameters = page.getByRole('tab', { name: t('operations:stepTabs.parameters') })
    await parameters.waitFor()
    await page
      .getByLabel(t('operations:fields.label'), { exact: false })
      .first()
      .fill('Invitations')
    await page.getByText(t('campaigns:save.saved')).waitFor()
    await page.getByText(t('operations:problems.no-message')).waitFor()
    await check()

    // A template step into it, field by field (L-14).
    await page.getByRole('button', { name: t('operations:load.step') }).click()
    const load = page.getByRole('dialog', { name: t('operations:load.step') })
    await load.getByRole('combobox', { name: t('operations:load.template') }).click()
    await page.getByRole('option', { name: /E-mails de prospection/ }).click()
    await load.getByRole('checkbox', { name: t('operations:load.contents', { count: 1 }) }).click()
    await check()
    await shoot('load-step')
    await load.getByRole('button', { name: t('operations:load.confirm', { count: 1 }) }).click()
    await load.waitFor({ state: 'hidden' })
    await page.getByText(t('operations:problems.no-message')).waitFor({ state: 'hidden' })
    const loaded = await call(getOperation, { id: empty.id })
    expect(loaded.steps).toMatchObject([{ label: 'Invitations', contents: 1 }])

    // The outline: people by status, the keys move a line out of its title.
    await visit(`/operations/${id}`)
    const line = page.getByRole('button', { name: /^E-mails de prospection/ })
    await line.waitFor()
    await shoot('outline')
    await page.getByRole('button', { name: /^Appels/ }).focus()
    await page.keyboard.press('Alt+ArrowUp')
    await expect
      .poll(async () => (await call(getOperation, { id })).steps.map(({ label }) => label))
      .toContain('Appels')
    await line.click()
    await parameters.waitFor()
    expect(new URL(page.url()).searchParams.get('step')).toBe(String(mails))
    await check()
    await shoot('step')
    await page.getByRole('tab', { name: t('operations:stepTabs.message') }).click()
    await page.getByLabel(t('content:email.subject')).waitFor()
    await check()
    await shoot('message')

    // The graph shows the same, and adds between two steps.
    await visit(`/operations/${id}?layout=graph`)
    await page.getByRole('button', { name: /^Catalogue/ }).waitFor()
    await check()
    await shoot('graph')
    const between = { from: 'Appels', to: 'Catalogue' }
    await page.getByRole('button', { name: t('operations:graph.addBetween', between) }).click()
    await page.getByRole('menuitem', { name: 'SMS' }).click()
    await parameters.waitFor()
    const grown = await call(getOperation, { id })
    const added = grown.steps.find(({ typeCode }) => typeCode === 'sms')
    expect(grown.steps.find(({ label }) => label === 'Catalogue')?.originId).toBe(added?.id)
    await shoot('graph-step')

    // Somebody else's change of another field goes together with one's own.
    await visit(`/operations/${id}?tab=general`)
    await shoot('general')
    await server.db
      .updateTable('campaigns')
      .set({ place: 'Marseille', version: grown.version + 1 })
      .where('id', '=', id)
      .execute()
    await page
      .getByRole('textbox', { name: t('operations:fields.objective') })
      .fill('Quarante rendez-vous')
    await expect
      .poll(async () => (await call(getOperation, { id })).objective, { timeout: 15_000 })
      .toBe('Quarante rendez-vous')
    expect((await call(getOperation, { id })).place).toBe('Marseille')
    await check()
  })
})
