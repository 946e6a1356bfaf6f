import { addDays } from '../kernel/days.ts'
import type { Random } from '../kernel/random.ts'
import { allOf, type CriteriaNode } from '../segments/criteria.ts'
import type { Selection } from '../segments/selection.ts'
import type { DemoPerson } from './people.ts'
import { type DemoVisit, daysSinceVisit, openDay } from './purchases.ts'

type DemoMailing = {
  label: string
  /** Days before today. */
  sent: number
  closed: number | undefined
  controlPercent: number
  /** Of the e-mails, how many the relay refused, per thousand. */
  refused: number
  /** Of those who got it, how many come although they would not have, per thousand. */
  pull: number
  /** What was asked for; `selects` answers it as of the send date, which no criterion can. */
  selection: Selection
  selects: (person: DemoPerson, visits: readonly DemoVisit[], day: string) => boolean
}

const adding = (...of: CriteriaNode[]): Selection => ({
  version: 1,
  start: 'nobody',
  operations: [{ kind: 'add', source: { kind: 'criteria', criteria: allOf(...of) } }],
  excludeDoNotContact: true,
})

const demoMailings: readonly DemoMailing[] = [
  {
    label: 'Vous nous manquez : −15 % pour votre retour',
    sent: 320,
    closed: 250,
    controlPercent: 10,
    refused: 9,
    pull: 90,
    selection: adding({
      kind: 'visit',
      which: 'last',
      test: { op: 'older-than', n: 90, unit: 'days' },
    }),
    selects: (_, visits, day) => (daysSinceVisit(visits, day) ?? 0) > 90,
  },
  {
    label: 'Avant-première de la collection Chemises',
    sent: 155,
    closed: 95,
    controlPercent: 20,
    refused: 0,
    pull: 120,
    selection: adding(
      { kind: 'text', field: 'email', test: { op: 'filled' } },
      { kind: 'visit', which: 'last', test: { op: 'in-last', n: 240, unit: 'days' } },
    ),
    selects: ({ email }, visits, day) => email !== '' && (daysSinceVisit(visits, day) ?? 999) < 240,
  },
  {
    label: 'Ventes privées Carte Or et Argent',
    sent: 34,
    closed: undefined,
    controlPercent: 0,
    refused: 6,
    pull: 150,
    selection: adding({
      kind: 'choice',
      field: 'category',
      test: { op: 'one-of', values: ['2', '3'] },
    }),
    selects: ({ category }) => category === 'Carte Or' || category === 'Carte Argent',
  },
]

type DemoTarget = { party: number; isControl: boolean }
export type SentMailing = DemoMailing & { sendOn: string; targets: DemoTarget[] }

/**
 * Who was picked for each mailing, from the visits known on its day, and the visits it brought: those
 * are added to `visits`, so that a later mailing and the results see them like any other.
 */
export function sendDemoMailings(
  random: Random,
  people: readonly DemoPerson[],
  visits: DemoVisit[],
  today: string,
): SentMailing[] {
  return demoMailings.map((mailing) => {
    const sendOn = addDays(today, -mailing.sent)
    const targets = targetsOf(random, mailing, sendOn, { people, visits })
    for (const { party, isControl } of targets) {
      const day = openDay(addDays(sendOn, 1 + Math.floor(random.next() ** 2 * 24)))
      const person = people[party]
      if (!person || isControl || !random.chance(mailing.pull / 1_000) || day > today) continue
      visits.push({ party, storeCode: person.storeCode, day })
    }
    return { ...mailing, sendOn, targets }
  })
}

type Shop = { people: readonly DemoPerson[]; visits: readonly DemoVisit[] }

function targetsOf(
  random: Random,
  mailing: DemoMailing,
  sendOn: string,
  { people, visits }: Shop,
): DemoTarget[] {
  const byParty = Map.groupBy(visits, ({ party }) => party)
  return people.flatMap((person, party) => {
    if (person.doNotContact || person.joinedOn >= sendOn) return []
    if (!mailing.selects(person, byParty.get(party) ?? [], sendOn)) return []
    return [{ party, isControl: random.chance(mailing.controlPercent / 100) }]
  })
}
