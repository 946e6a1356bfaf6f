import fc from 'fast-check'
import { expect, it } from 'vitest'
import { eanMistake, withCheckDigit } from './ean.ts'

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''))

it('knows an EAN, any single wrong digit, and what is not meant as one', () => {
  for (const ean of ['4006381333931', '96385074', '3 760123 456784'])
    expect(eanMistake(ean)).toBe(undefined)
  expect(eanMistake('4006381333930')).toBe(1)
  for (const own of ['', '123', 'CARTE-12345678', '1234567890123456'])
    expect(eanMistake(own)).toBe(undefined)
  fc.assert(
    fc.property(
      fc.oneof(digits(7), digits(12)),
      fc.nat(),
      fc.integer({ min: 1, max: 9 }),
      (start, where, by) => {
        const ean = withCheckDigit(start)
        expect(eanMistake(ean)).toBe(undefined)
        const at = where % ean.length
        const wrong = `${ean.slice(0, at)}${(Number(ean[at]) + by) % 10}${ean.slice(at + 1)}`
        expect(eanMistake(wrong)).not.toBe(undefined)
      },
    ),
  )
})
