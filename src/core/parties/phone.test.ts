import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isFrenchMobile, normalisePhone, phonePrefix, printPhone } from './phone.ts'

const nine = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.stringMatching(/^\d{8}$/))
  .map(([first, rest]) => `${first}${rest}`)
const separator = fc.constantFrom('', ' ', '.', '-', '\u00a0', ' . ')
const prefix = fc.constantFrom('0', '+33', '0033', '33', '+33 (0)', '')

it('reads a French number however it is typed', () => {
  fc.assert(
    fc.property(nine, prefix, separator, (number, before, between) => {
      const typed = before + between + [...number].join(between)
      expect(normalisePhone(typed, 'FR')).toBe(`+33${number}`)
    }),
  )
})

it('leaves what it read as it is', () => {
  fc.assert(
    fc.property(nine, (number) => {
      const read = normalisePhone(`0${number}`, 'FR') ?? ''
      expect(normalisePhone(read, 'BE')).toBe(read)
      expect(normalisePhone(printPhone(read), 'FR')).toBe(read)
    }),
  )
})

it('never makes up a number', () => {
  fc.assert(
    fc.property(fc.string(), (typed) => {
      const read = normalisePhone(typed, 'FR')
      expect(read === undefined || /^\+33[1-9]\d{8}$/.test(read)).toBe(true)
    }),
  )
})

it('tells mobiles, and what a number typed so far will start with', () => {
  expect(isFrenchMobile('+33612345678')).toBe(true)
  expect(isFrenchMobile('+33412345678')).toBe(false)
  expect(phonePrefix('06 1')).toBe('+3361')
  expect(phonePrefix('+33 6 1')).toBe('+3361')
  expect(phonePrefix('0033 61')).toBe('+3361')
  expect(phonePrefix('12')).toBeUndefined()
  expect(phonePrefix('dupont')).toBeUndefined()
})
