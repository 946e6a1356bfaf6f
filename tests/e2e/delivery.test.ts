import { describe, expect, it, onTestFinished } from 'vitest'
import type { z } from 'zod'
import type { Endpoint } from '#core/kernel/endpoint.ts'
import { mailing, manyPeople } from '#tests/support/mailing.ts'
import { startSink } from '#tests/support/smtp-sink.ts'
import { requestFor } from '#tests/support/test-app.ts'
import { type Journey, startJourney } from './support/journey.ts'

const shots = process.env.SHOTS

/** The API as the person on the page may use it, to prepare what another journey walks through. */
const apiOf = ({ page, server }: Journey) => ({
  db: server.db,
  call: async <In extends z.ZodType, Out extends z.ZodType>(
    endpoint: Endpoint<In, Out>,
    input: z.input<In>,
  ): Promise<z.output<Out>> => {
    const { path, method, ...rest } = requestFor(endpoint, input)
    const data = 'body' in rest ? { data: rest.body } : {}
    const headers = { 'content-type': 'application/json', origin: server.config.publicUrl }
    const response = await page.request.fetch(path, { method, headers, ...data })
    return endpoint.output.parse(await response.json())
  },
})

describe('sending', () => {
  it.each([
    { locale: 'fr', theme: 'light', width: 1440 },
    { locale: 'en', theme: 'dark', width: 390 },
  ] as const)(
    'goes through a relay that does not take everything ($locale, $theme, $width)',
    async (look) => {
      const sink = await startSink({
        onRcpt: (to) => {
          if (to.startsWith('client1@')) return '550 5.1.1 no such user here'
          return to.startsWith('client2@') ? '450 4.2.0 greylisted, come back later' : undefined
        },
        dropAfter: (to) => to.startsWith('client3@'),
      })
      onTestFinished(() => sink.stop())
      const journey = await startJourney(look)
      const { page, t, check, visit, server } = journey
      const shoot = async (name: string) => {
        const file = `delivery-${name}-${look.locale}-${look.theme}-${look.width}.png`
        if (shots) await page.screenshot({ path: `${shots}/${file}`, fullPage: true })
      }

      await visit('/settings/channels')
      await shoot('channels')
      await page.getByRole('button', { name: t('delivery:channels.add.email') }).click()
      const dialog = page.getByRole('dialog')

      const field = (name: string) =>
        dialog.getByRole('textbox', { name: t(`delivery:relay.${name}`), exact: true })
      await field('label').fill('Relais de la boutique')
      await field('host').fill('127.0.0.1')
      await field('port').fill(String(sink.port))
      await dialog.getByLabel(t('delivery:relay.security'), { exact: true }).first().click()
      await page.getByRole('option', { name: t('delivery:relay.securities.none') }).click()
      await field('fromName').fill('La boutique')
      await field('fromAddress').fill('boutique@example.org')
      await dialog.getByRole('button', { name: t('delivery:relay.test'), exact: true }).click()
      await dialog.getByText(t('delivery:relay.testOk')).waitFor()
      await check()
      await shoot('relay')
      await dialog.getByRole('button', { name: t('delivery:relay.save') }).click()
      await page.getByRole('rowheader', { name: /Relais de la boutique/ }).waitFor()
      await check()

      const api = apiOf(journey)
      await manyPeople(api, 6)
      const stepId = await mailing(api)
      const { campaignId } = await server.db
        .selectFrom('steps')
        .select('campaignId')
        .where('id', '=', stepId)
        .executeTakeFirstOrThrow()
      await visit(`/mailings/${campaignId}?tab=sending`)
      await page.getByRole('button', { name: t('delivery:before.launch') }).click()
      await dialog.getByRole('textbox').first().fill('6')
      await check()
      await shoot('launch')
      await dialog.getByRole('button', { name: t('delivery:launch.send') }).click()
      await expect
        .poll(async () => (await states(journey, stepId)).join(' '), { timeout: 30_000 })
        .toBe('pending refused submitted submitted submitted unknown')
      await page.getByText(t('delivery:hold.deferred')).first().waitFor()
      await page.getByRole('button', { name: t('delivery:actions.pause') }).click()
      await page.getByRole('button', { name: t('delivery:actions.resume') }).waitFor()
      await page.getByText('550 5.1.1 no such user here').first().waitFor()
      await check()
      await shoot('paused')
      await page.getByRole('button', { name: t('delivery:unknown.as.submitted') }).click()
      await expect
        .poll(async () => (await states(journey, stepId)).join(' '))
        .toBe('pending refused submitted submitted submitted submitted')
      expect(sink.accepted).toHaveLength(4)

      await visit('/mailbox')
      await shoot('mailbox')
    },
  )
})

async function states({ server }: Journey, stepId: number): Promise<string[]> {
  const rows = await server.db
    .selectFrom('messages')
    .select('state')
    .where('stepId', '=', stepId)
    .execute()
  return rows.map(({ state }) => state).sort()
}
