import { expect, it } from 'vitest'
import { getTimeline } from '#core/history/api.ts'
import { createParty, deleteParty, findPartiesByCard, updateParty } from '#core/parties/api.ts'
import { attachContact, detachContact, listContacts } from '#core/parties/contact-api.ts'
import { testApp } from '#tests/support/test-app.ts'
import { contactsOf } from './service.ts'

it('attaches till customers to an account customer, in order and with what they do there', async () => {
  const app = await testApp()
  const account = await app.call(createParty, {
    company: 'Atelier Roux',
    nature: 'account',
    code: 'CPT-1',
  })
  const anne = await app.call(createParty, { lastName: 'Petit', firstName: 'Anne' })
  const paul = await app.call(createParty, { lastName: 'Blanc', firstName: 'Paul' })
  const link = { id: account.id, personId: anne.id }
  await app.call(attachContact, { ...link, function: 'Acheteuse' })
  await app.call(attachContact, { id: account.id, personId: paul.id })
  await app.call(attachContact, { id: account.id, personId: paul.id, position: 0 })
  await app.call(attachContact, { ...link, position: 1 })
  const { members } = await app.call(listContacts, { id: account.id })
  expect(members).toMatchObject([
    { function: '', party: { firstName: 'Paul' } },
    { function: 'Acheteuse', party: { firstName: 'Anne' } },
  ])
  expect(await app.call(listContacts, { id: anne.id })).toMatchObject({
    members: [],
    organisations: [{ function: 'Acheteuse', party: { code: 'CPT-1', nature: 'account' } }],
  })
  const many = await contactsOf(app.db, [account.id, anne.id])
  expect(many.get(account.id)?.map(({ personId }) => personId)).toEqual([paul.id, anne.id])
  expect(many.has(anne.id)).toBe(false)
  await app.call(deleteParty, { id: paul.id })
  expect((await app.call(listContacts, { id: account.id })).members).toHaveLength(1)
  await app.call(detachContact, link)
  expect(await app.refusal(detachContact, link)).toMatchObject({ code: 'parties/not-attached' })
  const { entries } = await app.call(getTimeline, { id: anne.id })
  const said = entries.flatMap((entry) => (entry.kind === 'change' ? [entry.changes] : []))
  expect(said.slice(0, 2)).toEqual([
    { attachedTo: ['CPT-1', null] },
    { attachedTo: [null, 'CPT-1'] },
  ])
})

it('attaches nobody to a private person, to themselves, or in a circle', async () => {
  const app = await testApp()
  const company = async (name: string) =>
    app.call(createParty, { company: name, nature: 'company' as const })
  const [one, two] = [await company('Un'), await company('Deux')]
  const person = await app.call(createParty, { lastName: 'Petit' })
  const refused = (id: number, personId: number) => app.refusal(attachContact, { id, personId })
  expect(await refused(person.id, one.id)).toMatchObject({ code: 'parties/not-an-organisation' })
  expect(await refused(one.id, 999)).toMatchObject({ code: 'parties/not-found' })
  const circle = { code: 'parties/attached-in-a-circle' }
  expect(await refused(one.id, one.id)).toMatchObject(circle)
  await app.call(attachContact, { id: one.id, personId: two.id })
  expect(await refused(two.id, one.id)).toMatchObject(circle)
  app.grant('customers.view', 'customers.create')
  expect(await refused(one.id, person.id)).toMatchObject({ status: 403 })
})

it('knows whose card was scanned, and takes numbers that only look like an EAN', async () => {
  const app = await testApp()
  const { id } = await app.call(createParty, { lastName: 'Petit', cardNumber: '4006381333930' })
  expect(await app.call(findPartiesByCard, { number: ' 4006381333930 ' })).toEqual({ ids: [id] })
  expect(await app.call(findPartiesByCard, { number: '4006381333931' })).toEqual({ ids: [] })
  const changes = { cardNumber: { from: '4006381333930', to: '4006381333931' } }
  await app.call(updateParty, { id, changes })
  expect(await app.call(findPartiesByCard, { number: '400638 1333931' })).toEqual({ ids: [id] })
  await app.call(deleteParty, { id })
  expect(await app.call(findPartiesByCard, { number: '4006381333931' })).toEqual({ ids: [] })
})
