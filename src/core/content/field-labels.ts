/** Headings of exported files, in the language of the file; custom fields bring their own. */
import type { Locale } from '../kernel/values.ts'
import { functionField, ofOrganisation } from './merge-fields.ts'

const labels: Record<string, Record<Locale, string>> = {
  code: { fr: 'Code client', en: 'Customer code' },
  kind: { fr: 'Type', en: 'Kind' },
  nature: { fr: 'Nature', en: 'Nature' },
  salutation: { fr: 'Civilité', en: 'Salutation' },
  lastName: { fr: 'Nom', en: 'Last name' },
  firstName: { fr: 'Prénom', en: 'First name' },
  company: { fr: 'Société', en: 'Company' },
  sex: { fr: 'Sexe', en: 'Sex' },
  language: { fr: 'Langue', en: 'Language' },
  address1: { fr: 'Adresse', en: 'Address' },
  address2: { fr: 'Complément d’adresse', en: 'Address, line 2' },
  postalCode: { fr: 'Code postal', en: 'Postal code' },
  city: { fr: 'Ville', en: 'Town' },
  country: { fr: 'Pays', en: 'Country' },
  phone: { fr: 'Téléphone', en: 'Phone' },
  mobile: { fr: 'Tél. portable', en: 'Mobile phone' },
  email: { fr: 'E-mail', en: 'E-mail' },
  store: { fr: 'Magasin', en: 'Store' },
  storeCity: { fr: 'Ville du magasin', en: 'Town of the store' },
  category: { fr: 'Catégorie', en: 'Category' },
  cardNumber: { fr: 'N° de carte', en: 'Card number' },
  cardType: { fr: 'Type de carte', en: 'Card type' },
  loyaltyPoints: { fr: 'Points de fidélité', en: 'Loyalty points' },
  loyaltyItems: { fr: 'Articles de la carte', en: 'Items on the card' },
  loyaltyVisits: { fr: 'Passages de la carte', en: 'Visits on the card' },
  loyaltyBonus: { fr: 'Compteur bonus', en: 'Bonus counter' },
  loyaltySales: { fr: 'Achats de la carte', en: 'Sales on the card' },
  loyaltyGift: { fr: 'Montant cadeau', en: 'Gift amount' },
  loyaltyCurrency: { fr: 'Devise de la carte', en: 'Currency of the card' },
  birthday: { fr: 'Date de naissance', en: 'Birthday' },
  age: { fr: 'Âge', en: 'Age' },
  date2: { fr: 'Date 2', en: 'Date 2' },
  date3: { fr: 'Date 3', en: 'Date 3' },
  criterion1: { fr: 'Critère 1', en: 'Criterion 1' },
  criterion2: { fr: 'Critère 2', en: 'Criterion 2' },
  criterion3: { fr: 'Critère 3', en: 'Criterion 3' },
  fullName: { fr: 'Nom complet', en: 'Full name' },
  greeting: { fr: 'Formule d’appel', en: 'Form of address' },
  'purchases.lastVisit': { fr: 'Dernière visite', en: 'Last visit' },
  'purchases.firstVisit': { fr: 'Première visite', en: 'First visit' },
  'purchases.visits': { fr: 'Nombre de visites', en: 'Number of visits' },
  'purchases.revenue': { fr: 'Chiffre d’affaires', en: 'Revenue' },
  'purchases.quantity': { fr: 'Quantité achetée', en: 'Quantity bought' },
  'purchases.averageBasket': { fr: 'Panier moyen', en: 'Average basket' },
  [functionField]: {
    fr: 'Fonction dans l’organisation',
    en: 'Function in the organisation',
  },
  'appointment.when': { fr: 'Jour et heure du rendez-vous', en: 'Day and time of the appointment' },
  'appointment.place': { fr: 'Lieu du rendez-vous', en: 'Place of the appointment' },
  today: { fr: 'Date du jour', en: 'Today’s date' },
  unsubscribeUrl: { fr: 'Lien de désabonnement', en: 'Unsubscribe link' },
}

const organisation = { fr: 'organisation', en: 'organisation' }

/** Of the shop's own: custom fields by their key, questions as `answer.CODE`. */
export type CustomLabels = ReadonlyMap<string, { labelFr: string; labelEn: string }>

/** Of a merge field in a heading, a field picker or a report; the key itself when there is none. */
export function fieldLabel(key: string, locale: Locale, custom: CustomLabels): string {
  const of = ofOrganisation(key)
  if (of !== undefined) {
    return `${fieldLabel(of, locale, custom)} (${organisation[locale]})`
  }
  const own = custom.get(ownKey(key) ?? '')
  if (own) return locale === 'fr' ? own.labelFr : own.labelEn
  return Object.hasOwn(labels, key) ? (labels[key]?.[locale] ?? key) : key
}

function ownKey(key: string): string | undefined {
  if (key.startsWith('custom.')) return key.slice(7)
  return key.startsWith('answer.') ? key : undefined
}
