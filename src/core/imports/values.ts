/** Cells that are neither dates nor numbers: keys, wishes, addresses. */
import { fold } from '../kernel/fold.ts'
import type { Nature } from '../parties/party.ts'

/** A spreadsheet turns customer 12923 into `12923.0`; the key is what it was. Leading zeros stay. */
export function parseKey(raw: string): string {
  const text = raw.trim()
  return text.length > 2 && text.includes('.') ? text.replace(/^(\d+)[.,]0+$/, '$1') : text
}

const yes = new Set(['oui', 'o', 'yes', 'y', '1', 'true', 'vrai', 'x', 'ok', 'on'])
const no = new Set(['non', 'n', 'no', '0', 'false', 'faux', 'off', '-'])

export function parseYesNo(raw: string): boolean | undefined {
  const text = fold(raw.trim())
  if (yes.has(text)) return true
  return no.has(text) ? false : undefined
}

/** Strict enough to keep what no server would take, loose enough for every real address. */
const address = /^[^\s@<>()",;:\\[\]]+@[^\s@<>()",;:\\[\]]+\.[^\s@<>()",;:\\[\].]{2,}$/

export const isEmail = (text: string): boolean =>
  text.length <= 254 && address.test(text) && !text.includes('..')

const sexes: Record<string, 'f' | 'm'> = {}
for (const word of ['f', 'femme', 'feminin', 'female', 'woman', 'mme', 'madame', 'mlle', '2'])
  sexes[word] = 'f'
for (const word of ['m', 'h', 'homme', 'masculin', 'male', 'man', 'mr', 'monsieur', '1'])
  sexes[word] = 'm'

export const parseSex = (raw: string): 'f' | 'm' | undefined => sexes[fold(raw.trim())]

const countries: Record<string, string> = {
  france: 'FR',
  belgique: 'BE',
  belgium: 'BE',
  suisse: 'CH',
  switzerland: 'CH',
  luxembourg: 'LU',
  monaco: 'MC',
  allemagne: 'DE',
  germany: 'DE',
  deutschland: 'DE',
  espagne: 'ES',
  spain: 'ES',
  italie: 'IT',
  italy: 'IT',
  portugal: 'PT',
  'pays-bas': 'NL',
  netherlands: 'NL',
  'royaume-uni': 'GB',
  'united kingdom': 'GB',
  eire: 'IE',
  irlande: 'IE',
  ireland: 'IE',
  'etats-unis': 'US',
  usa: 'US',
  'united states': 'US',
  canada: 'CA',
}

/** ISO 3166 of a code or a usual name. */
export function parseCountry(raw: string): string | undefined {
  const text = raw.trim()
  if (/^[A-Za-z]{2}$/.test(text)) return text.toUpperCase()
  return countries[fold(text)]
}

const natures: Record<string, Nature> = {
  personne: 'person',
  particulier: 'person',
  person: 'person',
  private: 'person',
  societe: 'company',
  entreprise: 'company',
  professionnel: 'company',
  pro: 'company',
  company: 'company',
  compte: 'account',
  'client en compte': 'account',
  'en compte': 'account',
  account: 'account',
  'account customer': 'account',
}
export const parseNature = (raw: string): Nature | undefined => natures[fold(raw.trim())]

const kinds: Record<string, string> = {
  client: 'customer',
  customer: 'customer',
  prospect: 'prospect',
  personnel: 'staff',
  staff: 'staff',
  fournisseur: 'supplier',
  supplier: 'supplier',
  commercial: 'rep',
  rep: 'rep',
  autre: 'other',
  other: 'other',
}
export const parsePartyKind = (raw: string): string | undefined => kinds[fold(raw.trim())]

const symbols: Record<string, string> = {
  '€': 'EUR',
  $: 'USD',
  '£': 'GBP',
  euro: 'EUR',
  euros: 'EUR',
}

export function parseCurrency(raw: string): string | undefined {
  const text = raw.trim()
  if (/^[A-Za-z]{3}$/.test(text)) return text.toUpperCase()
  return symbols[text.toLowerCase()]
}
