import { addDays } from '../kernel/days.ts'
import { fold } from '../kernel/fold.ts'
import type { Random } from '../kernel/random.ts'
import { withCheckDigit } from '../parties/ean.ts'
import { type DemoStore, demoStores } from './shop.ts'
import { companies, firstNames, lastNames, mailDomains, streets, swissTowns } from './words.ts'

export type Commune = { storeCode: string; postalCode: string; name: string }

/** A customer card, without its number. */
export type DemoPerson = ReturnType<typeof person>

export type PeopleOptions = { count: number; communes: readonly Commune[]; today: string }

/** The customers, each of one store; a few of them twice, spelt otherwise, as in any real file. */
export function demoPeople(random: Random, options: PeopleOptions): DemoPerson[] {
  const byStore = new Map(
    demoStores.map(({ code }) => [code, options.communes.filter((c) => c.storeCode === code)]),
  )
  const people: DemoPerson[] = []
  for (let number = 1; number <= options.count; number += 1) {
    const store = pickStore(random)
    const made = person(random, { store, towns: byStore.get(store.code) ?? [], number, ...options })
    people.push(random.chance(0.006) ? twinOf(random, people, made) : made)
  }
  return people
}

function pickStore(random: Random): DemoStore {
  let draw = random.next() * 100
  for (const store of demoStores) {
    draw -= store.share
    if (draw < 0) return store
  }
  return random.pick(demoStores)
}

type Setting = { store: DemoStore; towns: readonly Commune[]; number: number; today: string }

function person(random: Random, { store, towns, number, today }: Setting) {
  const swiss = store.currency === 'CHF'
  const sex = random.chance(0.57) ? 'f' : 'm'
  const lastName = random.pickEarly(lastNames)
  const firstName = random.pickEarly(firstNames[sex])
  const joinedOn = addDays(today, -random.int(10, 1_090))
  const kind = pickKind(random, number)
  return {
    code: `C${String(number).padStart(5, '0')}`,
    kind,
    storeCode: store.code,
    salutation: sex === 'f' ? 'Mme' : 'M.',
    sex,
    lastName: random.chance(0.12) ? lastName.toUpperCase() : lastName,
    firstName,
    language: random.chance(swiss ? 0.15 : 0.02) ? 'en' : 'fr',
    ...company(random),
    ...address(random, swiss, towns),
    ...phones(random, swiss),
    ...mail(random, firstName, lastName, number),
    ...birthday(random, today),
    ...wishes(random),
    ...extras(random, number, kind, joinedOn),
    joinedOn,
  }
}

function pickKind(random: Random, number: number) {
  if (number % 331 === 0) return 'staff'
  return random.chance(0.07) ? 'prospect' : 'customer'
}

function company(random: Random) {
  if (!random.chance(0.015)) return { nature: 'person', company: '' }
  return { nature: 'company', company: random.pick(companies) }
}

function address(random: Random, swiss: boolean, towns: readonly Commune[]) {
  const [postalCode, city] = swiss ? random.pickEarly(swissTowns) : townOf(random, towns)
  const road = random.pickEarly(streets)
  const address1 = /^\p{Lu}/u.test(road)
    ? `${random.int(1, 140)} ${road}`
    : `${random.int(1, 140)}, ${road}`
  const missing = random.chance(0.03)
  return {
    address1: missing ? '' : address1,
    address2: random.chance(0.08)
      ? `Bât. ${random.pick(['A', 'B', 'C'])}, étage ${random.int(1, 6)}`
      : '',
    postalCode,
    city: random.chance(0.1) ? city.toUpperCase() : city,
    country: swiss ? 'CH' : 'FR',
  }
}

function townOf(random: Random, towns: readonly Commune[]): readonly [string, string] {
  // A third lives in the town itself, whose districts come first in the list.
  const near = random.chance(0.35) ? towns.slice(0, 5) : towns
  const { postalCode, name } = random.pickEarly(near)
  return [postalCode, name]
}

type Spelling = (digits: string) => string

const pairs = (digits: string, between: string) => digits.match(/../g)?.join(between) ?? digits

/** Ways a till lets people type the same French number, given as ten digits. */
const frenchSpellings: readonly Spelling[] = [
  (digits) => pairs(digits, ' '),
  (digits) => pairs(digits, '.'),
  (digits) => digits,
  (digits) => `+33 ${digits[1]} ${pairs(digits.slice(2), ' ')}`,
  (digits) => `0033${digits.slice(1)}`,
  (digits) => pairs(digits, '-'),
  (digits) => `+33 (0)${digits[1]} ${pairs(digits.slice(2), ' ')}`,
]

const swissSpellings: readonly Spelling[] = [
  (digits) => `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${pairs(digits.slice(6), ' ')}`,
  (digits) => `+41 ${digits.slice(1, 3)} ${digits.slice(3, 6)} ${pairs(digits.slice(6), ' ')}`,
  (digits) => `0041${digits.slice(1)}`,
]

function phones(random: Random, swiss: boolean) {
  const mobile = random.chance(0.63) ? number(random, swiss, true) : undefined
  // Many tills have one phone field only, so a third of the numbers in it are mobiles.
  const phone = random.chance(0.45) ? number(random, swiss, random.chance(0.33)) : undefined
  return {
    mobile: mobile?.typed ?? '',
    mobileNumber: mobile?.e164 ?? null,
    phone: phone?.typed ?? '',
    phoneNumber: phone?.e164 ?? null,
  }
}

function number(random: Random, swiss: boolean, mobile: boolean) {
  if (random.chance(0.008))
    return { typed: random.pick(['06', 'voir fiche', '0', '01 02 03']), e164: null }
  const rest = (count: number) => String(random.int(0, 10 ** count - 1)).padStart(count, '0')
  const digits = swiss
    ? `${mobile ? random.pick(['076', '078', '079']) : '022'}${random.int(2, 8)}${rest(6)}`
    : `${mobile ? random.pick(['06', '06', '07']) : random.pick(['02', '03', '04', '05'])}${random.int(2, 7)}${rest(7)}`
  const typed = random.pickEarly(swiss ? swissSpellings : frenchSpellings)(digits)
  return { typed, e164: `+${swiss ? 41 : 33}${digits.slice(1)}` }
}

function mail(random: Random, firstName: string, lastName: string, number: number) {
  if (!random.chance(0.74)) return { email: '', emailState: 'ok' }
  const part = (text: string) => fold(text).replace(/[^a-z]/g, '')
  const name = `${part(firstName)}.${part(lastName)}`
  if (random.chance(0.012)) {
    const broken = random.pick([
      `${name}@example`,
      `${name}.example.org`,
      `${name}@@example.org`,
      `${name} @example.org`,
    ])
    return { email: broken, emailState: 'invalid' }
  }
  const email = `${name}${number}@${random.pick(mailDomains)}`
  return { email, emailState: random.chance(0.01) ? 'bounced' : 'ok' }
}

function birthday(random: Random, today: string) {
  if (!random.chance(0.62)) return { birthYear: null, birthMonth: null, birthDay: null }
  const year = Number(today.slice(0, 4)) - random.int(18, 82)
  return {
    birthYear: random.chance(0.18) ? null : year,
    birthMonth: random.int(1, 12),
    birthDay: random.int(1, 28),
  }
}

function wishes(random: Random) {
  return {
    doNotContact: random.chance(0.06),
    emailOptOut: random.chance(0.03),
    smsOptOut: random.chance(0.02),
  }
}

function extras(random: Random, number: number, kind: string, joinedOn: string) {
  const card = kind === 'customer' && random.chance(0.7)
  const custom: Record<string, string | number | boolean> = {}
  if (random.chance(0.4))
    custom.shirt_size = random.pick(['XS', 'S', 'M', 'M', 'L', 'L', 'XL', 'XXL'])
  if (random.chance(0.2)) custom.shoe_size = random.int(36, 46)
  if (random.chance(0.3)) custom.paper_catalogue = random.chance(0.7)
  if (random.chance(0.04)) custom.wedding_day = addDays(joinedOn, random.int(-4_000, 300))
  const tags = []
  if (random.chance(0.03)) tags.push('VIP')
  if (random.chance(0.01)) tags.push('Presse')
  if (random.chance(0.06)) tags.push('Retouches')
  if (random.chance(0.02)) tags.push('Mariage')
  return {
    cardNumber: card ? withCheckDigit(`2990000${String(number).padStart(5, '0')}`) : '',
    category: card ? random.pickEarly(['Carte Fidélité', 'Carte Argent', 'Carte Or']) : null,
    criterion1: random.chance(0.3) ? random.int(1, 5) : null,
    custom,
    tags,
  }
}

/** Someone already in the file, typed in again at the till. */
function twinOf(random: Random, people: readonly DemoPerson[], fresh: DemoPerson): DemoPerson {
  if (people.length === 0) return fresh
  const first = random.pick(people)
  return {
    ...fresh,
    lastName: fold(first.lastName).toUpperCase(),
    firstName: first.firstName,
    salutation: first.salutation,
    sex: first.sex,
    postalCode: first.postalCode,
    city: first.city,
    country: first.country,
    storeCode: first.storeCode,
    mobile: first.mobileNumber ?? first.mobile,
    mobileNumber: first.mobileNumber,
    email: first.email,
    emailState: first.emailState,
  }
}
