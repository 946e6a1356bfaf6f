/** The whole demo shop as values: the same day and communes always give the same shop. */
import { createRandom } from '../kernel/random.ts'
import { type SentMailing, sendDemoMailings } from './mailings.ts'
import { type Commune, type DemoPerson, demoPeople } from './people.ts'
import { type DemoLine, type DemoVisit, demoLines, demoVisits } from './purchases.ts'

export type DemoReceipt = DemoVisit & { lines: DemoLine[] }

export type Demo = {
  people: DemoPerson[]
  /** In the order of their days. */
  receipts: DemoReceipt[]
  mailings: SentMailing[]
}

export function createDemo(options: {
  communes: readonly Commune[]
  today: string
  customers: number
}): Demo {
  const { communes, today, customers } = options
  const random = createRandom(1_793)
  const people = demoPeople(random, { count: customers, communes, today })
  const visits = demoVisits(random, people, today)
  const mailings = sendDemoMailings(random, people, visits, today)
  visits.sort((a, b) => (a.day < b.day ? -1 : Number(a.day > b.day)))
  return {
    people,
    mailings,
    receipts: visits.map((visit) => ({ ...visit, lines: demoLines(random, visit) })),
  }
}
