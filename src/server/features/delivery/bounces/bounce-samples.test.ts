import { Buffer } from 'node:buffer'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { readReturn } from '#core/delivery/bounce.ts'
import { samples } from '#tests/support/returned-mails.ts'
import { takeApart } from './judge-mail.ts'

const to = 'retours+1a-abcdefgh@maison.example'

const read = async (source: string) => readReturn(await takeApart(Buffer.from(source)))

it.each([
  [
    'postfixUnknown',
    'hard',
    /^550 5\.1\.1 <lea@example\.org>: Recipient address rejected: User unknown/,
  ],
  ['postfixFull', 'soft', /over quota/],
  ['postfixDelayed', 'ignored', null],
  ['postfixExpired', 'soft', /^connect to mx\.example\.org/],
  ['postfixNoDomain', 'hard', /^Host or domain name not found/],
  ['orangeUnknown', 'hard', /destinataire invalide\. Invalid recipient\. OFR204_416/],
  ['orangeBlocked', 'blocked', /Service refuse/],
  ['freeUnknown', 'hard', /User unknown/],
  ['freeInactive', 'hard', /inactivity/],
  ['freeSpam', 'blocked', /^550 spam detected$/],
  [
    'gmailUnknown',
    'hard',
    /^550 5\.1\.1 The email account that you tried to reach does not exist\. Please try double-checking/,
  ],
  ['exchangeUnknown', 'hard', /RecipientNotFound/],
  ['qmailUnknown', 'hard', /^550 5\.1\.1 sorry, no mailbox here/],
  ['outOfOffice', 'ignored', null],
  ['outlookAbsent', 'ignored', null],
  ['letter', 'unknown', null],
  ['complaint', 'complaint', /^abuse, SomeGenerator/],
] as const)('reads %s as %s', async (name, kind, answer) => {
  const result = await read(samples[name](to))
  expect(result.kind).toBe(kind)
  if (answer) expect('answer' in result ? result.answer : '').toMatch(answer)
})

it('takes a withdrawn complaint for nothing', async () => {
  const source = samples.complaint(to).replace('Feedback-Type: abuse', 'Feedback-Type: not-spam')
  expect((await read(source)).kind).toBe('ignored')
})

it('makes something of any bytes', async () => {
  const whole = samples.gmailUnknown(to)
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length), fc.string(), async (at, noise) => {
      expect(await read(whole.slice(0, at) + noise + whole.slice(at))).toHaveProperty('kind')
    }),
    { numRuns: 50 },
  )
})
