import { addDays, daysBetween, weekday } from '../kernel/days.ts'
import type { Random } from '../kernel/random.ts'
import type { DemoPerson } from './people.ts'
import { type DemoArticle, demoArticles, demoDepartments, demoStores } from './shop.ts'

/** One visit of one customer; `party` is the place in the list of people, null for someone without a card. */
export type DemoVisit = { party: number | null; storeCode: string; day: string }

export type DemoLine = {
  article: DemoArticle
  /** Thousandths; returns are negative, and so are their amount and margin. */
  quantity: number
  amount: number
  margin: number
}

const years = 3

/** Every visit of three years, in no order. Rhythms differ, and some people stopped coming. */
export function demoVisits(
  random: Random,
  people: readonly DemoPerson[],
  today: string,
): DemoVisit[] {
  const first = addDays(today, -365 * years)
  const visits = people.flatMap((person, party) => visitsOf(random, person, { party, today }))
  const anonymous = Math.round(visits.length * 0.12)
  for (let count = 0; count < anonymous; count += 1) {
    const day = openDay(addDays(first, random.int(0, 365 * years - 1)))
    if (day <= today)
      visits.push({ party: null, storeCode: random.pickEarly(demoStores).code, day })
  }
  return visits
}

function visitsOf(
  random: Random,
  person: DemoPerson,
  { party, today }: { party: number; today: string },
): DemoVisit[] {
  if (person.kind === 'prospect') return []
  const rhythm = random.pickEarly([240, 130, 75, 42, 26])
  const until = random.chance(0.34) ? addDays(today, -random.int(65, 760)) : today
  const visits: DemoVisit[] = []
  // A card is made at the first purchase, so there always is one.
  let day = openDay(person.joinedOn)
  do {
    visits.push({ party, storeCode: storeFor(random, person), day })
    day = openDay(addDays(day, Math.max(1, Math.round(-Math.log(1 - random.next()) * rhythm))))
  } while (day <= until)
  return visits
}

/** Now and then another shop, of the same country so that each customer mostly has one currency. */
function storeFor(random: Random, { storeCode }: DemoPerson): string {
  if (!random.chance(0.05)) return storeCode
  return random.pick(demoStores).code
}

/** The shops are closed on Sundays. */
export const openDay = (day: string) => (weekday(day) === 0 ? addDays(day, 1) : day)

/** What is bought on one visit; the customer's tastes follow from who it is, so that departments mean something. */
export function demoLines(random: Random, visit: DemoVisit): DemoLine[] {
  const count = random.pickEarly([1, 2, 2, 3, 4])
  const franc = visit.storeCode === 'GEN'
  const lines = Array.from({ length: count }, () => {
    const article = random.pick(shelf(random, visit.party))
    const pieces = random.chance(0.07) ? 2 : 1
    return priced(article, pieces, saleOff(random, visit.day), franc)
  })
  if (random.chance(0.035)) lines.push(priced(random.pick(demoArticles), -1, 1, franc))
  return lines
}

function shelf(random: Random, party: number | null): readonly DemoArticle[] {
  if (party === null || random.chance(0.45)) return demoArticles
  const favourites = [(party * 7) % 5, (party * 13 + 3) % demoDepartments.length]
  const departmentId = random.pick(favourites) + 1
  return demoArticles.filter((article) => article.departmentId === departmentId)
}

/** The share of the price that is paid: less in January and July, when the sales are on. */
function saleOff(random: Random, day: string): number {
  const month = day.slice(5, 7)
  if (month === '01' || month === '07') return random.pick([0.5, 0.6, 0.7, 0.8])
  return random.chance(0.1) ? 0.8 : 1
}

function priced(article: DemoArticle, pieces: number, paid: number, franc: boolean): DemoLine {
  const rate = franc ? 1.3 : 1
  const tax = franc ? 1.081 : 1.2
  const amount = Math.round((article.price * rate * paid) / 10) * 10 * pieces
  const margin = Math.round(amount / tax) - Math.round(article.cost * rate) * pieces
  return { article, quantity: pieces * 1_000, amount, margin }
}

/** Days since the last visit before `day`, undefined for who had never come by then. */
export function daysSinceVisit(visits: readonly DemoVisit[], day: string): number | undefined {
  const last = visits.reduce(
    (best, visit) => (visit.day < day && visit.day > best ? visit.day : best),
    '',
  )
  return last === '' ? undefined : daysBetween(last, day)
}
