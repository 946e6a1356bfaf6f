import { describe, expect, it } from 'vitest'
import { ensureMailboxes } from '../../src/server/features/delivery/service.ts'
import { startJourney } from './support/journey.ts'

const shots = process.env.SHOTS

/** All that a mailing takes (P-7). */
const twoRights = ['mailings.view', 'mailings.write'] as const

describe('a mailing', () => {
  it.each([
    { locale: 'fr', theme: 'light', width: 1440 },
    { locale: 'en', theme: 'dark', width: 390 },
  ] as const)('goes from its name to the mailbox ($locale, $theme, $width)', async (look) => {
    const journey = await startJourney({ ...look, demo: 200, rights: twoRights })
    const { page, t, check, visit, server } = journey
    const shoot = async (name: string) => {
      const file = `mailings-${name}-${look.locale}-${look.theme}-${look.width}.png`
      if (shots) await page.screenshot({ path: `${shots}/${file}`, fullPage: true })
    }
    await ensureMailboxes(server)
    await visit('/mailings')
    await shoot('list')

    // A row fills the pane beside the list (P-12), whose choice is in the address.
    const second = await server.db
      .selectFrom('campaigns')
      .select(['id', 'label'])
      .where('id', '=', 2)
      .executeTakeFirstOrThrow()
    await page.getByRole('link', { name: second.label }).click()
    const pane = page.getByRole('region', { name: t('campaigns:pane', second) })
    await pane.getByText(t('results:returning'), { exact: true }).first().waitFor()
    expect(new URL(page.url()).searchParams.get('selected')).toBe(String(second.id))
    await check()
    await shoot('pane')

    await page.getByRole('button', { name: t('campaigns:create') }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(t('campaigns:fields.label')).fill('Merci de votre visite')
    await dialog.getByRole('button', { name: t('campaigns:create') }).click()

    await page.getByRole('checkbox', { name: t('campaigns:channels.email') }).click()
    await page.getByRole('checkbox', { name: t('campaigns:channels.sms') }).click()
    await page.getByText(t('segments:selection.everybody'), { exact: true }).click()
    await page.getByText(t('campaigns:save.saved')).nth(1).waitFor()
    await page.getByRole('button', { name: t('segments:selection.remove') }).click()
    await page.getByRole('menuitem', { name: t('segments:selection.source.people') }).click()
    const picked = await server.db
      .selectFrom('parties')
      .select(['lastName', 'email'])
      .where('email', '<>', '')
      .where('doNotContact', '=', false)
      .orderBy('id')
      .executeTakeFirstOrThrow()
    const picks = page.getByRole('combobox', { name: t('segments:selection.chosen') })
    await picks.fill(picked.lastName)
    await page.getByRole('option', { name: picked.email }).click()
    await page.keyboard.press('Escape')
    await page.getByText(t('segments:selection.removed', { count: 1, n: 1 })).waitFor()
    await page.getByText(t('campaigns:save.saved')).nth(1).waitFor()
    await check()
    await shoot('general')

    await page.getByRole('tab', { name: t('campaigns:tabs.people') }).click()
    await page.getByText(t('campaigns:people.live'), { exact: false }).waitFor()
    await check()
    if (look.width > 1_000) {
      // The five columns of P-32, and nobody who was taken out by hand.
      const columns = ['lastName', 'firstName', 'email', 'mobile', 'postalCode']
      expect(await page.getByRole('columnheader').allTextContents()).toEqual(
        columns.map((key) => t(`campaigns:people.${key}`)),
      )
    }
    await page.getByRole('searchbox', { name: t('campaigns:people.search') }).fill(picked.lastName)
    await page.waitForURL(/search=/)
    await check()
    expect(await page.getByText(picked.email).count()).toBe(0)
    await shoot('people')

    // The labels of many people are a file of theirs, which takes the right to export.
    const labels = page.getByRole('button', { name: t('labels:print'), exact: true })
    expect(await labels.isDisabled()).toBe(true)

    await page.getByRole('tab', { name: t('campaigns:tabs.messages') }).click()
    await page.getByLabel(t('content:email.subject')).fill('Bonjour {{firstName}} {{oops}}')
    await page.getByText(t('content:problems.unknown-field', { text: '{{oops}}' })).waitFor()
    await page.getByLabel(t('content:email.subject')).fill('Bonjour {{firstName|chère cliente}}')
    await page.getByRole('textbox', { name: t('content:email.body') }).click()
    await page.keyboard.type('Merci {')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.type('greeting')
    await page.keyboard.press('Enter')
    await page.keyboard.type(' !')
    await page
      .frameLocator('iframe')
      .getByText(/^Merci .+ !$/)
      .waitFor()
    await check()
    await shoot('email')

    await page.getByRole('button', { name: `2. ${t('campaigns:channels.sms')}` }).click()
    await page.getByLabel(t('content:sms.text')).fill('A bientot {{firstName|chez nous}} !')
    await page
      .getByText(/^A bientot .+ !$/)
      .last()
      .waitFor()
    await page.getByText(t('campaigns:save.saved')).first().waitFor()
    await page.getByRole('button', { name: t('content:templates.keep') }).click()
    const keep = page.getByRole('dialog', { name: t('content:templates.keep') })
    await keep.getByLabel(t('content:templates.name')).fill('À bientôt')
    await check()
    await keep.getByRole('button', { name: t('content:templates.save') }).click()
    await keep.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: t('campaigns:messages.up', { number: 2 }) }).click()
    await page.getByRole('button', { name: `1. ${t('campaigns:channels.sms')}` }).waitFor()
    await page.getByRole('button', { name: t('campaigns:messages.down', { number: 1 }) }).click()
    await page.getByRole('button', { name: `2. ${t('campaigns:channels.sms')}` }).waitFor()
    await check()
    await shoot('sms')

    await page.getByRole('tab', { name: t('campaigns:tabs.sending') }).click()
    await page.getByRole('button', { name: t('delivery:before.launch') }).click()
    const label = new RegExp(t('delivery:launch.type', { n: '([\\d\\s.,]+)' }))
    const typed = await dialog.getByText(label).first().textContent()
    const number = label.exec(typed ?? '')?.[1]?.replace(/\D/g, '') ?? ''
    await dialog.getByRole('textbox').first().fill(number)
    await check()
    await shoot('launch')
    await dialog.getByRole('button', { name: t('delivery:launch.send') }).click()
    await page.getByText(t('campaigns:fixed.launched'), { exact: false }).waitFor()
    await expect
      .poll(async () => (await sent(server.db)).length, { timeout: 30_000 })
      .toBe(Number(number))
    await page.getByText(t('campaigns:state.done'), { exact: true }).first().waitFor()
    await check()
    await shoot('sent')

    await page.goto('/mailbox')
    await page
      .getByText(/^Bonjour (?!\{)/)
      .first()
      .waitFor()
    await check()
    expect((await sent(server.db)).every(({ subject }) => !subject.includes('{{'))).toBe(true)
  })
})

const sent = (db: Awaited<ReturnType<typeof startJourney>>['server']['db']) =>
  db.selectFrom('mailboxMessages').select('subject').execute()
