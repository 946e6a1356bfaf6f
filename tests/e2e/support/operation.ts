/** What people do in an operation and at the call desk, for journeys through several steps. */
import { expect } from 'vitest'
import type { Journey } from './journey.ts'

const patience = 60_000

/** Who stands where in a step, by the number of the person. */
export const statusesOf = ({ server }: Journey, stepId: number) =>
  server.db
    .selectFrom('targets')
    .select(['status', 'partyId'])
    .where('stepId', '=', stepId)
    .orderBy('partyId')
    .execute()

export function inOperation(journey: Journey) {
  const { page, t, check } = journey
  const dialog = page.getByRole('dialog')
  const tab = (name: string) =>
    page.getByRole('tab', { name: t(`operations:${name}`), exact: true }).click()
  const left = async (stepId: number) =>
    (await statusesOf(journey, stepId)).filter(({ status }) => status === 'to-do').length

  return {
    dialog,
    tab,
    left,

    async openStep(label: string): Promise<number> {
      await page.getByRole('button', { name: new RegExp(`^E\\d ${label}`) }).click()
      await page.getByRole('heading', { name: label, level: 2 }).waitFor()
      return Number(new URL(page.url()).searchParams.get('step'))
    },

    /** For all to do of the step that is open; how many that is, by the number to type. */
    async launch(stepId: number): Promise<number> {
      const before = await left(stepId)
      await tab('stepTabs.sending')
      await page.getByRole('button', { name: t('delivery:before.launch') }).click()
      const typed = dialog.getByLabel(new RegExp(t('delivery:launch.type', { n: '\\d+' })))
      const label = await dialog.getByText(t('delivery:launch.type', { n: '' })).textContent()
      const number = Number(label?.replace(/\D/g, ''))
      await typed.fill(String(number))
      await check()
      await dialog.getByRole('button', { name: t('delivery:launch.send') }).click()
      await dialog.waitFor({ state: 'detached' })
      await expect.poll(() => left(stepId), { timeout: patience }).toBe(before - number)
      return number
    },

    /** Sends the people of the step that is open to another. */
    async distribute(into: string): Promise<void> {
      await tab('stepTabs.conditions')
      await page.getByRole('button', { name: t('routing:distribute.action') }).click()
      await dialog.getByText(t('routing:distribute.into', { label: into })).waitFor()
      await check()
      await dialog.getByRole('button', { name: /\d/ }).click()
      await dialog.waitFor({ state: 'detached' })
    },

    /** Opens the desk for one person and answers; what is asked after the result follows in `result`. */
    async callOne(
      { stepId, partyId }: { stepId: number; partyId: number },
      {
        hears,
        answers,
        result,
      }: { hears: string; answers: string[]; result?: () => Promise<void> },
    ): Promise<void> {
      await page.goto(`/calls/${stepId}?among=${partyId}`)
      await page.getByText(hears, { exact: false }).waitFor()
      await page.getByRole('button', { name: t('phoning:before.open') }).click()
      for (const answer of answers) await page.getByRole('radio', { name: answer }).click()
      await check()
      await page.getByRole('button', { name: t('phoning:during.end') }).click()
      expect(await page.getByRole('radio', { name: /OK, on continue/ }).isChecked()).toBe(true)
      await result?.()
      await page.getByRole('button', { name: t('phoning:result.validate') }).click()
      await page.getByText(t('phoning:idle.nobody')).waitFor()
    },
  }
}
