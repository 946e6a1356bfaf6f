import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createReceipts, type Head } from './receipts.ts'

const head = fc.record<Head>({
  storeId: fc.integer({ min: 1, max: 2 }),
  till: fc.constantFrom('', '1'),
  receipt: fc.constantFrom('7', 'Ticket n° 8', 'é\\'),
  soldAt: fc.constantFrom('2026-01-05', '2026-01-05T10:00:00', '2025-01-05'),
  currency: fc.constant('EUR'),
  customer: fc.constantFrom(null, 'K1', 'Zoé'),
})

const identity = ({ storeId, till, receipt, soldAt }: Head) =>
  JSON.stringify([storeId, till, receipt, soldAt.slice(0, 10)])

it('numbers receipts by shop, day, till and number, chunk after chunk', () => {
  const receipts = createReceipts()
  fc.assert(
    fc.property(fc.array(head, { maxLength: 40 }), (heads) => {
      receipts.clear()
      const known = new Map<string, { r: number; customer: string | null }>()
      for (const one of heads) {
        const seen = known.get(identity(one)) ?? { r: known.size, customer: null }
        known.set(identity(one), { r: seen.r, customer: seen.customer ?? one.customer })
        expect(receipts.numberOf(one, 5)).toBe(seen.r)
      }
      const customers = [...receipts.texts()].join('').split('\n').slice(0, -1)
      expect(customers.map((text) => text.split('\t').at(-1))).toEqual(
        [...known.values()].map(({ customer }) => customer ?? '\\N'),
      )
    }),
  )
})

it('gives each line of a receipt a number of its own, whatever it wants', () => {
  const receipts = createReceipts()
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5 })), (wanted) => {
      receipts.clear()
      expect(new Set(wanted.map((number) => receipts.freeLine(3, number))).size).toBe(wanted.length)
      expect(receipts.freeLine(4, 2)).toBe(2)
    }),
  )
})

it('keeps the numbers of a receipt that goes on in the next chunk, and of no other', () => {
  const receipts = createReceipts()
  const of = (receipt: string) =>
    receipts.numberOf(
      { storeId: 1, till: '', receipt, soldAt: '2026-01-05', currency: 'EUR', customer: null },
      1,
    )
  receipts.freeLine(of('A'), 5)
  receipts.freeLine(of('B'), 5)
  expect(receipts.freeLine(of('B'), 5)).toBe(6)
  receipts.clear()
  expect(receipts.freeLine(of('A'), 5)).toBe(5)
  expect(receipts.freeLine(of('B'), 5)).toBe(7)
  receipts.clear()
  expect(receipts.freeLine(of('B'), 5)).toBe(8)
  receipts.clear()
  receipts.clear()
  expect(receipts.freeLine(of('B'), 5)).toBe(5)
})

it('keeps growing where a chunk holds many receipts', () => {
  const receipts = createReceipts()
  const one = { storeId: 1, till: '', soldAt: '2026-01-05', currency: 'EUR', customer: null }
  for (let at = 0; at < 20_000; at++) receipts.numberOf({ ...one, receipt: `T${at}` }, at)
  expect(receipts.numberOf({ ...one, receipt: 'T7' }, 1)).toBe(7)
  expect([...receipts.texts()].join('').split('\n')).toHaveLength(20_001)
})
